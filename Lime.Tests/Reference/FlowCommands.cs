using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Flow-mods (1.0.0 sections 4.6 and 5.3.3, 1.3.5 sections 6.4 and 7.3.4.1).</summary>
internal static class FlowCommands
{
    private const int AboveAllPriorities = 0x10000;

    public static ReferenceStep Apply(ReferenceState state, Xid xid, FlowMod mod)
    {
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        ImmutableArray<Fault> faults = [.. FlowCheck.FaultsOf(state, mod)];
        if (!faults.IsEmpty) return ReferenceStep.RefuseForAny(state, xid, faults);
        ReferenceRule rule = RuleOf(state, mod);
        if (isDelete) return Remove(state, each => Selects(state, mod, rule, each), FlowRemovedReason.Delete);
        FrameInput? kept = null;
        if (mod.BufferId != BufferId.None && !state.Buffers.TryGetValue(mod.BufferId.Value, out kept))
            return ReferenceStep.Refuse(state, xid, new(ErrorType.BadRequest, ErrorCodes.BufferUnknown));
        ReferenceTable table = state.Tables[mod.Table.Value];
        bool isThere = table.Rules.Any(each => Selects(state, mod, rule, each));
        // 1.0.0 section 4.6: a MODIFY that finds nothing acts like an ADD; 1.3.5 section 6.4: it does nothing.
        bool isAdd = mod.Command == FlowModCommand.Add || (state.Is10 && !isThere);
        if (isAdd && Add(state, mod, rule, table) is { Fault: { } refusal })
            return ReferenceStep.Refuse(state, xid, refusal);
        ReferenceTable next = isAdd
            ? Add(state, mod, rule, table).Table
            : table with { Rules = [.. table.Rules.Select(each => Modified(state, mod, rule, each))] };
        ReferenceStep step = ReferenceStep.To(state.WithTable(mod.Table.Value, next));
        return kept is null ? step : step.Then(after => Release(after, mod.BufferId, kept));
    }

    /// <summary>Takes rules away and tells of those that ask for it (1.0.0 section 4.6, 1.3.5 section 6.4).</summary>
    public static ReferenceStep Remove(
        ReferenceState state, Func<(int Table, ReferenceRule Rule), bool> isSelected, FlowRemovedReason reason)
    {
        var step = ReferenceStep.To(state);
        for (int i = 0; i < state.Tables.Length; i++)
        {
            ReferenceTable table = state.Tables[i];
            ReferenceRule[] leaving = [.. table.Rules.Where(rule => isSelected((i, rule)))];
            if (leaving.Length == 0) continue;
            table = table with { Rules = table.Rules.RemoveRange(leaving, ReferenceEqualityComparer.Instance) };
            var told = leaving.Where(rule => rule.Flags.HasFlag(FlowModFlags.SendFlowRemoved))
                .Select(ReferenceOutput (rule) => new MessageOutput(null, Removed(state, i, rule, reason)));
            step = new ReferenceStep(step.State.WithTable(i, table), step.Outputs.AddRange(told));
        }
        return step;
    }

    /// <summary>Whether a command means any rule of its table.</summary>
    public static bool FindsAny(ReferenceState state, FlowMod mod)
    {
        ReferenceRule described = RuleOf(state, mod);
        return state.Tables[mod.Table.Value].Rules.Any(each => Selects(state, mod, described, each));
    }

    /// <summary>Whether a rule sends to a port: what an out_port filter asks.</summary>
    public static bool SendsTo(ReferenceRule rule, PortNumber port) => port == PortNumber.Any || rule.AllActions.Any(
        action => action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue && action.Port == port);

    public static bool SendsTo(ReferenceRule rule, GroupId group) => group == GroupId.Any || rule.AllActions.Any(
        action => action.Kind == FlowActionKind.Group && action.Value == group.Value);

    private static FlowRemoved Removed(
        ReferenceState state, int table, ReferenceRule rule, FlowRemovedReason reason) => new(
        rule.Match, rule.Cookie, rule.Priority, reason, state.Now - rule.CreatedAt, rule.IdleSeconds,
        rule.PacketCount, rule.ByteCount)
    {
        Table = new((byte)table),
        HardTimeoutSeconds = rule.HardSeconds,
    };

