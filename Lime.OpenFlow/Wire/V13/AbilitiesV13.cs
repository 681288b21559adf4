using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Compares a rule with what a table says that it can do (ofp_table_features, OpenFlow 1.3.5 section
/// 7.3.5.5).</summary>
/// <remarks>Both are compared as they are on the wire, so that whatever can be written can be compared. A list that the
/// table doesn't give misses nothing; nor do experimenters' entries, whose lists say too little.</remarks>
internal static class AbilitiesV13
{
    private const int MatchAt = 48;
    private const int HeaderBytes = 4;
    private const int ActionsAt = 8;
    private const ushort Experimenter = ushort.MaxValue;

    public static string? FindUnlisted(in FlowMod flowMod, TableFeatures table)
    {
        var frame = new byte[FlowModV13.SizeOf(flowMod)];
        var writer = new WireWriter(frame);
        writer.Skip(FrameHeader.SizeBytes);
        FlowModV13.Write(ref writer, flowMod);
        int matchBytes = UInt16(frame, MatchAt + 2);
        ReadOnlySpan<byte> fields = frame.AsSpan(MatchAt + HeaderBytes, matchBytes - HeaderBytes);
        return FindField(fields, table, TablePropertyType.Match)
            ?? FindInstruction(frame.AsSpan(MatchAt + MatchV13.Padded(matchBytes)), table);
    }

    private static string? FindInstruction(ReadOnlySpan<byte> instructions, TableFeatures table)
    {
        while (!instructions.IsEmpty)
        {
            ushort type = UInt16(instructions, 0);
            ushort bytes = UInt16(instructions, 2);
            if (!IsListed(table, TablePropertyType.Instructions, type)) return $"the instruction {NameOf(type)}";
            string? missing = (InstructionTypeV13)type switch
            {
                InstructionTypeV13.ApplyActions => FindAction(
                    instructions[ActionsAt..bytes], table, TablePropertyType.ApplyActions,
                    TablePropertyType.ApplySetField),
                InstructionTypeV13.WriteActions => FindAction(
                    instructions[ActionsAt..bytes], table, TablePropertyType.WriteActions,
                    TablePropertyType.WriteSetField),
                _ => null,
            };
            if (missing is not null) return missing;
            instructions = instructions[bytes..];
        }
        return null;
    }

    private static string? FindAction(
        ReadOnlySpan<byte> actions, TableFeatures table, TablePropertyType list, TablePropertyType settable)
    {
        while (!actions.IsEmpty)
        {
            ushort type = UInt16(actions, 0);
            if (!IsListed(table, list, type)) return $"the action {(ActionTypeV13)type} (type {type})";
            bool isSetField = type == (ushort)ActionTypeV13.SetField;
            string? missing = isSetField
                ? FindField(actions.Slice(HeaderBytes, HeaderBytes + actions[HeaderBytes + 3]), table, settable)
                : null;
            if (missing is not null) return $"the setting of {missing}";
            actions = actions[UInt16(actions, 2)..];
        }
        return null;
    }

    private static string? FindField(ReadOnlySpan<byte> fields, TableFeatures table, TablePropertyType list)
    {
        if (ListOf(table, list) is not { } listed) return null;
        while (!fields.IsEmpty)
        {
            bool isBasic = UInt16(fields, 0) == OxmField.BasicClass;
            var number = (byte)(fields[2] >> 1);
            if (isBasic && !HasField(listed.AsSpan(), number)) return $"the field {(OxmId)number}";
            fields = fields[(HeaderBytes + fields[3])..];
        }
        return null;
    }

    /// <summary>A header's lowest bit says whether there may be a mask; switches differ in what they say
    /// there.</summary>
    private static bool HasField(ReadOnlySpan<byte> headers, byte number)
    {
        for (; headers.Length >= HeaderBytes; headers = headers[HeaderBytes..])
        {
            if (UInt16(headers, 0) == OxmField.BasicClass && headers[2] >> 1 == number) return true;
        }
        return false;
    }

    private static bool IsListed(TableFeatures table, TablePropertyType list, ushort type)
    {
        if (type == Experimenter || ListOf(table, list) is not { } listed) return true;
        ReadOnlySpan<byte> headers = listed.AsSpan();
        while (headers.Length >= HeaderBytes)
        {
            if (UInt16(headers, 0) == type) return true;
            headers = headers[Math.Clamp(UInt16(headers, 2), HeaderBytes, headers.Length)..];
        }
        return false;
    }

    private static ImmutableArray<byte>? ListOf(TableFeatures table, TablePropertyType type)
    {
        foreach (TableProperty each in table.Properties)
        {
            if (each.Type == type) return each.Bytes;
        }
        return null;
    }

    private static string NameOf(ushort instruction) => $"{(InstructionTypeV13)instruction} (type {instruction})";

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
