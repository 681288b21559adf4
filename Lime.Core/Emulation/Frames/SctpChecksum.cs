using System.Buffers.Binary;
using System.Numerics;

namespace Lime.Core.Emulation.Frames;

/// <summary>The CRC32c over a whole SCTP packet (RFC 9260 section 6.8 and appendix A), which can't be changed in
/// place.</summary>
internal static class SctpChecksum
{
    private const int Offset = 8;

    /// <summary>Computes it over the packet and writes it into its header; it stands little-endian there.</summary>
    public static void Write(Span<byte> packet)
    {
        packet.Slice(Offset, 4).Clear();
        uint crc = uint.MaxValue;
        foreach (byte each in packet) crc = BitOperations.Crc32C(crc, each);
        BinaryPrimitives.WriteUInt32LittleEndian(packet[Offset..], ~crc);
    }
}
