using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Tells counters apart over the states of the reference switch, and keeps the rule for misses that no app
/// sees.</summary>
/// <remarks>A rule's counters live on when it is modified and begin anew when it is added (1.0) or when it was gone. The
/// reference switch knows which, so its own packet counter carries the number of the lineage, in units far above any
/// count: what begins at zero is new and gets the next number.</remarks>
internal sealed class Lineages(TraceSetting setting)
{
    /// <summary>More than any run has packets.</summary>
    public const ulong Unit = 1UL << 32;

    /// <summary>What rules of a switch that never was asked for them say in a packet-in (1.3.5 section 7.4.1).</summary>
    private static readonly Cookie NoCookie = new(ulong.MaxValue);

    private ulong _last;
    private ReferenceRule? _miss;

    private bool HasMiss => setting.MissesComeUp && setting.Version != OpenFlowVersion.V10;

    /// <summary>Carries out what may change rules; the rule for misses is not one that apps can touch, but for taking
    /// its place.</summary>
    public ReferenceStep Step(ReferenceState state, ReferenceInput input)
    {
        ReferenceStep step = ReferenceSwitch.Step(WithoutMiss(state), input);
        return step with { State = WithMiss(Tag(step.State)) };
    }

    /// <summary>The state of a switch that was just started.</summary>
    public ReferenceState Begin(ReferenceState empty)
    {
        if (!HasMiss) return empty;
        var mod = new FlowMod
        {
            Priority = 0,
            Cookie = NoCookie,
            Actions = ActionList.Output(PortNumber.Controller),
        };
        ReferenceState state = ReferenceSwitch.Step(empty, new FlowModInput(default, mod)).State;
        _miss = state.Tables[0].Rules.Single() with { PacketCount = ulong.MaxValue / 2 };
        return WithMiss(WithoutRules(state));
    }

    /// <summary>After a rule has left its place, which the rule for misses may get back.</summary>
    public ReferenceState Restore(ReferenceState state) => WithMiss(state);

    /// <summary>The state without the rule that no app sees.</summary>
    public ReferenceState WithoutMiss(ReferenceState state) => _miss is null
        ? state
        : state.WithTable(0, state.Tables[0] with
        {
            Rules = state.Tables[0].Rules.RemoveAll(each => ReferenceEquals(each, _miss)),
        });

    /// <summary>Which counters a packet moved, from the states before and after it.</summary>
    public static ImmutableArray<Hit> HitsOf(ReferenceState before, ReferenceState after)
    {
        ImmutableArray<Hit>.Builder hits = ImmutableArray.CreateBuilder<Hit>();
        for (int table = 0; table < before.Tables.Length; table++)
        {
            ImmutableArray<ReferenceRule> old = before.Tables[table].Rules;
            ImmutableArray<ReferenceRule> now = after.Tables[table].Rules;
            for (int i = 0; i < old.Length && i < now.Length; i++)
            {
                if (old[i].PacketCount == now[i].PacketCount || LineageOf(old[i].PacketCount) >= Unit / 4) continue;
                hits.Add(new Hit(LineageOf(old[i].PacketCount), (int)(now[i].ByteCount - old[i].ByteCount)));
            }
        }
        return hits.ToImmutable();
    }

    public static ulong LineageOf(ulong taggedCount) => taggedCount / Unit;

    private static ReferenceState WithoutRules(ReferenceState state) =>
        state.WithTable(0, state.Tables[0] with { Rules = [] });

    private ReferenceState WithMiss(ReferenceState state)
    {
        if (_miss is null) return state;
        ReferenceTable first = state.Tables[0];
        bool isReplaced = first.Rules.Any(each => each.Priority == 0 && each.Match == Match.Any);
        return isReplaced ? state : state.WithTable(0, first with { Rules = first.Rules.Add(_miss) });
    }

    private ReferenceState Tag(ReferenceState state)
    {
        for (int i = 0; i < state.Tables.Length; i++)
        {
            ReferenceTable table = state.Tables[i];
            if (table.Rules.All(each => each.PacketCount >= Unit)) continue;
            ImmutableArray<ReferenceRule> rules = [.. table.Rules.Select(each =>
                each.PacketCount >= Unit ? each : each with { PacketCount = ++_last * Unit })];
            state = state.WithTable(i, table with { Rules = rules });
        }
        return state;
    }
}
