using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Switching;

/// <summary>A port of an emulated switch: its configuration, its link, its counters.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class SwitchPort(PortNumber number, MacAddress address, string name, long createdTicks)
{
    /// <summary>OFPPS_LINK_DOWN.</summary>
    private const uint LinkDown = 1;

    /// <summary>OFPPS_LIVE.</summary>
    private const uint Live = 4;

    /// <summary>10 Gb/s in kb/s.</summary>
    private const uint SpeedKbps = 10_000_000;

    private const PortFeatures Features = PortFeatures.FullDuplex10Gb | PortFeatures.Copper;

    private ulong _receivedPackets;
    private ulong _receivedBytes;
    private ulong _receiveDropped;
    private ulong _sentPackets;
    private ulong _sentBytes;
    private ulong _sendDropped;

    public PortNumber Number { get; } = number;

    public MacAddress Address { get; } = address;

    public PortConfig Config { get; set; }

    public LinkDirection? Egress { get; set; }

    /// <summary>Has a link, and is not set down.</summary>
    public bool IsLive => Egress is { IsUp: true } && !Has(PortConfig.PortDown);

    /// <summary>As told in a version: 1.0 has no speeds, and no word for a port that is live.</summary>
    public PortDescription DescriptionFor(SwitchTraits traits) => new(Number, Address, name)
    {
        Config = Config,
        State = Egress is not { IsUp: true } ? LinkDown : traits.HasPipeline && IsLive ? Live : 0,
        CurrentFeatures = Features,
        AdvertisedFeatures = Features,
        SupportedFeatures = Features,
        PeerFeatures = Egress is null ? PortFeatures.None : Features,
        CurrentSpeedKbps = traits.HasPipeline ? SpeedKbps : 0,
        MaxSpeedKbps = traits.HasPipeline ? SpeedKbps : 0,
    };

    public PortStatistics StatisticsAt(long nowTicks) => new()
    {
        Port = Number,
        Duration = TimeSpan.FromTicks(nowTicks - createdTicks),
        ReceivedPackets = _receivedPackets,
        ReceivedBytes = _receivedBytes,
        ReceiveDropped = _receiveDropped,
        SentPackets = _sentPackets,
        SentBytes = _sentBytes,
        SendDropped = _sendDropped,
    };

    public bool Has(PortConfig bit) => (Config & bit) != 0;

    /// <summary>Counts a frame that came in.</summary>
    /// <returns>Whether the port's configuration lets it in.</returns>
    public bool Accept(ReadOnlySpan<byte> frame)
    {
        PortConfig barrier = IsSpanningTree(frame) ? PortConfig.NoReceiveSpanningTree : PortConfig.NoReceive;
        if (Has(PortConfig.PortDown) || Has(barrier))
        {
            _receiveDropped++;
            return false;
        }
        _receivedPackets++;
        _receivedBytes += (ulong)frame.Length;
        return true;
    }

    public void Send(byte[] frame)
    {
        bool isOpen = !Has(PortConfig.PortDown) && !Has(PortConfig.NoForward);
        if (!isOpen || Egress is null || !Egress.Send(frame))
        {
            _sendDropped++;
            return;
        }
        _sentPackets++;
        _sentBytes += (ulong)frame.Length;
    }

    /// <summary>Sent to the bridge group address of IEEE 802.1D.</summary>
    private static bool IsSpanningTree(ReadOnlySpan<byte> frame) =>
        frame.Length >= 6 && frame[..6].SequenceEqual((ReadOnlySpan<byte>)[0x01, 0x80, 0xc2, 0, 0, 0]);
}
