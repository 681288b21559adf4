using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>Changes words of an IP packet together with the checksums that count them.</summary>
/// <remarks>Changed words lie at even offsets from the packet's start, as all header fields do.</remarks>
/// <param name="stack">Where the frame's headers are.</param>
internal readonly ref struct ChecksumEdit(HeaderStack stack)
{
    private const int Ipv4Checksum = 10;

    private readonly HeaderStack _stack = stack;

    /// <summary>Bits of the type of service, or of IPv6's traffic class.</summary>
    public void SetTrafficClass(Span<byte> frame, int mask, int bits)
    {
        Span<byte> word = frame[_stack.IpOffset..];
        int shift = _stack.IsIpv6 ? 4 : 0;
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(word);
        int kept = before & ~(mask << shift);
        var after = (ushort)(kept | ((bits & mask) << shift));
        BinaryPrimitives.WriteUInt16BigEndian(word, after);
        ChangeHeader(frame, before, after);
    }

    /// <summary>The time to live, or IPv6's hop limit.</summary>
    public void SetTtl(Span<byte> frame, byte ttl)
    {
        if (_stack.IsIpv6)
        {
            frame[_stack.IpOffset + 7] = ttl;
            return;
        }
        Span<byte> word = frame[(_stack.IpOffset + 8)..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(word);
        word[0] = ttl;
        ChangeHeader(frame, before, BinaryPrimitives.ReadUInt16BigEndian(word));
    }

    /// <summary>An address, which the pseudo headers of TCP, UDP and ICMPv6 count too.</summary>
    public void SetAddress(Span<byte> frame, int offset, ReadOnlySpan<byte> address)
    {
        for (int i = 0; i < address.Length; i += 2)
        {
            Span<byte> word = frame[(offset + i)..];
            ushort before = BinaryPrimitives.ReadUInt16BigEndian(word);
            ushort after = BinaryPrimitives.ReadUInt16BigEndian(address[i..]);
            BinaryPrimitives.WriteUInt16BigEndian(word, after);
            ChangeHeader(frame, before, after);
            if (_stack.Protocol != FrameLayout.Icmp) ChangeTransport(frame, before, after);
        }
    }

    public void SetPort(Span<byte> frame, int offset, ushort port)
    {
        if (_stack.Protocol == HeaderStack.Sctp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[offset..], port);
            SctpChecksum.Write(frame[_stack.TransportOffset.._stack.IpEnd(frame)]);
            return;
        }
        SetWord(frame, offset, port);
    }

    public void SetMessageByte(Span<byte> frame, int offset, byte value)
    {
        int at = offset - ((offset - _stack.TransportOffset) % 2);
        ushort word = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        SetWord(frame, at, (ushort)(at == offset ? (word & 0x00ff) | (value << 8) : (word & 0xff00) | value));
    }

    public void SetMessageBytes(Span<byte> frame, int offset, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i += 2)
            SetWord(frame, offset + i, BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]));
    }

    private void SetWord(Span<byte> frame, int offset, ushort after)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[offset..], after);
        ChangeTransport(frame, before, after);
    }

    private void ChangeHeader(Span<byte> frame, ushort before, ushort after)
    {
        if (!_stack.IsIpv6) Change(frame[(_stack.IpOffset + Ipv4Checksum)..], before, after);
    }

    private void ChangeTransport(Span<byte> frame, ushort before, ushort after)
    {
        if (_stack.TransportOffset < 0) return;
        Span<byte> header = frame[_stack.TransportOffset..];
        switch (_stack.Protocol)
        {
            case FrameLayout.Tcp:
                Change(header[16..], before, after);
                break;
            case FrameLayout.Udp:
                ChangeUdp(header[6..], before, after);
                break;
            case FrameLayout.Icmp or HeaderStack.Icmpv6:
                Change(header[2..], before, after);
                break;
        }
    }

    /// <summary>Zero means that the sender made no UDP checksum; one that comes to zero is sent as all ones
    /// (RFC 768).</summary>
    private static void ChangeUdp(Span<byte> checksum, ushort before, ushort after)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(checksum) == 0) return;
        Change(checksum, before, after);
        if (BinaryPrimitives.ReadUInt16BigEndian(checksum) == 0)
            BinaryPrimitives.WriteUInt16BigEndian(checksum, ushort.MaxValue);
    }

    private static void Change(Span<byte> checksum, ushort before, ushort after)
    {
        ushort present = BinaryPrimitives.ReadUInt16BigEndian(checksum);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, InternetChecksum.Changed(present, before, after));
    }
}
