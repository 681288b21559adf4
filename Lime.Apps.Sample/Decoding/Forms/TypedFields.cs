using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Fields of the types that messages are made of.</summary>
internal static class TypedFields
{
    public static byte UInt8(this Fields fields, string name, byte? value, byte? missing = null) =>
        (byte)fields.Number(name, value, PlainNumber.UInt8, missing);

    public static ushort UInt16(
        this Fields fields, string name, ushort? value, ushort? missing = null, bool isShown = false) =>
        (ushort)fields.Number(name, value, PlainNumber.UInt16, missing, isShown);

    public static uint UInt32(this Fields fields, string name, uint? value, uint? missing = null) =>
        (uint)fields.Number(name, value, PlainNumber.UInt32, missing);

    public static ulong UInt64(this Fields fields, string name, ulong? value, ulong? missing = null) =>
        fields.Number(name, value, PlainNumber.UInt64, missing);

    public static ushort Hex16(this Fields fields, string name, ushort? value, ushort? missing = null) =>
        (ushort)fields.Number(name, value, PlainNumber.Hex16, missing);

    public static uint Hex32(this Fields fields, string name, uint? value, uint? missing = null) =>
        (uint)fields.Number(name, value, PlainNumber.Hex32, missing);

    public static ulong Hex64(this Fields fields, string name, ulong? value, ulong? missing = null) =>
        fields.Number(name, value, PlainNumber.Hex64, missing);

    /// <summary>Left out where it is false.</summary>
    public static bool Flag(this Fields fields, string name, bool? value) =>
        fields.Number(name, value == true ? 1ul : 0, IdentifierNames.YesNo, 0) == 1;

    public static PortNumber Port(
        this Fields fields, string name, PortNumber? value, PortNumber? missing = null, bool isShown = false) =>
        new((uint)fields.Number(name, value?.Value, IdentifierNames.Port, missing?.Value, isShown));

    public static GroupId Group(this Fields fields, string name, GroupId? value, GroupId? missing = null) =>
        new((uint)fields.Number(name, value?.Value, IdentifierNames.Group, missing?.Value));

    public static MeterId Meter(this Fields fields, string name, MeterId? value) =>
        new((uint)fields.Number(name, value?.Value, IdentifierNames.Meter));

    public static QueueId Queue(this Fields fields, string name, QueueId? value) =>
        new((uint)fields.Number(name, value?.Value, IdentifierNames.Queue));

    public static TableId Table(this Fields fields, string name, TableId? value, TableId? missing = null) =>
        new((byte)fields.Number(name, value?.Value, IdentifierNames.Table, missing?.Value));

    public static BufferId Buffer(this Fields fields, string name, BufferId? value, BufferId? missing = null) =>
        new((uint)fields.Number(name, value?.Value, IdentifierNames.Buffer, missing?.Value, isShown: true));

    public static Cookie Cookie(
        this Fields fields, string name, Cookie? value, ulong? missing = null, bool isShown = false) =>
        new(fields.Number(name, value?.Value, PlainNumber.Hex64, missing, isShown));

    public static MacAddress Mac(this Fields fields, string name, MacAddress? value) =>
        new(fields.Number(name, value?.Value, MacNumber.Instance));

    /// <summary>Seconds, and nanoseconds beyond them.</summary>
    /// <param name="fields">Where it goes or comes from.</param>
    /// <param name="value">The time.</param>
    /// <param name="isOptional">Whether no field means none.</param>
    public static Duration Duration(this Fields fields, Duration? value, bool isOptional = false)
    {
        ulong? missing = isOptional ? 0 : null;
        return new(
            (uint)fields.Number("duration_sec", value?.Seconds, PlainNumber.UInt32, missing),
            (uint)fields.Number("duration_nsec", value?.Nanoseconds, PlainNumber.UInt32, missing));
    }
}
