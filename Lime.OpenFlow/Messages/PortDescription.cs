using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A port of a switch (ofp_phy_port, ofp_port).</summary>
/// <param name="Port">Its number.</param>
/// <param name="HardwareAddress">Its address.</param>
/// <param name="Name">Its name, at most 15 bytes on the wire.</param>
public sealed record PortDescription(PortNumber Port, MacAddress HardwareAddress, string Name)
{
    /// <summary>What the controller has set.</summary>
    public PortConfig Config { get; init; }

    /// <summary>What the switch has found; bit 0 set: no link. Bits 8 and 9 are 1.0's spanning tree
    /// state.</summary>
    public uint State { get; init; }

    /// <summary>Bits of ofp_port_features in use.</summary>
    public uint CurrentFeatures { get; init; }

    /// <summary>Bits of ofp_port_features that it tells its peer.</summary>
    public uint AdvertisedFeatures { get; init; }

    /// <summary>Bits of ofp_port_features that it can do.</summary>
    public uint SupportedFeatures { get; init; }

    /// <summary>Bits of ofp_port_features that its peer tells.</summary>
    public uint PeerFeatures { get; init; }

    /// <summary>Whether there is a link and the port is not set down.</summary>
    public bool IsUp => (State & 1) == 0 && (Config & PortConfig.PortDown) == 0;
}
