using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A port of a virtual switch.</summary>
/// <param name="Switch">The virtual switch's name.</param>
/// <param name="Port">Its port.</param>
public readonly record struct VirtualPort(string Switch, PortNumber Port)
{
    /// <summary>Name and port with a colon between them.</summary>
    public override string ToString() => $"{Switch}:{Port}";
}
