using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Errors (ofp_error_msg, OpenFlow 1.0.0 section 5.4.4).</summary>
/// <remarks><code>
///  8  type:16   code:16
/// 12  data
/// </code>
/// The neutral types are numbered as in 1.3, so the types that both have are mapped. Numbers that neither gives a
/// meaning (Open vSwitch's vendor errors are 0xb0c2) stay as they are; those that only 1.3 gives one have their upper
/// bit
/// turned over, which leaves no room for what is there.</remarks>
internal static class ErrorV10
{
    private const int DataAt = 12;

    private const ushort UndefinedBit = 0x8000;

    /// <summary>1.0's types, in the order of their numbers.</summary>
    private static ReadOnlySpan<ErrorType> Types =>
    [
        ErrorType.HelloFailed,
        ErrorType.BadRequest,
        ErrorType.BadAction,
        ErrorType.FlowModFailed,
        ErrorType.PortModFailed,
        ErrorType.QueueOperationFailed,
    ];

    public static int SizeOf(ErrorMessage message)
    {
        _ = Narrow(message.Type);
        _ = NarrowCode(message);
        return WireLimits.FrameBytes((long)DataAt + message.Bytes.AsSpan().Length);
    }

    public static void Write(ref WireWriter writer, ErrorMessage message)
    {
        writer.WriteUInt16(Narrow(message.Type));
        writer.WriteUInt16(NarrowCode(message));
        writer.WriteBytes(message.Bytes.AsSpan());
    }

    public static ErrorMessage Read(ref WireReader reader)
    {
        ErrorType type = Widen(reader.ReadUInt16("ofp_error_msg.type"), reader.Offset - 2);
        ushort code = reader.ReadUInt16("ofp_error_msg.code");
        if (type == ErrorType.FlowModFailed) code = WidenFlowModCode(code, reader.Offset - 2);
        return new ErrorMessage(type, code, ImmutableArray.Create(reader.ReadRest()));
    }

    /// <summary>The codes of failed flow-mods in 1.3's numbers, by 1.0's.</summary>
    private static ReadOnlySpan<ushort> FlowModCodes =>
    [
        ErrorCodes.TableFull,
        ErrorCodes.Overlap,
        ErrorCodes.FlowModPermission,
        ErrorCodes.FlowModBadTimeout,
        ErrorCodes.FlowModBadCommand,
        ErrorCodes.FlowModUnsupportedActions,
    ];

    /// <summary>Codes that 1.0 doesn't define go where no version has any; there is room for the lower half of
    /// them.</summary>
    private static ushort WidenFlowModCode(ushort code, int offset)
    {
        if (code < FlowModCodes.Length) return FlowModCodes[code];
        return (code & UndefinedBit) == 0
            ? (ushort)(code | UndefinedBit)
            : throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadType,
                $"ofp_error_msg.code at byte {offset} is {code}, which OpenFlow 1.0 does not define.");
    }

    private static ushort NarrowCode(ErrorMessage message)
    {
        if (message.Type != ErrorType.FlowModFailed) return message.Code;
        int number = FlowModCodes.IndexOf(message.Code);
        if (number >= 0) return (ushort)number;
        int undefined = message.Code - UndefinedBit;
        return undefined >= FlowModCodes.Length
            ? (ushort)undefined
            : throw LimitsV10.Unsupported("ErrorMessage.Code");
    }

    private static ushort Narrow(ErrorType type)
    {
        int number = Types.IndexOf(type);
        if (number >= 0) return (ushort)number;
        if (IsLater((ushort)type)) throw LimitsV10.Unsupported("ErrorMessage.Type");
        ushort other = TurnedOver((ushort)type);
        return other >= Types.Length && IsLater(other) ? other : (ushort)type;
    }

    private static ErrorType Widen(ushort number, int offset)
    {
        if (number < Types.Length) return Types[number];
        if (IsLater(number)) return (ErrorType)TurnedOver(number);
        ushort other = TurnedOver(number);
        return other >= Types.Length && IsLater(other)
            ? throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadType,
                $"ofp_error_msg.type at byte {offset} is {number}, which OpenFlow 1.0 does not define.")
            : (ErrorType)number;
    }

    private static ushort TurnedOver(ushort number) => (ushort)(number ^ UndefinedBit);

    /// <summary>Whether only later versions define the number; taking it as theirs would be a guess.</summary>
    private static bool IsLater(ushort number) =>
        number is <= (ushort)ErrorType.TableFeaturesFailed or (ushort)ErrorType.Experimenter;
}
