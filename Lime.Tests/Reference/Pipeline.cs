using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>A packet on its way through the switch, and what it has caused so far.</summary>
internal sealed record PacketWalk(ReferenceState State, ReferencePacket Packet, PortNumber InPort)
{
    public ImmutableArray<ReferenceOutput> Outputs { get; init; } = [];

    public ulong Metadata { get; init; }

    public ImmutableArray<FlowAction> ActionSet { get; init; } = [];

    public TableId Table { get; init; }

    /// <summary>That of the last rule; all ones before the first (1.3.5 section 7.4.1).</summary>
    public Cookie Cookie { get; init; } = new(ulong.MaxValue);

    /// <summary>Whether the last rule is the table-miss entry.</summary>
    public bool IsMiss { get; init; }

    public bool IsPacketOut { get; init; }

    public bool IsDropped { get; init; }

    public bool IsOpen { get; init; }

    public static PacketWalk Start(ReferenceState state, FrameInput frame) =>
        new(state, new ReferencePacket(frame.Bytes, skipsAllTags: !state.Is10), frame.Port);

    public PacketWalk Emit(ReferenceOutput output) => this with { Outputs = Outputs.Add(output) };

    public ReferenceStep ToStep() => new(State, Outputs) { IsOpen = IsOpen };

    /// <summary>Goes on as before, with what a copy of the packet has caused elsewhere.</summary>
    public PacketWalk After(PacketWalk copy) =>
        this with { State = copy.State, Outputs = copy.Outputs, IsOpen = copy.IsOpen };

    public Dictionary<OxmId, UInt128> Fields() => Packet.Fields(InPort.Value, Metadata);
}

/// <summary>A packet's way through the flow tables (1.0.0 section 3.4, 1.3.5 sections 5.1 to 5.4).</summary>
internal static class Pipeline
{
    /// <summary>The bridge group address (IEEE 802.1D), whose frames NO_RECV_STP is about (1.0.0 section
    /// 5.2.1).</summary>
    private const ulong BridgeGroup = 0x0180_c200_0000;

    public static ReferenceStep Receive(ReferenceState state, FrameInput frame)
    {
        if (!state.Ports.TryGetValue(frame.Port.Value, out ReferencePort? port) || !port.IsLive)
            return ReferenceStep.To(state);
        UInt128 destination = PacketWalk.Start(state, frame).Fields()[OxmId.EthDestination];
        bool isSpanningTree = state.Is10 && destination == BridgeGroup;
        PortConfig refusing = isSpanningTree ? PortConfig.NoReceiveSpanningTree : PortConfig.NoReceive;
        if (port.Config.HasFlag(refusing)) return ReferenceStep.To(state);
        state = state with
        {
            Ports = state.Ports.SetItem(frame.Port.Value, port with
            {
                ReceivedPackets = port.ReceivedPackets + 1,
                ReceivedBytes = port.ReceivedBytes + (ulong)frame.Bytes.Length,
            }),
        };
        PacketWalk walk = PacketWalk.Start(state, frame);
        bool dropsFragments = (state.ConfigFlags & 3) == 1;
        return dropsFragments && walk.Packet.IsFragment ? walk.ToStep() : Enter(walk).ToStep();
    }

    /// <summary>Through the tables from the first.</summary>
    public static PacketWalk Enter(PacketWalk walk)
    {
        TableId? next = new TableId(0);
        while (next is { } table && !walk.IsDropped) (walk, next) = Pass(walk with { Table = table });
        return walk.IsDropped ? walk : ActionRun.ApplySet(walk);
    }

    /// <summary>The rules of the highest rank that match; more than one if the specification leaves the choice
    /// open.</summary>
    public static ImmutableArray<ReferenceRule> Find(ReferenceTable table, PacketWalk walk)
    {
        Dictionary<OxmId, UInt128> fields = walk.Fields();
        ReferenceRule[] matching = [.. table.Rules.Where(rule => rule.Tests.Pass(fields))];
        int best = matching.Select(rule => rule.Rank).DefaultIfEmpty().Max();
        return [.. matching.Where(rule => rule.Rank == best)];
    }

    private static (PacketWalk Walk, TableId? Next) Pass(PacketWalk walk)
    {
        int index = walk.Table.Value;
        ReferenceTable table = walk.State.Tables[index];
        ImmutableArray<ReferenceRule> found = Find(table, walk);
        table = table with
        {
            LookupCount = table.LookupCount + 1,
            MatchedCount = table.MatchedCount + (found.IsEmpty ? 0u : 1u),
        };
        if (found.IsEmpty) return (Miss(walk with { State = walk.State.WithTable(index, table) }), null);
        ReferenceRule rule = Count(found[0], walk);
        table = table with { Rules = table.Rules.Replace(found[0], rule) };
        return Follow(rule, walk with
        {
            State = walk.State.WithTable(index, table),
            Cookie = rule.Cookie,
            IsMiss = !walk.State.Is10 && rule is { Priority: 0, Tests.IsEmpty: true },
            IsOpen = walk.IsOpen || found.Length > 1,
        });
    }

    /// <summary>1.0.0 section 3.4: a packet without a rule goes to the controller, unless its port says no; 1.3.5
    /// section 5.4: it is dropped, its action set too; a rule of priority 0 without a match stands for all
    /// else.</summary>
    private static PacketWalk Miss(PacketWalk walk)
    {
        walk = walk with { IsMiss = true };
        return walk.State.Is10
            ? ActionRun.ToController(walk, walk.State.MissSendBytes)
            : walk with { IsDropped = !walk.State.Options.MissRunsActionSet };
    }

    private static ReferenceRule Count(ReferenceRule rule, PacketWalk walk) => rule with
    {
        UsedAt = walk.State.Now,
        PacketCount = rule.PacketCount + (rule.Flags.HasFlag(FlowModFlags.NoPacketCounts) ? 0u : 1u),
        ByteCount = rule.ByteCount
            + (rule.Flags.HasFlag(FlowModFlags.NoByteCounts) ? 0 : (ulong)walk.Packet.Bytes.Length),
    };

    /// <summary>The instructions in their order: meter, apply, clear, write, metadata, goto (1.3.5 section
    /// 5.9).</summary>
    private static (PacketWalk Walk, TableId? Next) Follow(ReferenceRule rule, PacketWalk walk)
    {
        FlowInstructions instructions = rule.Instructions;
        if (instructions.Meter is { } meter) walk = MeterCommands.Pass(walk, meter);
        if (!walk.IsDropped) walk = ActionRun.Apply(walk, rule.Actions);
        if (walk.IsDropped) return (walk, null);
        if (instructions.ClearsActions) walk = walk with { ActionSet = [] };
        foreach (FlowAction action in instructions.WriteActions ?? ActionList.Drop) walk = ActionRun.Add(walk, action);
        walk = walk with
        {
            Metadata = (walk.Metadata & ~instructions.MetadataMask)
                | (instructions.Metadata & instructions.MetadataMask),
        };
        return (walk, instructions.GoToTable);
    }
}
