using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a plan that can't be carried out, and a switch that fails on the way, never harm the source.</remarks>
public sealed class FaultTests
{
    [Test]
    public void A_plan_for_a_switch_that_is_not_there_is_refused()
    {
        using var lab = new FigureThreeBed();
        AssertRefused(lab, FigureThreeBed.Plan() with { Switch = "s9" }, "no virtual switch 's9'");
    }

    [Test]
    public void A_target_that_is_not_connected_is_refused()
    {
        using var lab = new FigureThreeBed();
        lab.S4.Disconnect();
        lab.Bed.RunMs(100);
        AssertRefused(lab, FigureThreeBed.Plan(), "not connected");
    }

    [Test]
    public void A_target_that_nobody_knows_is_refused()
    {
        using var lab = new FigureThreeBed();
        AssertRefused(lab, FigureThreeBed.Plan(to: 77), "not connected");
    }

    [Test]
    public void A_target_that_is_part_of_a_network_is_refused()
    {
        using var lab = new FigureThreeBed();
        AssertRefused(lab, FigureThreeBed.Plan(to: 2), "already part of a network: it realises s2");
    }

    [Test]
    public void A_target_that_is_no_spare_is_refused()
    {
        using var lab = new FigureThreeBed();
        lab.Bed.ConnectAndSettle(lab.Bed.AddSwitch(9));
        AssertRefused(lab, FigureThreeBed.Plan(to: 9), "not named as a spare");
    }

    [Test]
    public void A_target_that_lacks_a_port_is_refused()
    {
        using var lab = new FigureThreeBed();
        var ports = new PortMapping(new PortNumber(2), new PortNumber(7));
        AssertRefused(lab, FigureThreeBed.Plan() with { TargetPorts = [ports] }, "lacks port 7");
    }

    [Test]
    public void A_target_with_rules_of_its_own_is_refused()
    {
        using var lab = new FigureThreeBed();
        lab.S4.Install(ControllerBed.Forward(1, 2));
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That((end.Phase, end.Detail), Is.EqualTo((MigrationPhase.Aborted,
            "The target s4 has 1 rules of its own; a target has to be empty.")));
        Assert.That(lab.S4.FlowCount, Is.EqualTo(1), "they are somebody's");
    }

    [Test]
    public void A_target_whose_table_is_too_small_is_refused()
    {
        using var lab = new FigureThreeBed(new FigureThreeOptions { Target = new() { TableCapacity = 21 } });
        AssertRefused(lab, FigureThreeBed.Plan(), "holds 21 rules, but s3 has 22");
    }

    [TestCase(0xfffffffau, TestName = "NORMAL")]
    [TestCase(0xfffffffeu, TestName = "LOCAL")]
    public void A_rule_that_only_its_own_switch_can_do_is_refused(uint port)
    {
        using var lab = new FigureThreeBed();
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
        using var lab = new FigureThreeBed(new FigureThreeOptions { Lime = new LimeOptions { Spares = [spare] } });
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
    public void A_target_that_refuses_the_nth_rule_is_given_up([Values(1, 2, 9, 22)] int n, [Values] MigrationMethod method)
    {
        using var lab = new FigureThreeBed();
        var expected = new QuietNetwork(lab);
        int seen = 0;
        lab.S4.RejectFlowMod = flowMod => flowMod.Command == FlowModCommand.Add && ++seen == n;
        Pinger pinger = lab.StartPings();
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan(method));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.StartWith("The target s4 refused a command: FlowModFailed, code 0."));
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
            using var lab = new FigureThreeBed(new FigureThreeOptions { Seed = ms });
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
            using var lab = new FigureThreeBed(new FigureThreeOptions { Seed = ms });
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

    [Test]
    public void A_neighbour_that_dies_at_any_time_does_not_lose_traffic([Range(0, 7)] int slice)
    {
        for (int ms = slice; ms < 120; ms += 8)
        {
            using var lab = new FigureThreeBed(new FigureThreeOptions { Seed = ms });
            Pinger pinger = lab.StartPings();
            IMigration migration = lab.Start(FigureThreeBed.Plan() with { Deadline = TimeSpan.FromSeconds(2) });
            lab.Bed.RunMs(ms);
            lab.Bed.Network.Switch("s1").Disconnect();
            MigrationProgress end = lab.Finish(migration);
            string what = $"died after {ms} ms: {end.Phase} {end.Detail}";
            AssertSettled(lab, end, what);
            AssertPings(lab, pinger, what);
            lab.Bed.ConnectAndSettle(lab.Bed.Network.Switch("s1"));
            Pinger later = lab.StartPings();
            lab.Bed.RunMs(50);
            AssertPings(lab, later, $"{what}; later");
        }
    }

    [Test]
    public void A_switch_that_stalls_meets_the_deadline([Values("s1", "s3", "s4")] string name, [Range(1, 61, 6)] int ms)
    {
        using var lab = new FigureThreeBed(new FigureThreeOptions { Seed = ms });
        var expected = new QuietNetwork(lab);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.Start(FigureThreeBed.Plan() with { Deadline = TimeSpan.FromSeconds(3) });
        lab.Bed.RunMs(ms);
        lab.Bed.Network.Switch(name).StallControl(true);
        MigrationProgress end = lab.Finish(migration);
        string what = $"{name} stalled after {ms} ms: {end.Phase} {end.Detail}";
        AssertSettled(lab, end, what);
        AssertPings(lab, pinger, what);
        lab.Bed.Network.Switch(name).StallControl(false);
        lab.Bed.RunMs(1000);
        Pinger later = lab.StartPings();
        lab.Bed.RunMs(50);
        AssertPings(lab, later, $"{what}; later");
        if (name == "s1") expected.AssertHolds(end.Phase == MigrationPhase.Completed, $"{what}; later");
    }

    /// <summary>Nothing is half done: one instance lives, the other one is a spare, commands go through.</summary>
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
        int targetRules = lab.S4.FlowCount;
        MigrationProgress end = lab.Migrate(plan);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain(reason));
        Assert.That(lab.S4.FlowCount, Is.EqualTo(targetRules));
        expected.AssertHolds(isMoved: false, end.Detail);
    }
}
