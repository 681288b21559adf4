using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Lists of actions, back to back (ofp_action_header, OpenFlow 1.0.0 section 5.2.4).</summary>
internal static class ActionListV10
{
    /// <summary>Action lengths are multiples of this, and no action is shorter.</summary>
    public const int AlignmentBytes = 8;

    /// <summary>The list's size in bytes.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.0 cannot say one of the
    /// actions.</exception>
    public static long SizeOf(ActionList actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        long bytes = 0;
        foreach (ref readonly FlowAction action in actions.AsSpan()) bytes += ActionV10.SizeOf(action);
        return bytes;
    }

    public static void Write(ref WireWriter writer, ActionList actions)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan()) ActionV10.Write(ref writer, action);
    }

    /// <summary>Reads actions up to the end of <paramref name="reader"/>.</summary>
    /// <remarks>A list of one plain output, the usual one, is shared and allocates nothing for small
    /// ports.</remarks>
    public static ActionList Read(ref WireReader reader)
    {
        int count = Count(reader);
        if (count == 0) return ActionList.Drop;
        if (count == 1) return Single(ReadOne(ref reader));
        var actions = new FlowAction[count];
        for (int i = 0; i < count; i++) actions[i] = ReadOne(ref reader);
        return ActionList.Of(actions);
    }

    private static ActionList Single(in FlowAction action) =>
        action.Kind == FlowActionKind.Output && action.Value == ushort.MaxValue
            ? ActionList.Output(action.Port)
            : ActionList.Of(action);

    /// <summary>Counts on a copy of the reader, and so checks every length before an action is
    /// read.</summary>
    private static int Count(WireReader reader)
    {
        int count = 0;
        for (; reader.RemainingBytes > 0; count++) TakeOne(ref reader);
        return count;
    }

    private static FlowAction ReadOne(ref WireReader reader)
    {
        int offset = reader.Offset;
        return ActionV10.Read(TakeOne(ref reader), offset);
    }

    private static ReadOnlySpan<byte> TakeOne(ref WireReader reader)
    {
        if (reader.RemainingBytes < AlignmentBytes) throw BadLength(reader.Offset, reader.RemainingBytes);
        WireReader ahead = reader;
        ahead.Skip(2, "ofp_action_header.type");
        int length = ahead.ReadUInt16("ofp_action_header.len");
        bool fits = length >= AlignmentBytes && length % AlignmentBytes == 0
            && length <= reader.RemainingBytes;
        return fits ? reader.ReadBytes(length, "action") : throw BadLength(reader.Offset, length);
    }

    /// <summary>The error for an action whose length is wrong.</summary>
    public static OpenFlowProtocolException BadLength(int offset, int length) => new(
        ErrorType.BadAction, ErrorCodes.ActionBadLength,
        $"The action at byte {offset} has a length of {length}, which does not fit its type or the list.");

    /// <summary>Whether the bytes are one action as far as a list can tell: aligned, and as long as they
    /// say.</summary>
    public static bool IsOneAction(ReadOnlySpan<byte> bytes) => bytes.Length >= AlignmentBytes
        && bytes.Length % AlignmentBytes == 0
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == bytes.Length;
}
