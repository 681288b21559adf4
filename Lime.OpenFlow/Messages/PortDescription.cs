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

    /// <summary>What the switch has found; bit 0 set: no link. Bits 8 and 9 are 1.0's spanning tree state; in 1.1
    /// and later bit 1 set: blocked, bit 2 set: live for fast failover.</summary>
    public uint State { get; init; }

    /// <summary>What it uses now.</summary>
    public PortFeatures CurrentFeatures { get; init; }

    /// <summary>What it tells its peer.</summary>
    public PortFeatures AdvertisedFeatures { get; init; }

    /// <summary>What it can do.</summary>
    public PortFeatures SupportedFeatures { get; init; }

    /// <summary>What its peer tells.</summary>
    public PortFeatures PeerFeatures { get; init; }

    /// <summary>1.1 and later: its present speed in kb/s.</summary>
    public uint CurrentSpeedKbps { get; init; }

    /// <summary>1.1 and later: its highest speed in kb/s.</summary>
    public uint MaxSpeedKbps { get; init; }

    /// <summary>Whether there is a link and the port is not set down.</summary>
    public bool IsUp => (State & 1) == 0 && (Config & PortConfig.PortDown) == 0;
}
