using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>A way between the old and the new place of a virtual switch, for the packets of one host.</summary>
/// <param name="AtSource">The source's port.</param>
/// <param name="AtTarget">The target's port.</param>
internal readonly record struct InstancePath(PortNumber AtSource, PortNumber AtTarget);
