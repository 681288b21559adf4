using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Checking;

namespace Lime.Tests.Exploration;

/// <summary>One of two hosts that talk: each answers what it receives at once, until enough was said.</summary>
/// <remarks>A packet's number says how many were before it in the talk; each was sent because the one before it had
/// arrived.</remarks>
internal sealed class TalkingHost(string name, uint number, ITraceSink sink) : IFrameEndpoint
{
    public const ushort UdpPort = 9;

    private LinkDirection? _egress;

    public string Name => name;

    /// <summary>The host that it talks to.</summary>
    public TalkingHost? Peer { get; set; }

    /// <summary>The last packet's number; the first one's is 1.</summary>
    public uint LastPacket { get; set; }

    /// <summary>Called after a packet was received or sent.</summary>
    public Action? Touched { get; set; }

    public void Attach(PortNumber port, LinkDirection? egress) => _egress = egress;

    public void LinkChanged(PortNumber port, bool isUp)
    {
        // Cables of explored worlds don't fail.
    }

    public void Receive(PortNumber port, byte[] frame)
    {
        Touched?.Invoke();
        sink.Add(new HostReceived(sink.Now, name, frame));
        bool isForMe = MacAddress.Read(frame) == Mac;
        if (isForMe && PacketMark.TryRead(frame) is { } packet && packet < LastPacket) Send(packet + 1);
    }

    /// <summary>Says something to the other host.</summary>
    public void Send(uint packet)
    {
        Touched?.Invoke();
        byte[] frame = Ipv4Packet.Create(
            Ip, Peer!.Ip, FrameLayout.Udp, UdpSegment.HeaderBytes + PacketMark.Bytes, (ushort)packet);
        Span<byte> segment = Ipv4Packet.PayloadOf(frame);
        PacketMark.Write(segment[UdpSegment.HeaderBytes..], packet);
        UdpSegment.Write(frame.AsSpan(Ipv4Packet.EthernetBytes), segment, UdpPort, UdpPort);
        Ipv4Packet.Address(frame, Peer.Mac, Mac);
        sink.Add(new HostSent(sink.Now, name, packet, frame));
        _egress!.Send(frame);
    }

    private MacAddress Mac => new(0x0200_0000_0000UL | number);

    private Ipv4Address Ip => new(0x0a00_0000 | number);
}
