namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>Names of reserved ports, groups, meters, queues, tables and buffers.</summary>
internal static class IdentifierNames
{
    public static NamedNumber Port { get; } = new(uint.MaxValue,
        ("IN_PORT", 0xfffffff8), ("TABLE", 0xfffffff9), ("NORMAL", 0xfffffffa), ("FLOOD", 0xfffffffb),
        ("ALL", 0xfffffffc), ("CONTROLLER", 0xfffffffd), ("LOCAL", 0xfffffffe), ("ANY", 0xffffffff),
        ("NONE", 0xffffffff));

    public static NamedNumber Group { get; } = new(uint.MaxValue, ("ALL", 0xfffffffc), ("ANY", 0xffffffff));

    public static NamedNumber Meter { get; } = new(uint.MaxValue,
        ("SLOWPATH", 0xfffffffd), ("CONTROLLER", 0xfffffffe), ("ALL", 0xffffffff));

    public static NamedNumber Queue { get; } = new(uint.MaxValue, ("ALL", 0xffffffff));

    public static NamedNumber Table { get; } = new(byte.MaxValue, ("ALL", 255));

    public static NamedNumber Buffer { get; } = new(uint.MaxValue, ("NO_BUFFER", 0xffffffff));

    /// <summary>The versions of the header's first byte.</summary>
    public static NamedNumber Version { get; } = new(byte.MaxValue,
        ("1.0", 1), ("1.1", 2), ("1.2", 3), ("1.3", 4), ("1.4", 5), ("1.5", 6));

    public static NamedNumber YesNo { get; } = new(1, ("no", 0), ("yes", 1));
}
