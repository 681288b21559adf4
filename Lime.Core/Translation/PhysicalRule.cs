using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Translation;

/// <summary>What one virtual rule amounts to at an instance, or one of the several that it amounts to; in the same
/// table.</summary>
/// <param name="Match">In the instance's port numbers.</param>
/// <param name="Instructions">In the instance's port numbers.</param>
internal readonly record struct PhysicalRule(Match Match, InstructionSet Instructions)
{
    public ActionList Actions => Instructions.Actions;
}
