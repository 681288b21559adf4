using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Takes a packet on through the shadow tables (1.3.5 sections 5.1, 5.9, 5.10), from a rule or a table on, and
/// says what a switch would do with it.</summary>
/// <remarks>Pure: nothing is sent and nothing counted here. Groups stay group actions, since the switch counts by them;
/// a meter can't be asked to measure what a packet-out sends, so it is only named.
/// Threading: the owner loop's.</remarks>
/// <param name="table">The rules.</param>
/// <param name="handsMissesUp">Whether Lime's own rule sends up what no rule of the first table matches.</param>
internal sealed class ShadowPipeline(ShadowFlowTable table, Func<bool> handsMissesUp)
{
    /// <summary>What becomes of a packet.</summary>
    public ShadowRun Run(PacketAtTable packet)
    {
        var run = new ShadowRun();
        var state = new State(run, packet, new FrameEdit(packet.Frame))
        {
            Metadata = packet.Metadata,
            HasTables = table.Semantics.HasTables,
        };
        if (!TryCollectBefore(packet, state.Set))
        {
            run.IsDecided = false;
            return run;
        }
        FlowRule? rule = packet.Met;
        TableId? next = packet.Table;
        while (next is { } at)
        {
            rule ??= Meet(at, state);
            if (!run.IsDecided || rule is null) return run;
            InstructionsOf(state, rule, at, out next);
            if (!run.IsDecided) return run;
            rule = null;
        }
        foreach (FlowAction action in state.Set.InOrder()) Do(action, state, null);
        return run;
    }

    /// <summary>The fields by which a table looks a packet up; null: Lime can't read them.</summary>
    private static (PacketFields, FurtherFields)? FieldsOf(State state)
    {
        if (!state.Edit.IsKnown) return null;
        byte[] frame = state.Edit.Bytes;
        PacketFields fields = PacketParser.Parse(state.Packet.InPort, frame);
        if (!PacketFurtherFields.CanRead(fields)) return null;
        return (fields, PacketFurtherFields.Parse(fields, frame, state.Metadata, state.Packet.TunnelId));
    }

    private FlowRule? Meet(TableId at, State state)
    {
        FlowRule? rule = Find(at, state, out bool isKnown);
        state.Run.IsDecided = isKnown;
        if (!isKnown) return null;
        if (rule is null) Miss(at, state);
        else
        {
            state.Run.Met.Add((rule, new FlowCounters(1, (ulong)state.Edit.Length)));
            if (rule.Instructions.Others.Meter is { } meter) state.Run.Meters.Add(meter);
        }
        return rule;
    }

    private FlowRule? Find(TableId at, State state, out bool isKnown)
    {
        isKnown = false;
        if (FieldsOf(state) is not { } known) return null;
        return table.Lookup(at, known.Item1, known.Item2, out isKnown);
    }

    private void Miss(TableId at, State state)
    {
        bool isHandedUp = table.Semantics.MissGoesToController || (at == default && handsMissesUp());
        if (isHandedUp) HandUp(null, ushort.MaxValue, at, state);
    }

    private static void InstructionsOf(State state, FlowRule rule, TableId at, out TableId? next)
    {
        var instructions = rule == state.Packet.Met && state.Packet.Instructions is { } given
            ? given
            : rule.Instructions;
        FlowInstructions others = instructions.Others;
        next = others.GoToTable;
        state.At = at;
        if (!others.Opaque.IsEmpty) state.Run.IsDecided = false;
        foreach (FlowAction action in instructions.Actions) Do(action, state, rule);
        if (others.ClearsActions) state.Set.Clear();
        if (others.WriteActions is { } set)
        {
            state.Set.Write(set);
            state.LastWriter = rule;
        }
        state.Metadata = (state.Metadata & ~others.MetadataMask) | (others.Metadata & others.MetadataMask);
    }

    private static void Do(in FlowAction action, State state, FlowRule? rule)
    {
        if (action.Kind == FlowActionKind.Output && action.Port == PortNumber.Controller)
        {
            HandUp(rule ?? state.LastWriter, (ushort)action.Value, state.At, state);
            return;
        }
        state.Edit.Apply(action);
        state.Run.Add(action);
    }

    private static void HandUp(FlowRule? rule, ushort bytesMax, TableId at, State state)
    {
        // What it looks like by now is for the switch to say.
        if (!state.Edit.IsKnown) state.Run.IsDecided = false;
        state.Run.HandUps.Add(new HandUp(rule, state.Edit.Bytes, bytesMax)
        {
            Cookie = rule is not null && rule == state.Packet.Met ? state.Packet.Cookie ?? rule.Cookie : rule?.Cookie,
            Table = at,
            Reason = rule is null || (state.HasTables && IsTableMiss(rule.Key))
                ? PacketInReason.NoMatch
                : PacketInReason.Action,
            Metadata = state.Metadata,
            TunnelId = state.Packet.TunnelId,
        });
    }

    /// <summary>The output of a table-miss rule counts as a miss (1.3.5 section 7.4.1).</summary>
    public static bool IsTableMiss(RuleKey key) => key.Priority == 0 && key.Match == Match.Any;

    /// <summary>The action set that the tables before have given the packet, which no packet-in tells: they are gone
    /// through again, which is possible as long as they have changed nothing else of it.</summary>
    private bool TryCollectBefore(PacketAtTable packet, CollectedActions set)
    {
        if (!table.HasWritersBefore(packet.Table)) return true;
        var state = new State(new ShadowRun(), packet, new FrameEdit(packet.Frame));
        TableId? next = default(TableId);
        while (next is { } at && at != packet.Table)
        {
            FlowRule? rule = Find(at, state, out bool isKnown);
            if (!isKnown || rule is null || rule.Actions.Any(each => FrameEdit.Changes(each))) return false;
            InstructionsOf(state, rule, at, out next);
            if (!state.Run.IsDecided) return false;
        }
        if (next is null || state.Metadata != packet.Metadata) return false;
        set.Take(state.Set);
        return true;
    }

    private sealed class State(ShadowRun run, PacketAtTable packet, FrameEdit edit)
    {
        public ShadowRun Run { get; } = run;

        public PacketAtTable Packet { get; } = packet;

        public FrameEdit Edit { get; } = edit;

        public CollectedActions Set { get; } = new();

        public ulong Metadata { get; set; }

        public TableId At { get; set; }

        public bool HasTables { get; init; }

        /// <summary>The rule that last wrote to the action set: what the set sends up is said to be its.</summary>
        public FlowRule? LastWriter { get; set; }
    }
}
