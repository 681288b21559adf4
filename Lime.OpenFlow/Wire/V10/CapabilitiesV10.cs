using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Capabilities (ofp_capabilities, OpenFlow 1.0.0 section 5.3.1), whose bit 3 means another thing in later
/// versions.</summary>
internal static class CapabilitiesV10
{
    private const uint SpanningTreeBit = 1 << 3;

    private const SwitchCapabilities Later = SwitchCapabilities.GroupStatistics
        | (SwitchCapabilities)~(uint.MaxValue | (ulong)SwitchCapabilities.SpanningTree);

    /// <exception cref="UnsupportedByVersionException">An ability that 1.0 doesn't know.</exception>
    public static void Check(SwitchCapabilities capabilities)
    {
        if ((capabilities & Later) != 0) throw LimitsV10.Unsupported($"SwitchCapabilities.{capabilities & Later}");
    }

    public static uint Narrow(SwitchCapabilities capabilities) =>
        (uint)capabilities | ((capabilities & SwitchCapabilities.SpanningTree) != 0 ? SpanningTreeBit : 0);

    public static SwitchCapabilities Widen(uint wire) => (SwitchCapabilities)(wire & ~SpanningTreeBit)
        | ((wire & SpanningTreeBit) != 0 ? SwitchCapabilities.SpanningTree : 0);
}
