using System.Buffers.Binary;
using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Hosts;
using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation;

/// <summary>A host with one network card and one IPv4 address: speaks ARP, answers pings, sends and
/// receives UDP.</summary>
/// <remarks>Life cycle: made by <see cref="EmulatedNetwork.AddHost"/>; may be plugged in elsewhere any time.
/// All hosts of a network are neighbours: there are no routers and no fragments (1,500 bytes a packet).
/// Threading: used on the network's loop, or while the loop does not run.</remarks>
public sealed class EmulatedHost
{
    private readonly EmulationContext _context;
    private readonly ArpCache _neighbours;
    private readonly Dictionary<ushort, UdpHandler> _udpHandlers = [];
    private readonly Dictionary<ushort, Pinger> _pingers = [];
    private readonly HostEndpoint _endpoint;
    private ushort _packetId;
    private long _ignored;
    private long _corrupt;

    internal EmulatedHost(EmulationContext context, string name, MacAddress mac, Ipv4Address ip)
    {
        _context = context;
        Name = name;
        Mac = mac;
        Ip = ip;
        _endpoint = new HostEndpoint(name, OnFrame);
        _neighbours = new ArpCache(context, Ask, SendAddressed);
    }

    /// <summary>The host's name, unique in its network.</summary>
    public string Name { get; }

    /// <summary>Its Ethernet address.</summary>
    public MacAddress Mac { get; }

    /// <summary>Its IPv4 address.</summary>
    public Ipv4Address Ip { get; }

    /// <summary>The neighbours it knows (its ARP cache, whose entries don't grow old).</summary>
    public IReadOnlyDictionary<Ipv4Address, MacAddress> Neighbours => _neighbours.Known;

    /// <summary>What it has counted.</summary>
    public HostCounters Counters => new()
    {
        Sent = _endpoint.Sent,
        Received = _endpoint.Received,
        Ignored = _ignored,
        Corrupt = _corrupt,
        Unresolved = _neighbours.Unresolved,
    };

    internal IFrameEndpoint Endpoint => _endpoint;

    /// <summary>Enters a neighbour by hand, so that it need not be asked for.</summary>
    public void AddNeighbour(Ipv4Address ip, MacAddress mac) => _neighbours.Learn(ip, mac);

    /// <summary>Empties the ARP cache.</summary>
    public void ForgetNeighbours() => _neighbours.Clear();

    /// <summary>Tells everybody its address unasked, as a host does that has moved (RFC 5227 section
    /// 3).</summary>
    public void AnnounceAddress() =>
        _endpoint.Send(new ArpFrame(ArpFrame.Request, Mac, Ip, default, Ip).Write(MacAddress.Broadcast));

    /// <summary>Calls <paramref name="handler"/> for each datagram to a port, in place of a handler set
    /// before.</summary>
    public void ReceiveUdp(ushort port, UdpHandler handler) => _udpHandlers[port] = handler;

