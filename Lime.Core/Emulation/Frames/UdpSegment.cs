using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>UDP (RFC 768): source:16 destination:16 length:16 checksum:16, payload.</summary>
internal static class UdpSegment
{
    public const int HeaderBytes = 8;

    /// <summary>Where an IPv4 header holds both addresses, which the checksum counts.</summary>
    private static readonly Range Addresses = 12..20;

    /// <summary>Completes a segment whose payload is in place.</summary>
    public static void Write(
        ReadOnlySpan<byte> ipv4Header, Span<byte> segment, ushort source, ushort destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], destination);
        BinaryPrimitives.WriteUInt16BigEndian(segment[4..], (ushort)segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[6..], 0);
        ushort checksum = InternetChecksum.OfTransport(ipv4Header[Addresses], FrameLayout.Udp, segment);
        BinaryPrimitives.WriteUInt16BigEndian(segment[6..], checksum == 0 ? ushort.MaxValue : checksum);
    }

    /// <summary>The segment without what follows it, if its length and its checksum, if it has one, are
    /// right.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> ipv4Packet, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> segment)
    {
        segment = default;
        if (payload.Length < HeaderBytes) return false;
        int bytes = BinaryPrimitives.ReadUInt16BigEndian(payload[4..]);
        if (bytes < HeaderBytes || bytes > payload.Length) return false;
        segment = payload[..bytes];
        bool hasChecksum = BinaryPrimitives.ReadUInt16BigEndian(segment[6..]) != 0;
        return !hasChecksum
            || InternetChecksum.OfTransport(ipv4Packet[Addresses], FrameLayout.Udp, segment) == 0;
    }
}
