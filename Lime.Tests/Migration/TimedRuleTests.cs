using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a rule's time runs on while its switch moves, and it ends once (paper section 4.1, H-46 to
/// H-49). Emulated timeouts are noticed up to 500 ms late.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class TimedRuleTests(OpenFlowVersion version)
{
    private const double LateSeconds = 0.6;

    [Test]
    public void A_hard_timeout_is_kept_over_a_clone()
    {
        using var lab = new FigureThreeBed(version);
        TimeSpan added = Add(lab, lab.Moved, ControllerBed.Forward(1, 2, 300) with { HardTimeoutSeconds = 4 });
        lab.Bed.RunMs(1000);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertRemoved(lab, added, seconds: 4, FlowRemovedReason.HardTimeout);
        Assert.That(lab.S4.Flows.Count(each => each.Priority == 300), Is.Zero);
    }

    [Test]
    public void A_rule_that_was_never_met_has_only_what_was_left_of_its_idle_time()
    {
        using var lab = new FigureThreeBed(version);
        TimeSpan added = Add(lab, lab.Moved, ControllerBed.Forward(1, 2, 300) with { IdleTimeoutSeconds = 4 });
        lab.Bed.RunMs(3000);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertRemoved(lab, added, seconds: 4, FlowRemovedReason.IdleTimeout);
    }

    /// <remarks>H-47: busy for a second, then idle for 8 of 10 s when its switch has moved: 2 s are left.</remarks>
    [Test]
    public void A_rule_that_was_met_has_only_what_was_left_of_its_idle_time()
    {
        using var lab = new FigureThreeBed(version);
        Add(lab, lab.Moved, ControllerBed.Forward(1, 2, 300) with { IdleTimeoutSeconds = 10 });
        Pinger pinger = lab.StartPings(100);
        lab.Bed.RunMs(3000);
        pinger.Stop();
        TimeSpan stopped = lab.Bed.Network.Now;
        lab.Bed.RunMs(8000);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
        lab.Bed.RunMs((stopped - lab.Bed.Network.Now).TotalMilliseconds + 9900);
        Assert.That(lab.App.Removed, Is.Empty, "not early");
        lab.Bed.RunMs(1000 + (LateSeconds * 1000) + 100);
        Assert.That(
            lab.App.Removed.Select(each => each.Message.Reason), Is.EqualTo(new[] { FlowRemovedReason.IdleTimeout }));
    }

    [Test]
    public void A_busy_rule_stays_until_it_has_been_idle_wherever_it_was_met([Values] bool staysHalfway)
    {
        using var lab = new FigureThreeBed(version);
        Add(lab, lab.Moved, ControllerBed.Forward(1, 2, 300) with { IdleTimeoutSeconds = 2 });
        Pinger pinger = lab.StartPings(100);
        lab.Bed.RunMs(1000);
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(staysHalfway ? 4000 : 10);
        if (!staysHalfway) lab.ReleaseAndFinish(migration);
        lab.Bed.RunMs(staysHalfway ? 10 : 5000);
        Assert.That(lab.App.Removed, Is.Empty);
        pinger.Stop();
        TimeSpan stopped = lab.Bed.Network.Now;
        AssertRemoved(lab, stopped, seconds: 2, FlowRemovedReason.IdleTimeout);
        lab.Bed.RunMs(100);
        ulong packets = lab.App.Removed.Single().Message.PacketCount;
        Assert.That(packets, Is.EqualTo((ulong)pinger.Records.Count).Within(1), "one may pass during the take-over");
        lab.ReleaseAndFinish(migration);
        Assert.That(lab.Bed.Flows(lab.Moved).Count(each => each.Priority == 300), Is.Zero);
    }

    [Test]
    public void A_timed_rule_that_is_added_while_cloned_ends_once_everywhere()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        TimeSpan added = Add(lab, lab.Moved, ControllerBed.Forward(1, 2, 300) with { HardTimeoutSeconds = 2 });
        lab.Bed.RunMs(100);
        Assert.That(lab.S3.Flows.Concat(lab.S4.Flows).Count(each => each.Priority == 300), Is.EqualTo(2));
        AssertRemoved(lab, added, seconds: 2, FlowRemovedReason.HardTimeout);
        Assert.That(lab.S3.Flows.Concat(lab.S4.Flows).Count(each => each.Priority == 300), Is.Zero);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    [Test]
    public void A_rule_deleted_while_cloned_is_reported_once_with_the_packets_of_both()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { JitterFraction = 0 });
        lab.Bed.Send(lab.Moved, new FlowMod
        {
            Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800),
            Priority = 300,
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = OpenFlow.Actions.ActionList.Flood,
        });
        lab.Bed.Barrier(lab.Moved);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(200);
        pinger.Stop();
        lab.Bed.RunMs(50);
        lab.Bed.Send(lab.Moved, new FlowMod
        {
            Command = FlowModCommand.DeleteStrict,
            Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800),
            Priority = 300,
        });
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);
        FlowRemoved removed = lab.App.Removed.Single().Message;
        Assert.That(removed.PacketCount, Is.EqualTo((ulong)pinger.Records.Count * 2));
        lab.ReleaseAndFinish(migration);
        Assert.That(lab.App.Removed, Has.Count.EqualTo(1), "retiring is silent");
    }

    [Test]
    public void A_timed_rule_of_a_neighbour_is_not_prolonged()
    {
        using var lab = new FigureThreeBed(version);
        IVirtualSwitch s1 = lab.Bed.Virtual("s1");
        TimeSpan added = Add(lab, s1, ControllerBed.Forward(2, 1, 300) with { HardTimeoutSeconds = 3 });
        lab.Bed.RunMs(2000);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertRemoved(lab, added, seconds: 3, FlowRemovedReason.HardTimeout);
        Assert.That(FigureThreeBed.RuleCount(lab.Bed.Network.Switch("s1")), Is.EqualTo(2));
    }

    private static TimeSpan Add(FigureThreeBed lab, IVirtualSwitch virtualSwitch, FlowMod rule)
    {
        TimeSpan now = lab.Bed.Network.Now;
        lab.Bed.Send(virtualSwitch, rule with { Flags = FlowModFlags.SendFlowRemoved });
        return now;
    }

    private static void AssertRemoved(FigureThreeBed lab, TimeSpan since, double seconds, FlowRemovedReason reason)
    {
        double left = (since - lab.Bed.Network.Now).TotalMilliseconds + (seconds * 1000);
        lab.Bed.RunMs(left - 100);
        Assert.That(lab.App.Removed, Is.Empty, "not early");
        lab.Bed.RunMs((LateSeconds * 1000) + 100);
        Assert.That(lab.App.Removed.Select(each => each.Message.Reason), Is.EqualTo(new[] { reason }), "once");
        lab.Bed.RunMs(3000);
        Assert.That(lab.App.Removed, Has.Count.EqualTo(1), "and never again");
    }
}
