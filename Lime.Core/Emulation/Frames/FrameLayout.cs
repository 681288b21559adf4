using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>Where the headers of an Ethernet frame begin, in bytes from its start; -1: there is no such
/// header.</summary>
internal readonly record struct FrameLayout
{
    public const ushort Ipv4 = 0x0800;
    public const ushort Arp = 0x0806;
    public const ushort Vlan = 0x8100;
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;

    public bool IsTagged { get; private init; }

    public ushort EthType { get; private init; }

    /// <summary>Behind the Ethernet header and its tag.</summary>
    public int PayloadOffset { get; private init; }

    public int Ipv4Offset { get; private init; }

    public byte Protocol { get; private init; }

    /// <summary>The whole ICMP, TCP or UDP header is there; not set for a later fragment.</summary>
    public int TransportOffset { get; private init; }

    /// <summary>Part of a fragmented IPv4 packet.</summary>
    public bool IsFragment { get; private init; }

    public static FrameLayout Of(ReadOnlySpan<byte> frame)
    {
        var none = new FrameLayout { Ipv4Offset = -1, TransportOffset = -1 };
        if (frame.Length < 14) return none;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        bool isTagged = type == Vlan && frame.Length >= 18;
        if (isTagged) type = BinaryPrimitives.ReadUInt16BigEndian(frame[16..]);
        int payloadOffset = isTagged ? 18 : 14;
        FrameLayout layout = none with { IsTagged = isTagged, EthType = type, PayloadOffset = payloadOffset };
        return type == Ipv4 ? layout.WithIpv4(frame) : layout;
    }

    private FrameLayout WithIpv4(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> header = frame[PayloadOffset..];
        if (header.Length < 20 || header[0] >> 4 != 4) return this;
        int headerBytes = (header[0] & 15) * 4;
        if (headerBytes < 20 || header.Length < headerBytes) return this;
        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        bool isFirst = (fragment & 0x1fff) == 0;
        int transportBytes = header.Length - headerBytes;
        return this with
        {
            Ipv4Offset = PayloadOffset,
            Protocol = header[9],
            IsFragment = (fragment & 0x3fff) != 0,
            TransportOffset = isFirst && transportBytes >= HeaderBytesMin(header[9])
                ? PayloadOffset + headerBytes
                : -1,
        };
    }

    private static int HeaderBytesMin(byte protocol) => protocol switch
    {
        Icmp or Udp => 8,
        Tcp => 20,
        _ => int.MaxValue,
    };
}
