using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>Names of error types and codes (1.3.5 section 7.5.4); in 1.0, whose numbers differ in places, the neutral
/// model has 1.3's.</summary>
internal static class ErrorNames
{
    private static readonly NamedNumber[] Codes =
    [
        Of("OFPHFC", "INCOMPATIBLE", "EPERM"),
        Of("OFPBRC", "BAD_VERSION", "BAD_TYPE", "BAD_MULTIPART", "BAD_EXPERIMENTER", "BAD_EXP_TYPE", "EPERM", "BAD_LEN",
            "BUFFER_EMPTY", "BUFFER_UNKNOWN", "BAD_TABLE_ID", "IS_SLAVE", "BAD_PORT", "BAD_PACKET",
            "MULTIPART_BUFFER_OVERFLOW"),
        Of("OFPBAC", "BAD_TYPE", "BAD_LEN", "BAD_EXPERIMENTER", "BAD_EXP_TYPE", "BAD_OUT_PORT", "BAD_ARGUMENT", "EPERM",
            "TOO_MANY", "BAD_QUEUE", "BAD_OUT_GROUP", "MATCH_INCONSISTENT", "UNSUPPORTED_ORDER", "BAD_TAG",
            "BAD_SET_TYPE", "BAD_SET_LEN", "BAD_SET_ARGUMENT"),
        Of("OFPBIC", "UNKNOWN_INST", "UNSUP_INST", "BAD_TABLE_ID", "UNSUP_METADATA", "UNSUP_METADATA_MASK",
            "BAD_EXPERIMENTER", "BAD_EXP_TYPE", "BAD_LEN", "EPERM"),
        Of("OFPBMC", "BAD_TYPE", "BAD_LEN", "BAD_TAG", "BAD_DL_ADDR_MASK", "BAD_NW_ADDR_MASK", "BAD_WILDCARDS",
            "BAD_FIELD", "BAD_VALUE", "BAD_MASK", "BAD_PREREQ", "DUP_FIELD", "EPERM"),
        FlowMod(),
        Of("OFPGMFC", "GROUP_EXISTS", "INVALID_GROUP", "WEIGHT_UNSUPPORTED", "OUT_OF_GROUPS", "OUT_OF_BUCKETS",
            "CHAINING_UNSUPPORTED", "WATCH_UNSUPPORTED", "LOOP", "UNKNOWN_GROUP", "CHAINED_GROUP", "BAD_TYPE",
            "BAD_COMMAND", "BAD_BUCKET", "BAD_WATCH", "EPERM"),
        Of("OFPPMFC", "BAD_PORT", "BAD_HW_ADDR", "BAD_CONFIG", "BAD_ADVERTISE", "EPERM"),
        Of("OFPTMFC", "BAD_TABLE", "BAD_CONFIG", "EPERM"),
        Of("OFPQOFC", "BAD_PORT", "BAD_QUEUE", "EPERM"),
        Of("OFPSCFC", "BAD_FLAGS", "BAD_LEN", "EPERM"),
        Of("OFPRRFC", "STALE", "UNSUP", "BAD_ROLE"),
        Of("OFPMMFC", "UNKNOWN", "METER_EXISTS", "INVALID_METER", "UNKNOWN_METER", "BAD_COMMAND", "BAD_FLAGS",
            "BAD_RATE", "BAD_BURST", "BAD_BAND", "BAD_BAND_VALUE", "OUT_OF_METERS", "OUT_OF_BANDS"),
        Of("OFPTFFC", "BAD_TABLE", "BAD_METADATA", "BAD_TYPE", "BAD_LEN", "BAD_ARGUMENT", "EPERM"),
    ];

    private static readonly NamedNumber NoNames = new(ushort.MaxValue);

    public static NamedNumber Type { get; } = new(ushort.MaxValue,
    [
        .. new[]
        {
            "HELLO_FAILED", "BAD_REQUEST", "BAD_ACTION", "BAD_INSTRUCTION", "BAD_MATCH", "FLOW_MOD_FAILED",
            "GROUP_MOD_FAILED", "PORT_MOD_FAILED", "TABLE_MOD_FAILED", "QUEUE_OP_FAILED", "SWITCH_CONFIG_FAILED",
            "ROLE_REQUEST_FAILED", "METER_MOD_FAILED", "TABLE_FEATURES_FAILED",
        }.Select((name, index) => ("OFPET_" + name, (ulong)index)),
        ("OFPET_EXPERIMENTER", 0xffff),
    ]);

    /// <summary>The codes of an error type.</summary>
    public static NamedNumber CodesOf(ErrorType type) => (int)type < Codes.Length ? Codes[(int)type] : NoNames;

    /// <summary>Both names, numbers where there are none.</summary>
    public static string Text(ErrorType type, ushort code) =>
        $"{Type.NameOf((ulong)type) ?? $"type {(int)type}"}, {CodesOf(type).NameOf(code) ?? $"code {code}"}";

    private static NamedNumber Of(string prefix, params string[] names) =>
        NamedNumber.InOrder(ushort.MaxValue, [.. names.Select(name => $"{prefix}_{name}")]);

    private static NamedNumber FlowMod() => new(ushort.MaxValue,
        ("OFPFMFC_UNKNOWN", 0), ("OFPFMFC_TABLE_FULL", 1), ("OFPFMFC_BAD_TABLE_ID", 2), ("OFPFMFC_OVERLAP", 3),
        ("OFPFMFC_EPERM", 4), ("OFPFMFC_BAD_TIMEOUT", 5), ("OFPFMFC_BAD_COMMAND", 6), ("OFPFMFC_BAD_FLAGS", 7),
        ("OFPFMFC_UNSUPPORTED", ErrorCodes.FlowModUnsupportedActions));
}
