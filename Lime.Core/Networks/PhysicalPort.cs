using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A port of a physical switch.</summary>
/// <param name="Datapath">The physical switch.</param>
/// <param name="Port">Its port.</param>
public readonly record struct PhysicalPort(DatapathId Datapath, PortNumber Port)
{
    /// <summary>Datapath id and port with a colon between them.</summary>
    public override string ToString() => $"{Datapath}:{Port}";
}
