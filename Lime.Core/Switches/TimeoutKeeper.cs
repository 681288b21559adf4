using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Keeps rules' timeouts in the switches' place while more than one instance lives (paper sections
/// 4.1, 4.2), and of rules that have several entries on a shared one: by the clock, and by polling the counters of all
/// entries.</summary>
/// <remarks>A rule once taken over stays so until an app adds it again. An idle timeout is noticed up to
/// <see cref="PollInterval"/> late, never early. Threading: the owner loop's.</remarks>
internal sealed class TimeoutKeeper(VirtualSwitch virtualSwitch)
{
    /// <summary>How exactly idle timeouts, whole seconds on the wire, are kept.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;
    private bool _isPolling;

    /// <summary>A rule was added or changed: while cloning, its timeouts are ours from the start.</summary>
    public void Changed(in RuleChange change)
    {
        if (change.Kind is RuleChangeKind.Added or RuleChangeKind.Replaced) Added(change.Rule);
    }

    /// <summary>A rule was added, anew or in place of the same.</summary>
    public void Added(FlowRule rule)
    {
        if (!rule.IsTimed) return;
        bool isOurs = virtualSwitch.Mode != CloneMode.Single || virtualSwitch.Follower is not null || IsSpread(rule);
        if (!isOurs) return;
        rule.Emulated = new EmulatedTimeouts(virtualSwitch.Loop.NowTicks, 0);
        Watch();
    }

    /// <summary>Makes every timed rule permanent at the instance that has it.</summary>
    /// <remarks>In OpenFlow 1.0 adding a rule again zeroes its counters: they are read just before, and the
    /// packets of the time between, a round trip, are not counted. Later versions keep them.</remarks>
    public async Task TakeOverAsync(Instance instance)
    {
        List<FlowRule> timed = await RuleWalk.WhereAsync(
            virtualSwitch, static rule => rule.IsTimed && rule.Emulated is null);
        if (timed.Count == 0) return;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            Dictionary<FlowRule, FlowCounters> live = await StatisticsMerge.ReadCountersAsync(instance);
            int taken = 0;
            foreach (FlowRule rule in timed)
            {
                if (++taken % RuleWalk.SliceRules == 0)
                {
                    await instance.Physical.DrainedAsync();
                    await RuleWalk.PauseAsync(virtualSwitch.Loop);
                }
                if (rule.IsRemoved || rule.Emulated is not null) continue;
                FlowCounters counted = live.GetValueOrDefault(rule);
                FlowCounters seen = rule.Retired + counted;
                if (virtualSwitch.Table.Semantics.AddResetsCounters) rule.Retired = seen;
                // When it was last met OpenFlow doesn't tell, only whether ever: what was observed before does (H-47).
                rule.Observe(seen.Packets, virtualSwitch.Loop.NowTicks);
                rule.Emulated = rule.Observed;
                instance.Install(rule, FlowModCommand.Add, rule.Instructions);
            }
            await instance.Physical.BarrierAsync();
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
        Watch();
    }

    /// <summary>Whether a rule has an entry for each port of a part: none of them knows whether others are
    /// met.</summary>
    private bool IsSpread(FlowRule rule) =>
        virtualSwitch.Primary is { IsPart: true } && rule.Match.InPort is null;

    private void Watch() => _timer ??= virtualSwitch.Loop.Time.CreateTimer(
        static state => ((TimeoutKeeper)state!).Poll(), this, PollInterval, PollInterval);

    /// <summary>The next reading comes when the first rule may end, if that is sooner than usual: so that a reading
    /// that took a little less than the one before doesn't cost another interval.</summary>
    private void Hasten(IEnumerable<FlowRule> kept, long nowTicks)
    {
        long due = kept.Where(IsToCome).Select(Due).DefaultIfEmpty(long.MaxValue).Min();
        long wait = Math.Clamp(due - nowTicks, WaitMin.Ticks, PollInterval.Ticks);
        _timer?.Change(TimeSpan.FromTicks(wait), PollInterval);
    }

    /// <summary>Whether a rule's end is still to come; one whose end waits for its turn needs no reading.</summary>
    private static bool IsToCome(FlowRule rule) => !rule.IsRemoved && rule.Emulated is not { IsOver: true };

    /// <summary>When a rule ends if nothing meets it any more.</summary>
    private static long Due(FlowRule rule)
    {
        long idle = rule is { IdleTimeoutSeconds: > 0, Emulated: { } timeouts }
            ? timeouts.LastActiveTicks + (TimeSpan.TicksPerSecond * rule.IdleTimeoutSeconds)
            : long.MaxValue;
        long hard = rule.HardTimeoutSeconds > 0
            ? rule.InstalledTicks + (TimeSpan.TicksPerSecond * rule.HardTimeoutSeconds)
            : long.MaxValue;
        return Math.Min(idle, hard);
    }

    private void Poll()
    {
        FlowRule[] kept = [.. virtualSwitch.Table.Rules.Where(rule => rule.Emulated is not null)];
        if (kept.Length == 0)
        {
            _timer?.Dispose();
            _timer = null;
        }
        else if (!_isPolling && virtualSwitch.Live.TrueForAll(each => each.Physical.IsConnected))
        {
            _ = PollAsync(kept);
        }
    }

    private async Task PollAsync(FlowRule[] kept)
    {
        _isPolling = true;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            bool needsCounters = kept.Any(rule => rule.IdleTimeoutSeconds > 0);
            Dictionary<FlowRule, FlowCounters> live =
                needsCounters ? await virtualSwitch.Statistics.ReadCountersAsync() : [];
            long now = virtualSwitch.Loop.NowTicks;
            foreach (FlowRule rule in kept)
            {
                if (rule.IsRemoved || rule.Emulated is not { } timeouts) continue;
                timeouts.Observe(rule.Retired.Packets + live.GetValueOrDefault(rule).Packets, now);
                if (!timeouts.IsOver && Expiry(rule, timeouts, now) is { } reason)
                    End(new RuleExpiry(rule, timeouts, reason));
            }
            Hasten(kept, now);
        }
        catch (OpenFlowRequestException)
        {
            // An instance that doesn't answer is the migration's business; the timeouts wait for the next poll.
            _isPolling = false;
        }
        finally
        {
            _isPolling = false;
            virtualSwitch.CounterGate.Leave();
        }
    }

    private static FlowRemovedReason? Expiry(FlowRule rule, EmulatedTimeouts timeouts, long nowTicks)
    {
        bool isOld = rule.HardTimeoutSeconds > 0
            && nowTicks - rule.InstalledTicks >= TimeSpan.TicksPerSecond * rule.HardTimeoutSeconds;
        if (isOld) return FlowRemovedReason.HardTimeout;
        bool isIdle = rule.IdleTimeoutSeconds > 0
            && nowTicks - timeouts.LastActiveTicks >= TimeSpan.TicksPerSecond * rule.IdleTimeoutSeconds;
        return isIdle ? FlowRemovedReason.IdleTimeout : null;
    }

    /// <summary>While several instances carry traffic a rule's end is an update like any other, in its turn: packets
    /// must not find the rule gone at one of them and cause others that meet it elsewhere.</summary>
    private void End(RuleExpiry expiry)
    {
        expiry.Timeouts.IsOver = true;
        if (virtualSwitch.Mode == CloneMode.Cloned) virtualSwitch.Updates.Enqueue(expiry);
        else Expire(expiry);
    }

    /// <summary>Takes a rule whose time is over from the one instance there is.</summary>
    public void Expire(RuleExpiry expiry)
    {
        if (!expiry.IsDue) return;
        (FlowRule rule, _, FlowRemovedReason reason) = expiry;
        virtualSwitch.SerialOrder?.Invoke(new(default, rule.Key, reason));
        virtualSwitch.Table.Remove(rule);
        var removal = new Removal(rule, reason, virtualSwitch.Loop.NowTicks);
        foreach (Instance instance in virtualSwitch.Live) instance.Deletions.Delete(rule, rule.Instructions, removal);
        virtualSwitch.Follower?.Apply(rule);
        virtualSwitch.RuleWasRemoved(rule);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
    }
}
