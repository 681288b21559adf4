using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Flags of flow-mods (ofp_flow_mod_flags, OpenFlow 1.0.0 section 5.3.3), whose bit 2 means another thing in
/// later versions.</summary>
internal static class FlowModFlagsV10
{
    /// <summary>OFPFF_EMERG.</summary>
    private const ushort EmergencyBit = 1 << 2;

    private const FlowModFlags Later =
        FlowModFlags.ResetCounts | FlowModFlags.NoPacketCounts | FlowModFlags.NoByteCounts;

    /// <exception cref="UnsupportedByVersionException">A flag of a later version.</exception>
    public static void Check(FlowModFlags flags)
    {
        if ((flags & Later) != 0) throw LimitsV10.Unsupported($"FlowModFlags.{flags & Later}");
    }

    public static ushort Narrow(FlowModFlags flags)
    {
        ushort same = (ushort)(flags & ~FlowModFlags.Emergency);
        return (flags & FlowModFlags.Emergency) != 0 ? (ushort)(same | EmergencyBit) : same;
    }

    /// <summary>Bits that 1.0 doesn't define are dropped: later versions gave them a meaning.</summary>
    public static FlowModFlags Widen(ushort wire)
    {
        var same = (FlowModFlags)(wire & 3);
        return (wire & EmergencyBit) != 0 ? same | FlowModFlags.Emergency : same;
    }
}
