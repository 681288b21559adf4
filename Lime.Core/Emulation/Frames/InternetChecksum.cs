using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>The checksum of IPv4, ICMP, UDP and TCP (RFC 1071), and its change in place (RFC 1624).</summary>
internal static class InternetChecksum
{
    /// <summary>Adds the 16-bit words of <paramref name="bytes"/>; an odd last byte counts as the upper
    /// half.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.Length == 1 ? sum + ((ulong)bytes[0] << 8) : sum;
    }

    public static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    public static ushort Of(ReadOnlySpan<byte> bytes) => Fold(Add(0, bytes));

    /// <summary>Whether bytes that hold their own checksum are intact.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> bytes) => Of(bytes) == 0;

    /// <summary>Over UDP or TCP with the pseudo header of RFC 768.</summary>
    public static ushort OfTransport(ReadOnlySpan<byte> addresses, byte protocol, ReadOnlySpan<byte> segment)
    {
        ulong sum = Add((ulong)protocol + (ulong)segment.Length, addresses);
        return Fold(Add(sum, segment));
    }

    /// <summary>The checksum after a 16-bit word changed: HC' = ~(~HC + ~m + m'), RFC 1624 equation
    /// 3.</summary>
    public static ushort Changed(ushort checksum, ushort before, ushort after) =>
        Fold((ulong)(ushort)~checksum + (ushort)~before + after);
}
