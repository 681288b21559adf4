using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation;

/// <summary>Where a link ends.</summary>
/// <param name="Node">The name of the switch or host.</param>
/// <param name="Port">The switch's port; always 1 at a host.</param>
public readonly record struct LinkEnd(string Node, PortNumber Port)
{
    /// <summary>Node and port with a colon between them.</summary>
    public override string ToString() => $"{Node}:{Port}";
}
