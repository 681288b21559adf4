using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>What an OFPAT_SET_FIELD holds: one match field without a mask (OpenFlow 1.3.5 section 7.2.5).</summary>
/// <remarks><code>
///  0  type:16 (25)   len:16 (padding included)
///  4  oxm_class:16   oxm_field:7  oxm_hasmask:1   oxm_length:8   value
///     padding to a multiple of 8
/// </code>
/// Fields that have an action kind of their own take it; others, unknown ones among them, keep their bytes.</remarks>
internal static class SetFieldV13
{
    private const int FieldAt = 4;

    public static int SizeOf(in FlowAction action) => MatchV13.Padded(FieldAt + FieldBytes(action));

    /// <summary>Writes the field and the padding.</summary>
    public static void Write(ref WireWriter writer, in FlowAction action)
    {
        int bytes = FieldBytes(action);
        switch (action.Kind)
        {
            case FlowActionKind.SetEthSource: WriteField(ref writer, OxmId.EthSource, action.Value); break;
            case FlowActionKind.SetEthDestination: WriteField(ref writer, OxmId.EthDestination, action.Value); break;
            case FlowActionKind.SetIpv4Source: WriteField(ref writer, OxmId.Ipv4Source, action.Value); break;
            case FlowActionKind.SetIpv4Destination: WriteField(ref writer, OxmId.Ipv4Destination, action.Value); break;
            case FlowActionKind.SetIpTos: WriteField(ref writer, OxmId.IpDscp, action.Value >> 2); break;
            default: writer.WriteBytes(action.Bytes); break;
        }
        writer.WriteZeros(MatchV13.Padded(FieldAt + bytes) - FieldAt - bytes);
    }

    public static FlowAction Read(ReadOnlySpan<byte> action, int offset)
    {
        ReadOnlySpan<byte> rest = action[FieldAt..];
        int bytes = OxmFieldsV13.HeaderBytes + rest[3];
        if (MatchV13.Padded(FieldAt + bytes) != action.Length)
            throw BadAction(ErrorCodes.ActionBadSetLength, offset, $"of {action.Length} bytes has a field of {bytes}");
        ReadOnlySpan<byte> tlv = rest[..bytes];
        if (FaultOf(tlv) is { } fault) throw BadAction(fault, offset, Describe(fault, tlv));
        return FlowAction.SetField(OxmField.FromBytes(tlv));
    }

    /// <summary>The field's size; also checks what the action's maker could not.</summary>
    private static int FieldBytes(in FlowAction action)
    {
        switch (action.Kind)
        {
            case FlowActionKind.SetEthSource or FlowActionKind.SetEthDestination:
                return OxmFieldsV13.HeaderBytes + 6;
            case FlowActionKind.SetIpv4Source or FlowActionKind.SetIpv4Destination:
                return OxmFieldsV13.HeaderBytes + 4;
            case FlowActionKind.SetIpTos:
                return OxmFieldsV13.HeaderBytes + 1;
            default:
                if (FaultOf(action.Bytes) is not null)
                    throw LimitsV13.Unsupported($"FlowAction.SetField({OxmField.FromBytes(action.Bytes)})");
                return action.Bytes.Length;
        }
    }

    private static void WriteField(ref WireWriter writer, OxmId id, ulong value)
    {
        int size = OxmFieldsV13.ShapeOf(id).ValueBytes;
        writer.WriteUInt16(OxmField.BasicClass);
        writer.WriteUInt8((byte)((byte)id << 1));
        writer.WriteUInt8((byte)size);
        writer.WriteNumber(value, size);
    }

    /// <summary>What is wrong with the field: a code of BAD_ACTION, or null. Ports of ingress can't be set (1.3.5
    /// section 7.2.5), nor can anything under a mask.</summary>
    private static ushort? FaultOf(ReadOnlySpan<byte> tlv)
    {
        if (OxmFieldsV13.HasMask(tlv)) return ErrorCodes.ActionBadSetArgument;
        if (OxmFieldsV13.IdOf(tlv) is not { } id)
            return OxmFieldsV13.IsWellFormedUnknown(tlv) ? null : ErrorCodes.ActionBadSetLength;
        if (id is OxmId.InPort or OxmId.InPhysicalPort) return ErrorCodes.ActionBadSetType;
        return OxmFieldsV13.FaultOf(tlv, id) switch
        {
            null => null,
            ErrorCodes.MatchBadLength => ErrorCodes.ActionBadSetLength,
            _ => ErrorCodes.ActionBadSetArgument,
        };
    }

    private static string Describe(ushort fault, ReadOnlySpan<byte> tlv)
    {
        string name = OxmFieldsV13.IdOf(tlv) is { } id ? OxmFieldsV13.NameOf(id) : "unknown";
        return fault switch
        {
            ErrorCodes.ActionBadSetType => $"sets {name}, which can't be set",
            ErrorCodes.ActionBadSetLength => $"has a length of {tlv.Length - OxmFieldsV13.HeaderBytes} for {name}",
            _ when OxmFieldsV13.HasMask(tlv) => $"has a mask on {name}",
            _ => $"has a value for {name} that is over its bits",
        };
    }

    private static OpenFlowProtocolException BadAction(ushort code, int offset, string what) =>
        new(ErrorType.BadAction, code, $"The set-field action at byte {offset} {what}.");
}