    /// <summary>Sends a datagram, after having found the neighbour if need be.</summary>
    /// <exception cref="ArgumentException">More than 1,472 bytes.</exception>
    public void SendUdp(
        Ipv4Address destination, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
    {
        CheckPayload(payload.Length + UdpSegment.HeaderBytes);
        byte[] frame = NewPacket(destination, FrameLayout.Udp, UdpSegment.HeaderBytes + payload.Length);
        Span<byte> segment = Ipv4Packet.PayloadOf(frame);
        payload.CopyTo(segment[UdpSegment.HeaderBytes..]);
        UdpSegment.Write(frame.AsSpan(Ipv4Packet.EthernetBytes), segment, sourcePort, destinationPort);
        _neighbours.SendTo(destination, frame);
    }

    /// <summary>Sends any frame as it is, e.g. a broken one or a TCP segment.</summary>
    /// <param name="frame">From the Ethernet header on, without a frame check sequence; copied.</param>
    public void SendFrame(ReadOnlySpan<byte> frame) => _endpoint.Send(frame.ToArray());

    /// <summary>Makes a pinger; nothing is sent before it is started.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Pinger CreatePinger(Ipv4Address target, PingerOptions? options = null)
    {
        PingerOptions valid = options ?? PingerOptions.Default;
        valid.Validate();
        var identifier = (ushort)(_pingers.Count + 1);
        var pinger = new Pinger(_context, this, target, (valid, identifier));
        _pingers.Add(identifier, pinger);
        return pinger;
    }

    /// <summary>The host's name and addresses.</summary>
    public override string ToString() => $"{Name} ({Ip}, {Mac})";

    internal void SendEcho(Ipv4Address target, ushort identifier, ushort sequence, int payloadBytes)
    {
        byte[] frame = NewPacket(target, FrameLayout.Icmp, IcmpEcho.HeaderBytes + payloadBytes);
        Span<byte> message = Ipv4Packet.PayloadOf(frame);
        // The pattern that ping sends: a byte's value is its place.
        for (int i = 0; i < payloadBytes; i++) message[IcmpEcho.HeaderBytes + i] = (byte)i;
        IcmpEcho.Write(message, IcmpEcho.Request, identifier, sequence);
        _neighbours.SendTo(target, frame);
    }

    internal static void CheckPayload(int bytes) => ArgumentOutOfRangeException.ThrowIfGreaterThan(
        bytes, Ipv4Packet.BytesMax - Ipv4Packet.HeaderBytes);

    private void Ask(Ipv4Address neighbour) =>
        _endpoint.Send(
            new ArpFrame(ArpFrame.Request, Mac, Ip, default, neighbour).Write(MacAddress.Broadcast));

    private byte[] NewPacket(Ipv4Address destination, byte protocol, int payloadBytes) =>
        Ipv4Packet.Create(Ip, destination, protocol, payloadBytes, ++_packetId);

    private void SendAddressed(byte[] frame, MacAddress destination)
    {
        Ipv4Packet.Address(frame, destination, Mac);
        _endpoint.Send(frame);
    }

    private void OnFrame(byte[] frame)
    {
        FrameLayout layout = FrameLayout.Of(frame);
        MacAddress destination = frame.Length < Ipv4Packet.EthernetBytes ? default : MacAddress.Read(frame);
        bool isForUs = destination == Mac || destination == MacAddress.Broadcast;
        if (!isForUs || layout.IsTagged) _ignored++;
        else if (layout.EthType == FrameLayout.Arp) OnArp(frame);
        else if (layout.EthType == FrameLayout.Ipv4) OnIpv4(frame);
        else _ignored++;
    }

    private void OnArp(byte[] frame)
    {
        if (ArpFrame.Read(frame) is not { } arp)
        {
            _corrupt++;
            return;
        }
        if (arp.TargetIp != Ip || arp.SenderIp == Ip)
        {
            _neighbours.Refresh(arp.SenderIp, arp.SenderMac);
            return;
        }
        _neighbours.Learn(arp.SenderIp, arp.SenderMac);
        if (arp.Opcode == ArpFrame.Request)
            _endpoint.Send(
                new ArpFrame(ArpFrame.Reply, Mac, Ip, arp.SenderMac, arp.SenderIp).Write(arp.SenderMac));
    }

    private void OnIpv4(byte[] frame)
    {
        if (!Ipv4Packet.TryRead(frame, out ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> payload))
        {
            _corrupt++;
            return;
        }
        var source = new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(packet[12..]));
        bool isForUs = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]) == Ip.Value;
        if (isForUs && packet[9] == FrameLayout.Icmp) OnIcmp(source, payload);
        else if (isForUs && packet[9] == FrameLayout.Udp) OnUdp(source, packet, payload);
        else _ignored++;
    }

    private void OnIcmp(Ipv4Address source, ReadOnlySpan<byte> message)
    {
        if (message.Length < IcmpEcho.HeaderBytes || !InternetChecksum.IsIntact(message)) _corrupt++;
        else if (message[0] == IcmpEcho.Request) AnswerEcho(source, message);
        else if (message[0] == IcmpEcho.Reply
            && _pingers.TryGetValue(IcmpEcho.IdentifierOf(message), out Pinger? pinger))
            pinger.OnReply(IcmpEcho.SequenceOf(message), source);
        else _ignored++;
    }

    private void AnswerEcho(Ipv4Address source, ReadOnlySpan<byte> request)
    {
        byte[] frame = NewPacket(source, FrameLayout.Icmp, request.Length);
        Span<byte> message = Ipv4Packet.PayloadOf(frame);
        request.CopyTo(message);
        IcmpEcho.Write(message, IcmpEcho.Reply, IcmpEcho.IdentifierOf(request), IcmpEcho.SequenceOf(request));
        _neighbours.SendTo(source, frame);
    }

    private void OnUdp(Ipv4Address source, ReadOnlySpan<byte> packet, ReadOnlySpan<byte> payload)
    {
        if (!UdpSegment.TryRead(packet, payload, out ReadOnlySpan<byte> segment))
        {
            _corrupt++;
            return;
        }
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        if (!_udpHandlers.TryGetValue(port, out UdpHandler? handler))
        {
            _ignored++;
            return;
        }
        handler(this, new UdpDatagram
        {
            Source = source,
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment),
            DestinationPort = port,
            Payload = segment[UdpSegment.HeaderBytes..],
        });
    }
}
