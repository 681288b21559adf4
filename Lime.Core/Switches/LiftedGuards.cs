using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Switches;

/// <summary>Guards that were lifted not long ago, where packet-ins name no rule (OpenFlow 1.0): what a switch goes on
/// sending up by them is Lime's own, and no app's.</summary>
/// <remarks>
/// A switch that has confirmed is believed as far as the evidence of its migration goes: Open vSwitch sends packets up
/// by a flow that it has cached for up to 500 ms after the rule is gone. One that has not confirmed, because it is lost
/// or doesn't answer, may have the guard as long as it is not emptied.
/// Bound: the last <see cref="CountMax"/> guards, and <see cref="UnconfirmedTime"/>. Threading: the owner loop's.
/// </remarks>
internal sealed class LiftedGuards(VirtualSwitch virtualSwitch)
{
    private const int CountMax = 4096;

    /// <summary>Longer than an instance that is lost takes part in anything.</summary>
    private static readonly TimeSpan UnconfirmedTime = TimeSpan.FromMinutes(1);

    private readonly Queue<Lifted> _lifted = [];
    private long _untilTicks;

    /// <summary>Whether packets of such guards may still come.</summary>
    public bool MayCome => _lifted.Count > 0 && IsYetToCome();

    /// <summary>The guards of these changes are gone from every instance that has confirmed.</summary>
    public void Add(List<RuleChange> guarded)
    {
        if (guarded.Count == 0) return;
        long now = virtualSwitch.Loop.NowTicks;
        foreach (Instance instance in virtualSwitch.Live)
        {
            bool isConfirmed = virtualSwitch.Updates.Carriers.HasConfirmed(instance);
            TimeSpan time = !isConfirmed
                ? UnconfirmedTime
                : instance.Evidence?.Kind.QuietTime ?? Evidence.DefaultSettleTime;
            long until = now + time.Ticks;
            if (until <= now) continue;
            _untilTicks = Math.Max(_untilTicks, until);
            foreach (RuleChange each in guarded)
                Remember(new Lifted(each.Rule, instance, until) { Beginning = each.Rule.Beginning });
        }
    }

    /// <summary>A rule that had sent packets to the controller only has changed at an instance without a guard: until
    /// the instance has answered behind it, its packets may come.</summary>
    public void Add(Instance instance, FlowRule rule)
    {
        long until = virtualSwitch.Loop.NowTicks + UnconfirmedTime.Ticks;
        _untilTicks = Math.Max(_untilTicks, until);
        var lifted = new Lifted(rule, instance, until) { Beginning = rule.Beginning };
        Remember(lifted);
        _ = EndAsync(lifted);
    }

    /// <summary>The guard that may have sent a packet up, or null.</summary>
    public Lifted? Find(Instance instance, in PacketFields fields)
    {
        if (!MayCome) return null;
        long now = virtualSwitch.Loop.NowTicks;
        Lifted? best = null;
        foreach (Lifted each in _lifted)
        {
            bool mayBeIt = each.Instance == instance && each.UntilTicks > now && each.Rule.Key.Match.Matches(fields);
            if (mayBeIt && (best is null || each.Rule.Key.Priority >= best.Rule.Key.Priority)) best = each;
        }
        return best;
    }

    private async Task EndAsync(Lifted lifted)
    {
        if (!await lifted.Instance.Physical.TryBarrierAsync()) return;
        TimeSpan lag = lifted.Instance.Evidence?.Kind.QuietTime ?? TimeSpan.Zero;
        lifted.UntilTicks = virtualSwitch.Loop.NowTicks + lag.Ticks;
    }

    private void Remember(Lifted lifted)
    {
        if (_lifted.Count >= CountMax) _lifted.Dequeue();
        _lifted.Enqueue(lifted);
    }

    private bool IsYetToCome()
    {
        if (_untilTicks > virtualSwitch.Loop.NowTicks) return true;
        _lifted.Clear();
        return false;
    }

    /// <summary>A guard that is gone, or should be.</summary>
    /// <param name="rule">The rule in whose place it was.</param>
    /// <param name="instance">Where.</param>
    /// <param name="untilTicks">Until when packets of it may come.</param>
    internal sealed class Lifted(FlowRule rule, Instance instance, long untilTicks)
    {
        public FlowRule Rule => rule;

        public Instance Instance => instance;

        public long UntilTicks { get; set; } = untilTicks;

        /// <summary>Which counters of the rule it has counted for.</summary>
        public required long Beginning { get; init; }

        /// <summary>The rule whose counters it has moved; null: they are gone.</summary>
        public FlowRule? Counter => Rule.Beginning == Beginning ? Rule : null;

        /// <summary>Whether its entry is that of the rule as it is now, so that a packet counts there.</summary>
        public bool Counts(FlowRule? met) => met == Rule && !Rule.IsRemoved && Rule.Beginning == Beginning;
    }
}
