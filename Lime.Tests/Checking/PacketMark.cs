using System.Buffers.Binary;

namespace Lime.Tests.Checking;

/// <summary>The unique number that every packet of a traced host carries at its end, behind what rules may
/// change.</summary>
/// <remarks>Eight bytes: four that occur nowhere else in the traffic, four of the number. It is searched for, so that
/// tags which rules push don't matter.</remarks>
internal static class PacketMark
{
    public const int Bytes = 8;

    private static ReadOnlySpan<byte> Magic => [0xc3, 0x5a, 0x96, 0xe7];

    /// <summary>Writes the mark into the first eight bytes.</summary>
    public static void Write(Span<byte> place, uint id)
    {
        Magic.CopyTo(place);
        BinaryPrimitives.WriteUInt32BigEndian(place[4..], id);
    }

    /// <summary>The number of a marked packet; null where there is no mark, or it was cut off.</summary>
    public static uint? TryRead(ReadOnlySpan<byte> frame)
    {
        int at = frame.LastIndexOf(Magic);
        return at < 0 || at + Bytes > frame.Length ? null : BinaryPrimitives.ReadUInt32BigEndian(frame[(at + 4)..]);
    }
}
