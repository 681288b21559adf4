using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Where versions differ in what flow-mods and other commands do, as data for whoever keeps a flow
/// table.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record TableSemantics
{
    /// <summary>OpenFlow 1.0.0, sections 3.4 and 4.6.</summary>
    public static TableSemantics V10 { get; } = new()
    {
        ExactMatchOutranksPriority = true,
        AddResetsCounters = true,
        ModifyAddsWhenMissing = true,
        ModifyChangesCookie = true,
        MissGoesToController = true,
        HasTables = false,
        HasGroups = false,
        HasMeters = false,
        PacketInNamesRule = false,
        PortConfigBits = PortConfig.PortDown | PortConfig.NoSpanningTree | PortConfig.NoReceive
            | PortConfig.NoReceiveSpanningTree | PortConfig.NoFlood | PortConfig.NoForward | PortConfig.NoPacketIn,
        MayHaveBundles = false,
    };

    /// <summary>OpenFlow 1.3.5, sections 5.4 and 6.4.</summary>
    public static TableSemantics V13 { get; } = new()
    {
        ExactMatchOutranksPriority = false,
        AddResetsCounters = false,
        ModifyAddsWhenMissing = false,
        ModifyChangesCookie = false,
        MissGoesToController = false,
        HasTables = true,
        HasGroups = true,
        HasMeters = true,
        PacketInNamesRule = true,
        PortConfigBits = PortConfig.PortDown | PortConfig.NoReceive | PortConfig.NoForward | PortConfig.NoPacketIn,
        MayHaveBundles = true,
    };

    /// <summary>1.0: an exact match outranks every wildcard rule, whatever their priorities.</summary>
    public required bool ExactMatchOutranksPriority { get; init; }

    /// <summary>1.0 and 1.1: an ADD of a rule that is there zeroes its counters; later only with
    /// <see cref="FlowModFlags.ResetCounts"/>.</summary>
    public required bool AddResetsCounters { get; init; }

    /// <summary>1.0: a MODIFY that finds no rule adds one.</summary>
    public required bool ModifyAddsWhenMissing { get; init; }

    /// <summary>1.0: a MODIFY changes the cookie too.</summary>
    public required bool ModifyChangesCookie { get; init; }

    /// <summary>1.0 to 1.2: a packet that no rule matches goes to the controller; 1.3: it is
    /// dropped.</summary>
    public required bool MissGoesToController { get; init; }

    /// <summary>1.1 and later: a rule lies in the table that its flow-mod names; 1.0: the switch chooses.</summary>
    public required bool HasTables { get; init; }

    /// <summary>1.1 and later: there are groups.</summary>
    public required bool HasGroups { get; init; }

    /// <summary>1.3 and later: there are meters.</summary>
    public required bool HasMeters { get; init; }

    /// <summary>1.3 and later: a packet-in carries the cookie of the rule that sent it.</summary>
    public required bool PacketInNamesRule { get; init; }

    /// <summary>What can be set of a port (OpenFlow 1.0.0 section 5.2.1, 1.3.5 section 7.2.1): later versions lack
    /// spanning tree, and leave out of floods by groups.</summary>
    public required PortConfig PortConfigBits { get; init; }

    /// <summary>1.4 and later; in 1.3 a switch may have the ONF's extension: whether this one has is for it to
    /// say.</summary>
    public required bool MayHaveBundles { get; init; }
}
