using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>16-bit port numbers (ofp_port, OpenFlow 1.0.0 section 5.2.1) and their 32-bit form.</summary>
/// <remarks><code>
/// 0x0000 .. 0xff00   real ports       the same number
/// 0xff01 .. 0xfff7   not assigned     refused
/// 0xfff8 .. 0xffff   reserved ports   0xfffffff8 .. 0xffffffff
/// </code></remarks>
internal static class PortNumberV10
{
    /// <summary>OFPBRC_BAD_PORT of OpenFlow 1.2 and later; 1.0 has no code of its own for it.</summary>
    private const ushort BadPort = 11;

    private const ushort Max = 0xff00;
    private const ushort FirstReserved = 0xfff8;

    public static bool IsAssigned(ushort wire) => wire is <= Max or >= FirstReserved;

    public static PortNumber Widen(ushort wire) => new(wire >= FirstReserved ? wire | 0xffff0000u : wire);

    public static PortNumber Read(ref WireReader reader, string field)
    {
        ushort wire = reader.ReadUInt16(field);
        return IsAssigned(wire) ? Widen(wire) : throw NotAssigned(wire, field, reader.Offset - 2);
    }

    public static void Write(ref WireWriter writer, PortNumber port) =>
        writer.WriteUInt16((ushort)port.Value);

    /// <summary>Checks that 16 bits can say the port.</summary>
    public static void Check(PortNumber port, string field)
    {
        if (port.Value > Max && port.Value < PortNumber.InPort.Value) throw LimitsV10.Unsupported(field);
    }

    public static OpenFlowProtocolException NotAssigned(ushort wire, string field, int offset) =>
        new(ErrorType.BadRequest, BadPort, $"{field} at byte {offset} is 0x{wire:x4}, which no port has.");
}
