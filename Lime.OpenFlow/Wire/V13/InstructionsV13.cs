using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>A rule's instructions, back to back (OpenFlow 1.3.5 section 7.2.4).</summary>
/// <remarks><code>
/// every one          0  type:16   len:16 (padding included)
/// METER              4  meter_id:32
/// APPLY, WRITE       4  pad:32   actions
/// CLEAR              4  pad:32
/// WRITE_METADATA     4  pad:32   metadata:64   metadata_mask:64
/// GOTO_TABLE         4  table_id:8   pad:24
/// any other type        kept byte for byte
/// </code>
/// Written in the order in which they are carried out: meter, apply, clear, write, metadata, goto, then the others. No
/// apply-actions is written for an empty list, which does the same. A write-metadata whose mask is zero does nothing,
/// and is kept among the others.</remarks>
internal static class InstructionsV13
{
    private const int ShortBytes = 8;
    private const int MetadataBytes = 24;
    private const int AlignmentBytes = 8;

    /// <summary>The instructions' size in bytes.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.3 cannot say one of the actions.</exception>
    public static long SizeOf(ActionList applyActions, FlowInstructions instructions)
    {
        ArgumentNullException.ThrowIfNull(applyActions);
        ArgumentNullException.ThrowIfNull(instructions);
        long bytes = applyActions.Count == 0 ? 0 : SizeOf(applyActions);
        if (ReferenceEquals(instructions, FlowInstructions.None)) return bytes;
        if (instructions.Meter is not null) bytes += ShortBytes;
        if (instructions.ClearsActions) bytes += ShortBytes;
        if (instructions.WriteActions is { } actions) bytes += SizeOf(actions);
        if (instructions.MetadataMask != 0)
            bytes += MetadataBytes;
        else if (instructions.Metadata != 0)
            throw LimitsV13.Unsupported("FlowInstructions.Metadata");
        if (instructions.GoToTable is not null) bytes += ShortBytes;
        foreach (ImmutableArray<byte> opaque in instructions.Opaque.AsSpan()) bytes += SizeOf(opaque);
        return bytes;
    }

    public static void Write(ref WireWriter writer, ActionList applyActions, FlowInstructions instructions)
    {
        if (instructions.Meter is { } meter) WriteShort(ref writer, InstructionTypeV13.Meter, meter.Value);
        if (applyActions.Count > 0) WriteActions(ref writer, InstructionTypeV13.ApplyActions, applyActions);
        if (ReferenceEquals(instructions, FlowInstructions.None)) return;
        if (instructions.ClearsActions) WriteShort(ref writer, InstructionTypeV13.ClearActions, 0);
        if (instructions.WriteActions is { } actions)
            WriteActions(ref writer, InstructionTypeV13.WriteActions, actions);
        if (instructions.MetadataMask != 0)
        {
            WriteHeader(ref writer, InstructionTypeV13.WriteMetadata, MetadataBytes);
            writer.WriteZeros(4);
            writer.WriteUInt64(instructions.Metadata);
            writer.WriteUInt64(instructions.MetadataMask);
        }
        if (instructions.GoToTable is { } table)
            WriteShort(ref writer, InstructionTypeV13.GoToTable, (uint)table.Value << 24);
        foreach (ImmutableArray<byte> opaque in instructions.Opaque.AsSpan()) writer.WriteBytes(opaque.AsSpan());
    }

    /// <summary>Reads instructions up to the end of <paramref name="reader"/>.</summary>
    public static void Read(ref WireReader reader, out ActionList applyActions, out FlowInstructions instructions)
    {
        applyActions = ActionList.Drop;
        instructions = FlowInstructions.None;
        InstructionReaderV13 parts = default;
        while (reader.HasMore())
        {
            WireReader one = TakeOne(ref reader);
            int offset = one.Offset;
            var type = (InstructionTypeV13)one.ReadUInt16("ofp_instruction.type");
            one.Skip(2, "ofp_instruction.len");
            parts.Add(type, one, offset);
        }
        if (parts.ApplyActions is { } apply) applyActions = apply;
        if (parts.HasOthers) instructions = parts.ToInstructions();
    }

    /// <summary>The error for an instruction whose length is wrong.</summary>
    public static OpenFlowProtocolException BadLength(int offset, int length) => new(
        ErrorType.BadInstruction, ErrorCodes.InstructionBadLength,
        $"ofp_instruction.len of that at byte {offset} is {length}, which does not fit its type or the list.");

    private static WireReader TakeOne(ref WireReader reader)
    {
        if (reader.RemainingBytes < ShortBytes) throw BadLength(reader.Offset, reader.RemainingBytes);
        WireReader ahead = reader;
        ahead.Skip(2, "ofp_instruction.type");
        int length = ahead.ReadUInt16("ofp_instruction.len");
        bool fits = length >= ShortBytes && length % AlignmentBytes == 0 && length <= reader.RemainingBytes;
        return fits ? reader.ReadPart(length, "ofp_instruction") : throw BadLength(reader.Offset, length);
    }

    private static int SizeOf(ActionList actions) => WireLimits.FrameBytes(ShortBytes + ActionListV13.SizeOf(actions));

    private static int SizeOf(ImmutableArray<byte> opaque)
    {
        ReadOnlySpan<byte> bytes = opaque.AsSpan();
        bool isOne = bytes.Length >= ShortBytes && bytes.Length % AlignmentBytes == 0
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == bytes.Length;
        return isOne
            ? bytes.Length
            : throw new ArgumentException("An opaque instruction's bytes disagree with its length field.");
    }

    private static void WriteActions(ref WireWriter writer, InstructionTypeV13 type, ActionList actions)
    {
        WriteHeader(ref writer, type, SizeOf(actions));
        writer.WriteZeros(4);
        ActionListV13.Write(ref writer, actions);
    }

    private static void WriteShort(ref WireWriter writer, InstructionTypeV13 type, uint argument)
    {
        WriteHeader(ref writer, type, ShortBytes);
        writer.WriteUInt32(argument);
    }

    private static void WriteHeader(ref WireWriter writer, InstructionTypeV13 type, int bytes)
    {
        writer.WriteUInt16((ushort)type);
        writer.WriteUInt16((ushort)bytes);
    }
}
