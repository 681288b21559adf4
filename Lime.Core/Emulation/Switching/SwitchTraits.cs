using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Switching;

/// <summary>What an emulated switch does differently from one OpenFlow version to the next, as data; what flow-mods do
/// is in <see cref="TableSemantics"/>.</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed record SwitchTraits
{
    private const SwitchCapabilities CommonCapabilities = SwitchCapabilities.FlowStatistics
        | SwitchCapabilities.TableStatistics | SwitchCapabilities.PortStatistics;

    /// <summary>OpenFlow 1.0.0.</summary>
    public static SwitchTraits V10 { get; } = new()
    {
        Semantics = TableSemantics.V10,
        HasPipeline = false,
        Capabilities = CommonCapabilities | SwitchCapabilities.MatchesArpAddresses,
        // All actions of 1.0 but OFPAT_ENQUEUE.
        ActionBits = 0x7ff,
        PortConfigBits = (PortConfig)uint.MaxValue,
        NoCookie = default,
    };

    /// <summary>OpenFlow 1.3.5.</summary>
    public static SwitchTraits V13 { get; } = new()
    {
        Semantics = TableSemantics.V13,
        HasPipeline = true,
        Capabilities = CommonCapabilities | SwitchCapabilities.GroupStatistics,
        ActionBits = 0,
        PortConfigBits = PortConfig.PortDown | PortConfig.NoReceive | PortConfig.NoForward | PortConfig.NoPacketIn,
        NoCookie = new Cookie(ulong.MaxValue),
    };

    public required TableSemantics Semantics { get; init; }

    /// <summary>Many tables with instructions, groups and meters; a stack of tags is seen through; a packet-in tells
    /// where it comes from; a held packet that a flow-mod names begins anew (1.3.5 section 7.3.4.1), not by that
    /// rule (OpenFlow 1.0.0 section 5.3.3).</summary>
    public required bool HasPipeline { get; init; }

    public required SwitchCapabilities Capabilities { get; init; }

    /// <summary>1.0: a bit per action in the features.</summary>
    public required uint ActionBits { get; init; }

    /// <summary>What a port-mod can change.</summary>
    public required PortConfig PortConfigBits { get; init; }

    /// <summary>What a packet-in says where no rule has handed it up.</summary>
    public required Cookie NoCookie { get; init; }

    /// <summary>Of the version whose flow-mods behave like this.</summary>
    public static SwitchTraits Of(TableSemantics semantics) => semantics == TableSemantics.V10 ? V10 : V13;
}
