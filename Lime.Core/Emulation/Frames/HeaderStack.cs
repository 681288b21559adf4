using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>Where the headers of a frame begin as OpenFlow 1.3 sees them: behind any number of VLAN tags, and IPv6 as
/// well as IPv4; in bytes from its start, -1: there is no such header.</summary>
internal readonly record struct HeaderStack
{
    public const ushort ServiceVlan = 0x88a8;
    public const ushort Ipv6 = 0x86dd;
    public const ushort Mpls = 0x8847;
    public const ushort MplsMulticast = 0x8848;
    public const ushort Pbb = 0x88e7;
    public const byte Icmpv6 = 58;
    public const byte Sctp = 132;

    private const int TypeAt = 12;
    private const int TagBytes = 4;

    public int TagCount { get; private init; }

    /// <summary>Where the Ethernet type behind all tags lies.</summary>
    public int TypeOffset { get; private init; }

    /// <summary>Behind all tags; 0 if the frame is too short for one.</summary>
    public ushort EthType { get; private init; }

    public int PayloadOffset => TypeOffset + 2;

    /// <summary>The IPv4 header's, or IPv6's; only where no other header lies before it.</summary>
    public int IpOffset { get; private init; }

    public bool IsIpv6 { get; private init; }

    public byte Protocol { get; private init; }

    /// <summary>The whole TCP, UDP, SCTP or ICMP header is there; not set for a later fragment.</summary>
    public int TransportOffset { get; private init; }

    /// <summary>The outermost MPLS header's.</summary>
    public int MplsOffset { get; private init; }

    public static bool IsTag(ushort ethType) => ethType is FrameLayout.Vlan or ServiceVlan;

    public static bool IsMpls(ushort ethType) => ethType is Mpls or MplsMulticast;

    public static HeaderStack Of(ReadOnlySpan<byte> frame)
    {
        var none = new HeaderStack { TypeOffset = TypeAt, IpOffset = -1, TransportOffset = -1, MplsOffset = -1 };
        if (frame.Length < TypeAt + 2) return none;
        int tagCount = 0;
        int typeOffset = TypeAt;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[typeOffset..]);
        while (IsTag(type) && frame.Length >= typeOffset + TagBytes + 2)
        {
            tagCount++;
            typeOffset += TagBytes;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[typeOffset..]);
        }
        HeaderStack stack = none with { TagCount = tagCount, TypeOffset = typeOffset, EthType = type };
        if (IsMpls(type) && frame.Length >= stack.PayloadOffset + 4)
            return stack with { MplsOffset = stack.PayloadOffset };
        return type switch
        {
            FrameLayout.Ipv4 => stack.WithIpv4(frame),
            Ipv6 => stack.WithIpv6(frame),
            _ => stack,
        };
    }

    /// <summary>Where the header behind the last MPLS header lies, if it looks like IP; else -1.</summary>
    public int IpBehindMpls(ReadOnlySpan<byte> frame)
    {
        if (MplsOffset < 0) return -1;
        int offset = MplsOffset;
        while (frame.Length >= offset + 4 && (frame[offset + 2] & 1) == 0) offset += 4;
        offset += 4;
        if (frame.Length < offset + 20) return -1;
        bool isIp = frame[offset] >> 4 is 4 || (frame[offset] >> 4 is 6 && frame.Length >= offset + 40);
        return isIp ? offset : -1;
    }

    /// <summary>Where the IP packet ends by its own length: padding may follow.</summary>
    public int IpEnd(ReadOnlySpan<byte> frame)
    {
        int bytes = IsIpv6
            ? 40 + BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 4)..])
            : BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 2)..]);
        return Math.Clamp(IpOffset + bytes, Math.Max(TransportOffset + 12, 0), frame.Length);
    }

    /// <summary>The same with the IP header that lies behind labels, for a change of it alone.</summary>
    public HeaderStack AtIp(int offset, ReadOnlySpan<byte> frame) =>
        this with { IpOffset = offset, IsIpv6 = frame[offset] >> 4 == 6 };

    private HeaderStack WithIpv4(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> header = frame[PayloadOffset..];
        if (header.Length < 20 || header[0] >> 4 != 4) return this;
        int headerBytes = (header[0] & 15) * 4;
        if (headerBytes < 20 || header.Length < headerBytes) return this;
        bool isFirst = (BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & 0x1fff) == 0;
        return this with
        {
            IpOffset = PayloadOffset,
            Protocol = header[9],
            TransportOffset = isFirst && header.Length - headerBytes >= HeaderBytesMin(header[9])
                ? PayloadOffset + headerBytes
                : -1,
        };
    }

    private HeaderStack WithIpv6(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < PayloadOffset + 40 || frame[PayloadOffset] >> 4 != 6) return this;
        ExtensionHeaders chain = ExtensionHeaders.Of(frame[PayloadOffset..]);
        bool isWhole = frame.Length - PayloadOffset - chain.Bytes >= HeaderBytesMin(chain.Protocol);
        return this with
        {
            IpOffset = PayloadOffset,
            IsIpv6 = true,
            Protocol = chain.Protocol,
            TransportOffset = chain.IsFirstFragment && isWhole ? PayloadOffset + chain.Bytes : -1,
        };
    }

    private static int HeaderBytesMin(byte protocol) => protocol switch
    {
        FrameLayout.Icmp or FrameLayout.Udp or Icmpv6 => 8,
        FrameLayout.Tcp => 20,
        Sctp => 12,
        _ => int.MaxValue,
    };
}
