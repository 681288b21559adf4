using Lime.Core.Rules;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>Reads, while one instance has it all, the counters of rules with an idle timeout, so that a migration knows
/// how long each has been idle (H-47): OpenFlow tells when a rule was added, but not when it was last met.</summary>
/// <remarks>What it learns is late by up to the interval, never early. A large table is read less often, so that
/// reading
/// takes a bounded part of the switch's time. Life cycle: <see cref="Start"/> once, if there is a switch to migrate to.
/// Threading: the owner loop's.</remarks>
internal sealed class IdleObservation(VirtualSwitch virtualSwitch, TimeSpan interval)
{
    /// <summary>Rules read in a second at most, over all readings: Open vSwitch dumps 300,000.</summary>
    private const int RulesPerSecondMax = 10_000;

    private bool _isReading;
    private long _nextTicks;
    private ITimer? _timer;

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        if (interval <= TimeSpan.Zero || _timer is not null) return;
        _timer = virtualSwitch.Loop.Time.CreateTimer(
            static state => ((IdleObservation)state!).Tick(), this, interval, interval);
    }

    private void Tick()
    {
        bool isSteady = virtualSwitch is
        {
            Mode: CloneMode.Single, Follower: null, Primary: { IsReconciled: true, Physical.IsCongested: false },
        };
        if (!isSteady || _isReading || virtualSwitch.Loop.NowTicks < _nextTicks) return;
        FlowRule[] watched = [.. virtualSwitch.Table.Rules.Where(each => each.IdleTimeoutSeconds > 0)];
        if (watched.Length == 0) return;
        _nextTicks = virtualSwitch.Loop.NowTicks
            + (virtualSwitch.Table.Count * TimeSpan.TicksPerSecond / RulesPerSecondMax);
        _ = ReadAsync(watched);
    }

    private async Task ReadAsync(FlowRule[] watched)
    {
        _isReading = true;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            Dictionary<FlowRule, FlowCounters> live = await virtualSwitch.Statistics.ReadCountersAsync();
            foreach (FlowRule rule in watched)
            {
                if (!live.TryGetValue(rule, out FlowCounters counted)) continue;
                rule.Observe(rule.Retired.Packets + counted.Packets, virtualSwitch.Loop.NowTicks);
            }
        }
        catch (OpenFlowRequestException)
        {
            // The next reading comes; a migration that starts before takes the rules for as busy as they may be.
            _nextTicks = 0;
        }
        finally
        {
            _isReading = false;
            virtualSwitch.CounterGate.Leave();
        }
    }
}
