using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a plan that can't be carried out, and a switch that fails on the way, never harm the
/// source.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class FaultTests(OpenFlowVersion version)
{
    [Test]
    public void A_plan_for_a_switch_that_is_not_there_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        AssertRefused(lab, FigureThreeBed.Plan() with { Switch = "s9" }, "no virtual switch 's9'");
    }

    [Test]
    public void A_target_that_is_not_connected_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        lab.S4.Disconnect();
        lab.Bed.RunMs(100);
        AssertRefused(lab, FigureThreeBed.Plan(), "not connected");
    }

    [Test]
    public void A_target_that_nobody_knows_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        AssertRefused(lab, FigureThreeBed.Plan(to: 77), "not connected");
    }

    [Test]
    public void A_target_that_is_part_of_a_network_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        AssertRefused(lab, FigureThreeBed.Plan(to: 2), "already part of a network: it realises s2");
    }

    [Test]
    public void A_target_that_is_no_spare_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        lab.Bed.ConnectAndSettle(lab.Bed.AddSwitch(9));
        AssertRefused(lab, FigureThreeBed.Plan(to: 9), "not named as a spare");
    }

    [Test]
    public void A_target_that_lacks_a_port_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        var ports = new PortMapping(new PortNumber(2), new PortNumber(7));
        AssertRefused(lab, FigureThreeBed.Plan() with { TargetPorts = [ports] }, "lacks port 7");
    }

    [Test]
    public void A_target_with_rules_of_its_own_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        lab.S4.Install(ControllerBed.Forward(1, 2));
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That((end.Phase, end.Detail), Is.EqualTo((MigrationPhase.Aborted,
            "The target s4 has 1 rules of its own; a target has to be empty.")));
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.EqualTo(1), "they are somebody's");
    }

    [Test]
    public void A_target_whose_table_is_too_small_is_refused()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Target = new() { TableCapacity = 21 } });
        AssertRefused(lab, FigureThreeBed.Plan(), "holds 21 rules, but s3 has 22");
    }

    [TestCase(0xfffffffau, TestName = "NORMAL")]
    [TestCase(0xfffffffeu, TestName = "LOCAL")]
    public void A_rule_that_only_its_own_switch_can_do_is_refused(uint port)
    {
        using var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, new FlowMod { Priority = 7, Actions = ActionList.Output(new PortNumber(port)) });
        lab.Bed.Do(() => 0);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain("only its own switch can do"));
    }

    /// <remarks>H-70.</remarks>
    [TestCase("s3")]
    [TestCase("s1")]
    public void A_second_migration_of_a_switch_or_its_neighbour_is_refused(string name)
    {
        var spare = new DatapathId(5);
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new LimeOptions { Spares = [spare] } });
        lab.Bed.ConnectAndSettle(lab.Bed.AddSwitch(5));
        IMigration first = lab.StartAndStopHalfway();
        MigrationProgress second = lab.Migrate(new MigrationPlan(name, spare)
        {
            TargetPorts = [new(new PortNumber(1), new PortNumber(1)), new(new PortNumber(2), new PortNumber(2))],
        });
        Assert.That(second.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(second.Detail, Does.Contain("is part of migration 1"));
        Assert.That(lab.ReleaseAndFinish(first).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    [Test]
    public void A_target_that_refuses_the_nth_rule_is_given_up(
        [Values(1, 2, 9, 22)] int n, [Values] MigrationMethod method)
    {
        using var lab = new FigureThreeBed(version);
        var expected = new QuietNetwork(lab);
        int seen = 0;
        lab.S4.RejectFlowMod = flowMod => flowMod.Command == FlowModCommand.Add && ++seen == n;
        Pinger pinger = lab.StartPings();
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan(method));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Match("^The target s4 refused (the rule .*|a command): FlowModFailed, code 1\\."));
        Assert.That(lab.App.Errors, Is.Empty, "the app's switch has not refused anything (H-22)");
        expected.AssertHolds(isMoved: false, end.Detail);
        AssertPings(lab, pinger, end.Detail);
        lab.S4.RejectFlowMod = null;
        Assert.That(lab.Migrate(FigureThreeBed.Plan(method)).Phase, Is.EqualTo(MigrationPhase.Completed));
        expected.AssertHolds(isMoved: true, "again");
    }

    /// <remarks>Its rules stay on it, as on a switch that lost its controller, until it is back.</remarks>
    [Test]
    public void A_target_that_dies_at_any_time_harms_nobody([Range(0, 7)] int slice)
    {
        for (int ms = slice; ms < 120; ms += 8)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            Pinger pinger = lab.StartPings();
            IMigration migration = lab.Start();
            lab.Bed.RunMs(ms);
            lab.S4.Disconnect();
            MigrationProgress end = lab.Finish(migration);
            string what = $"died after {ms} ms: {end.Phase} {end.Detail}";
            AssertSettled(lab, end, what);
            AssertPings(lab, pinger, what);
        }
    }

    [Test]
    public void A_source_that_dies_at_any_time_does_not_leave_it_half_done([Range(0, 7)] int slice)
    {
        for (int ms = slice; ms < 120; ms += 8)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            Pinger pinger = lab.StartPings();
            IMigration migration = lab.Start();
            lab.Bed.RunMs(ms);
            lab.S3.Disconnect();
            MigrationProgress end = lab.Finish(migration);
            string what = $"died after {ms} ms: {end.Phase} {end.Detail}";
            AssertSettled(lab, end, what);
            AssertPings(lab, pinger, what);
        }
    }

    /// <remarks>It goes on forwarding by the rules it has, and may or may not have got the last
    /// ones.</remarks>
    [Test]
    public void A_neighbour_that_is_lost_for_a_while_at_any_time_does_not_lose_traffic([Range(0, 7)] int slice)
    {
        for (int ms = slice; ms < 120; ms += 8)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            var expected = new QuietNetwork(lab);
            Pinger pinger = lab.StartPings();
            IMigration migration = lab.Start(FigureThreeBed.Plan() with { Deadline = TimeSpan.FromSeconds(2) });
            lab.Bed.RunMs(ms);
            EmulatedSwitch s1 = lab.Bed.Network.Switch("s1");
            s1.Disconnect();
            lab.Bed.RunMs(500);
            lab.Bed.Connect(s1);
            MigrationProgress end = lab.Finish(migration);
            string what = $"lost after {ms} ms: {end.Phase} {end.Detail}";
            AssertSettled(lab, end, what);
            AssertPings(lab, pinger, what);
            expected.AssertHolds(end.Phase == MigrationPhase.Completed, what);
        }
    }

    [Test]
    public void A_neighbour_that_is_lost_for_good_does_not_hold_up_the_end([Values(5, 25, 35, 45)] int ms)
    {
        using var lab = new FigureThreeBed(version);
        lab.StartPings();
        IMigration migration = lab.Start(FigureThreeBed.Plan() with { Deadline = TimeSpan.FromSeconds(2) });
        lab.Bed.RunMs(ms);
        lab.Bed.Network.Switch("s1").Disconnect();
        MigrationProgress end = lab.Finish(migration);
        AssertSettled(lab, end, end.Detail);
        Assert.That(end.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public void A_switch_that_stalls_for_a_while_harms_nobody(
        [Values("s1", "s3", "s4")] string name, [Range(1, 61, 6)] int ms)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
        var expected = new QuietNetwork(lab);
        Pinger pinger = lab.StartPings(5);
        IMigration migration = lab.Start(FigureThreeBed.Plan() with { Deadline = TimeSpan.FromSeconds(3) });
        lab.Bed.RunMs(ms);
        lab.Bed.Network.Switch(name).StallControl(true);
        lab.Bed.RunMs(20_000);
        lab.Bed.Network.Switch(name).StallControl(false);
        MigrationProgress end = lab.Finish(migration);
        string what = $"{name} stalled after {ms} ms: {end.Phase} {end.Detail}";
        AssertSettled(lab, end, what);
        lab.Bed.RunMs(1000);
        AssertPings(lab, pinger, what);
        if (name == "s1") expected.AssertHolds(end.Phase == MigrationPhase.Completed, what);
    }

    /// <remarks>The drop rule of a frozen source must not outlive its migration.</remarks>
    [Test]
    public void A_source_that_is_lost_while_frozen_forwards_again_once_it_is_back([Range(10, 40, 2)] int ms)
    {
        using var lab = new FigureThreeBed(version);
        var expected = new QuietNetwork(lab);
        IMigration migration = lab.Start(MigrationMethod.FreezeAndCopy);
        lab.Bed.RunMs(ms);
        lab.S3.Disconnect();
        MigrationProgress end = lab.Finish(migration);
        lab.Bed.ConnectAndSettle(lab.S3);
        expected.AssertHolds(end.Phase == MigrationPhase.Completed, $"{end.Phase} {end.Detail}");
        AssertPings(lab, lab.StartPings(), end.Detail);
    }

    /// <remarks>H-35.</remarks>
    [Test]
    public void An_app_rule_that_is_the_drop_rules_double_survives_a_freeze([Values] bool isAborted)
    {
        using var lab = new FigureThreeBed(version);
        FlowMod own = new() { Priority = ushort.MaxValue, Cookie = new Cookie(7), Actions = ActionList.Flood };
        lab.Bed.Send(lab.Moved, own);
        lab.Bed.Barrier(lab.Moved);
        var expected = new QuietNetwork(lab);
        IMigration migration = lab.Start(MigrationMethod.FreezeAndCopy);
        lab.RunUntilPhase(migration, MigrationPhase.Cloned);
        if (isAborted) _ = migration.AbortAsync("Enough.");
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase == MigrationPhase.Aborted, Is.EqualTo(isAborted), end.Detail);
        EmulatedSwitch now = isAborted ? lab.S3 : lab.S4;
        Assert.That(now.Flows.Count(each => each.Cookie == new Cookie(7) && each.Actions.Count > 0), Is.EqualTo(1));
        if (isAborted) expected.AssertHolds(isMoved: false, end.Detail);
    }

    /// <summary>Nothing is half done: one instance lives, the other one is a spare, commands go
    /// through.</summary>
    private static void AssertSettled(FigureThreeBed lab, MigrationProgress end, string what)
    {
        Assert.That(end.IsFinal, Is.True, what);
        string on = end.Phase == MigrationPhase.Completed ? "s4" : "s3";
        Assert.That(lab.Moved.Mode, Is.EqualTo(CloneMode.Single), what);
        Assert.That(lab.Moved.Follower, Is.Null, what);
        Assert.That(lab.Moved.Live.Select(each => each.Physical.Name), Is.EqualTo(new[] { on }), what);
        PhysicalSwitchStatus spare =
            lab.Bed.Controller.PhysicalSwitches.Single(each => each.Name == (on == "s3" ? "s4" : "s3"));
        Assert.That(spare.Use, Is.EqualTo(PhysicalSwitchUse.Spare), what);
    }

    private static void AssertPings(FigureThreeBed lab, Pinger pinger, string what)
    {
        lab.Bed.RunMs(20);
        pinger.Stop();
        lab.Bed.RunMs(1500);
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates), Is.EqualTo((0, 0)), $"{what}: {all}");
    }

    private static void AssertRefused(FigureThreeBed lab, MigrationPlan plan, string reason)
    {
        var expected = new QuietNetwork(lab);
        int targetRules = FigureThreeBed.RuleCount(lab.S4);
        MigrationProgress end = lab.Migrate(plan);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain(reason));
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.EqualTo(targetRules));
        expected.AssertHolds(isMoved: false, end.Detail);
    }
}
