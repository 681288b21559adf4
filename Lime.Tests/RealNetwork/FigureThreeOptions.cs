namespace Lime.Tests.RealNetwork;

/// <summary>What may differ between tests on the network of Figure 3.</summary>
internal sealed record FigureThreeOptions
{
    /// <summary>The OpenFlow versions the bridges speak, as ovs-vsctl names them.</summary>
    public string Protocols { get; init; } = "OpenFlow10";

    /// <summary>Whether the hosts know each other without asking: then no broadcast is in the
    /// counts.</summary>
    public bool HasStaticArp { get; init; } = true;
}
