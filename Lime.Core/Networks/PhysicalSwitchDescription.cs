using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A physical switch that may connect.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Datapath">The datapath id it connects with.</param>
public sealed record PhysicalSwitchDescription(string Name, DatapathId Datapath);
