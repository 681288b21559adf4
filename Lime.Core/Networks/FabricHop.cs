using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A switch on a path, and its two ports there.</summary>
/// <param name="Switch">The switch.</param>
/// <param name="TowardsA">Its port towards the path's beginning.</param>
/// <param name="TowardsB">Its port towards the path's end.</param>
internal readonly record struct FabricHop(DatapathId Switch, PortNumber TowardsA, PortNumber TowardsB);
