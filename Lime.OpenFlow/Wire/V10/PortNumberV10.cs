using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>16-bit port numbers (ofp_port, OpenFlow 1.0.0 section 5.2.1) and their 32-bit form.</summary>
/// <remarks><code>
/// 0x0000 .. 0xff00   real ports       the same number
/// 0xff01 .. 0xfff7   not assigned     0xffffff01 .. 0xfffffff7, which no port has either
/// 0xfff8 .. 0xffff   reserved ports   0xfffffff8 .. 0xffffffff
/// </code>
/// No error of 1.0 is for a number that isn't assigned, but in an action; elsewhere it is kept.</remarks>
internal static class PortNumberV10
{
    private const ushort Max = 0xff00;
    private const ushort FirstReserved = 0xfff8;
    private const ushort Local = 0xfffe;

    /// <summary>Whether packets can be sent to it; not so to OFPP_NONE.</summary>
    public static bool CanBeOutput(ushort wire) => wire is <= Max or >= FirstReserved and < ushort.MaxValue;

    /// <summary>Whether an enqueue may name it: a real port or OFPP_IN_PORT (section 5.3.3), and OFPP_LOCAL, which Open
    /// vSwitch takes too.</summary>
    public static bool HasQueues(ushort wire) => wire is <= Max or FirstReserved or Local;

    public static PortNumber Widen(ushort wire) => new(wire > Max ? wire | 0xffff0000u : wire);

    public static PortNumber Read(ref WireReader reader, string field) => Widen(reader.ReadUInt16(field));

    public static void Write(ref WireWriter writer, PortNumber port) =>
        writer.WriteUInt16((ushort)port.Value);

    /// <summary>Checks that 16 bits can say the port.</summary>
    public static void Check(PortNumber port, string field)
    {
        if (port.Value > Max && port.Value <= PortNumber.Max.Value) throw LimitsV10.Unsupported(field);
    }
}