    private static ReferenceRule RuleOf(ReferenceState state, in FlowMod mod)
    {
        bool isExact = state.Is10 && FieldTests.IsExact10(mod.Match);
        return new ReferenceRule
        {
            Match = mod.Match,
            Tests = FieldTests.Of(mod.Match),
            Priority = mod.Priority,
            Rank = isExact ? AboveAllPriorities : mod.Priority,
            Cookie = mod.Cookie,
            IdleSeconds = mod.IdleTimeoutSeconds,
            HardSeconds = mod.HardTimeoutSeconds,
            Flags = mod.Flags,
            Actions = mod.Actions,
            Instructions = mod.Instructions,
            CreatedAt = state.Now,
            UsedAt = state.Now,
        };
    }

    /// <summary>Whether a command means a rule of its table.</summary>
    private static bool Selects(
        ReferenceState state, in FlowMod mod, ReferenceRule described, ReferenceRule rule)
    {
        bool isStrict = mod.Command is FlowModCommand.Add or FlowModCommand.ModifyStrict or FlowModCommand.DeleteStrict;
        bool isMeant = isStrict ? IsSame(described, rule) : described.Tests.Cover(rule.Tests);
        bool hasCookie = state.Is10 || mod.Command == FlowModCommand.Add
            || ((rule.Cookie.Value ^ mod.Cookie.Value) & mod.CookieMask.Value) == 0;
        return isMeant && hasCookie;
    }

    /// <summary>A DELETE may also ask for an output port or group, and mean every table (1.3.5 section 6.4).</summary>
    private static bool Selects(
        ReferenceState state, in FlowMod mod, ReferenceRule described, (int Table, ReferenceRule Rule) place) =>
        (state.Is10 || mod.Table == TableId.All || mod.Table.Value == place.Table)
        && Selects(state, mod, described, place.Rule)
        && SendsTo(place.Rule, mod.OutPort) && (state.Is10 || SendsTo(place.Rule, mod.OutGroup));

    private static bool IsSame(ReferenceRule left, ReferenceRule right) =>
        left.Rank == right.Rank && left.Tests.SequenceEqual(right.Tests);

    private static (ReferenceTable Table, Fault? Fault) Add(
        ReferenceState state, in FlowMod mod, ReferenceRule rule, ReferenceTable table)
    {
        ReferenceRule? old = table.Rules.FirstOrDefault(each => IsSame(each, rule));
        bool isAsked = mod.Flags.HasFlag(FlowModFlags.CheckOverlap)
            && !(state.Options.ReplacesUnchecked && old is not null);
        if (isAsked && table.Rules.Any(each => each.Rank == rule.Rank && each.Tests.Overlap(rule.Tests)))
            return (table, new(ErrorType.FlowModFailed, ErrorCodes.Overlap));
        if (old is null)
        {
            return table.Rules.Length >= state.Options.RulesPerTableMax
                ? (table, new(ErrorType.FlowModFailed, ErrorCodes.TableFull))
                : (table with { Rules = table.Rules.Add(rule) }, null);
        }
        // 1.0.0 section 4.6: the old entry goes with its counters; 1.3.5 section 6.4: they are copied unless
        // OFPFF_RESET_COUNTS, the duration starts anew. No flow-removed in either.
        if (!state.Is10 && !mod.Flags.HasFlag(FlowModFlags.ResetCounts))
            rule = rule with { PacketCount = old.PacketCount, ByteCount = old.ByteCount };
        return (table with { Rules = table.Rules.Replace(old, rule) }, null);
    }

    /// <summary>The rule after a MODIFY: other actions, all else as it was (1.0.0 section 4.6, 1.3.5 section 6.4). 1.0
    /// does not say what becomes of the cookie: the new one stands, as in Open vSwitch.</summary>
    private static ReferenceRule Modified(
        ReferenceState state, in FlowMod mod, ReferenceRule described, ReferenceRule rule)
    {
        if (!Selects(state, mod, described, rule)) return rule;
        bool isReset = !state.Is10 && mod.Flags.HasFlag(FlowModFlags.ResetCounts);
        return rule with
        {
            Actions = mod.Actions,
            Instructions = mod.Instructions,
            RestartedAt = state.Options.ModifyRestartsHardTimeout ? state.Now : rule.RestartedAt,
            Cookie = state.Is10 ? mod.Cookie : rule.Cookie,
            PacketCount = isReset ? 0 : rule.PacketCount,
            ByteCount = isReset ? 0 : rule.ByteCount,
        };
    }

    /// <summary>The kept packet goes through the tables (1.3.5 section 7.3.4.1: as if sent out to TABLE).</summary>
    private static ReferenceStep Release(ReferenceState state, BufferId buffer, FrameInput kept) => Pipeline.Enter(
        PacketWalk.Start(state with { Buffers = state.Buffers.Remove(buffer.Value) }, kept)).ToStep();
}
