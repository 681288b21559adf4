using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>ICMP echo and its reply (RFC 792): type:8 code:8 checksum:16 identifier:16 sequence:16,
/// payload.</summary>
internal static class IcmpEcho
{
    public const int HeaderBytes = 8;
    public const byte Request = 8;
    public const byte Reply = 0;

    public static void Write(Span<byte> message, byte type, ushort identifier, ushort sequence)
    {
        message[0] = type;
        message[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], sequence);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Of(message));
    }

    public static ushort IdentifierOf(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[4..]);

    public static ushort SequenceOf(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
}
