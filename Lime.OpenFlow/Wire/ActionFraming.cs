using System.Buffers.Binary;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Where one action ends and the next begins (ofp_action_header; the same in every version).</summary>
/// <remarks><code>
/// 0  type:16   len:16 (of the whole action, padding included)
/// </code></remarks>
internal static class ActionFraming
{
    /// <summary>Action lengths are multiples of this, and no action is shorter.</summary>
    public const int AlignmentBytes = 8;

    /// <summary>Counts on a copy of the reader, and so checks every length before an action is
    /// read.</summary>
    public static int Count(WireReader reader)
    {
        int count = 0;
        for (; reader.HasMore(); count++) TakeOne(ref reader);
        return count;
    }

    public static ReadOnlySpan<byte> TakeOne(ref WireReader reader)
    {
        if (reader.RemainingBytes < AlignmentBytes) throw BadLength(reader.Offset, reader.RemainingBytes);
        int length = BinaryPrimitives.ReadUInt16BigEndian(reader.Ahead(AlignmentBytes)[2..]);
        bool fits = length >= AlignmentBytes && length % AlignmentBytes == 0
            && length <= reader.RemainingBytes;
        return fits ? reader.ReadBytes(length, "action") : throw BadLength(reader.Offset, length);
    }

    /// <summary>The error for an action whose length is wrong.</summary>
    public static OpenFlowProtocolException BadLength(int offset, int length) => new(
        ErrorType.BadAction, ErrorCodes.ActionBadLength,
        $"ofp_action_header.len of the action at byte {offset} is {length}, which does not fit its type or the list.");

    /// <summary>Whether the bytes are one action as far as a list can tell: aligned, and as long as they
    /// say.</summary>
    public static bool IsOneAction(ReadOnlySpan<byte> bytes) => bytes.Length >= AlignmentBytes
        && bytes.Length % AlignmentBytes == 0
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == bytes.Length;
}
