using Lime.Core.Emulation;
using Lime.Core.Emulation.Tables;
using Lime.Core.Hosting;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Rules go at the tick their timeout is over (OpenFlow 1.0.0 section 3.5).</summary>
internal sealed class FlowTimeoutTest
{
    private readonly List<(FlowRemoved Report, long AtTicks)> _removed = [];
    private EventLoop _loop = null!;
    private FlowTable _table = null!;

    [SetUp]
    public void SetUp()
    {
        _removed.Clear();
        _loop = EventLoop.CreateManual();
        var context = new EmulationContext(_loop, seed: 1);
        _table = new FlowTable(context, capacity: 100_000)
        {
            Removed = (entry, reason) =>
                _removed.Add((entry.ToFlowRemoved(reason, context.NowTicks), context.NowTicks)),
        };
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    [Test]
    public void A_hard_timeout_ends_a_rule_whatever_traffic_it_has()
    {
        _table.Apply(new FlowMod { HardTimeoutSeconds = 3, IdleTimeoutSeconds = 2 });
        for (int i = 0; i < 29; i++) UseAfter(TimeSpan.FromMilliseconds(100));
        _loop.RunFor(TimeSpan.FromMilliseconds(100) - TimeSpan.FromTicks(1));
        Assert.That(_removed, Is.Empty);
        _loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(_removed.Single().AtTicks, Is.EqualTo(3 * TimeSpan.TicksPerSecond));
        Assert.That(_removed[0].Report.Reason, Is.EqualTo(FlowRemovedReason.HardTimeout));
    }

    [Test]
    public void An_idle_timeout_counts_from_the_last_packet()
    {
        _table.Apply(new FlowMod { IdleTimeoutSeconds = 2, Cookie = new(7), Priority = 5 });
        UseAfter(TimeSpan.FromMilliseconds(1500));
        UseAfter(TimeSpan.FromMilliseconds(1999));
        _loop.RunFor(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.That(_removed, Is.Empty);
        _loop.RunFor(TimeSpan.FromTicks(1));
        FlowRemoved report = _removed.Single().Report;
        Assert.That(report, Is.EqualTo(new FlowRemoved(Match.Any, new(7), 5, FlowRemovedReason.IdleTimeout,
            TimeSpan.FromMilliseconds(5499), 2, 2, 120)));
    }

    [Test]
    public void A_rule_without_timeouts_stays()
    {
        _table.Apply(new FlowMod());
        _loop.RunFor(TimeSpan.FromDays(30));
        Assert.That(_table.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_rule_that_is_added_again_begins_its_time_anew()
    {
        _table.Apply(new FlowMod { HardTimeoutSeconds = 3 });
        _loop.RunFor(TimeSpan.FromSeconds(2));
        _table.Apply(new FlowMod { HardTimeoutSeconds = 3 });
        _loop.RunFor(TimeSpan.FromSeconds(2));
        Assert.That(_table.Count, Is.EqualTo(1));
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That((_table.Count, _removed.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_deleted_rule_is_reported_once_and_does_not_expire_later()
    {
        _table.Apply(new FlowMod { HardTimeoutSeconds = 3 });
        _table.Apply(new FlowMod { Command = FlowModCommand.Delete });
        _loop.RunFor(TimeSpan.FromSeconds(10));
        Assert.That(_removed.Select(item => item.Report.Reason),
            Is.EqualTo(new[] { FlowRemovedReason.Delete }));
    }

    /// <remarks>Goal: replaced rules with timeouts are let go of, and the live ones still expire in
    /// time.</remarks>
    [Test]
    public void Ten_thousand_replacements_leave_one_rule_that_expires_in_time()
    {
        for (int i = 0; i < 10_000; i++) _table.Apply(new FlowMod { HardTimeoutSeconds = 60 });
        _loop.RunFor(TimeSpan.FromSeconds(60));
        Assert.That((_table.Count, _removed.Count), Is.EqualTo((0, 1)));
    }

    private void UseAfter(TimeSpan wait)
    {
        _loop.RunFor(wait);
        Assert.That(_table.Match(default, frameBytes: 60), Is.Not.Null);
    }
}
