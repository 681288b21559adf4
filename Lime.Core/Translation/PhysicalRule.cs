using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Translation;

/// <summary>What one virtual rule amounts to at an instance, or one of the several that it amounts
/// to.</summary>
/// <param name="Match">In the instance's port numbers.</param>
/// <param name="Actions">In the instance's port numbers.</param>
internal readonly record struct PhysicalRule(Match Match, ActionList Actions);
