using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a plan can be looked at before the deed: it lists all that cannot be reproduced at once, says what it
/// would take, does nothing, and the migration itself refuses the same; what is completed can be taken back. Method:
/// Figure 3 in virtual time.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
internal sealed class PreviewTests(OpenFlowVersion version)
{
    [Test]
    public void A_plan_that_holds_is_counted_and_nothing_is_sent_but_questions()
    {
        using var lab = new FigureThreeBed(version);
        var before = new QuietNetwork(lab);
        long flowMods = FlowModsSent(lab);

        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());

        Assert.That(preview.CanBegin, Is.True, Text(preview));
        Assert.That(preview.Findings, Is.Empty, Text(preview));
        Assert.That(preview.Forecast!.Rules, Is.EqualTo(22));
        Assert.That(preview.Forecast.TargetEntries, Is.EqualTo(22));
        Assert.That(preview.Forecast.Attachments, Is.EqualTo(2));
        Assert.That(preview.Forecast.RoundTrip.TotalMilliseconds, Is.EqualTo(2).Within(1));
        Assert.That(FlowModsSent(lab), Is.EqualTo(flowMods));
        before.AssertHolds(isMoved: false, "a dry run");
        Assert.That(lab.Bed.Controller.Ensembles.Migrations, Is.Empty);
    }

    /// <remarks>The forecast is compared with what the migration itself then counts and takes, by the virtual
    /// clock.</remarks>
    [Test]
    public void The_forecast_is_close_to_what_the_migration_takes([Values(20, 1500)] int otherRules)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { OtherRules = otherRules });
        MigrationForecast forecast = Preview(lab, FigureThreeBed.Plan()).Forecast!;

        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(forecast.Rules, Is.EqualTo(end.RulesTotal));
        Assert.That(end.FlowMods, Is.EqualTo(forecast.FlowMods).Within(5).Percent);
        Assert.That(end.Elapsed / forecast.Duration, Is.InRange(0.4, 2.5), $"{end.Elapsed} for {forecast.Duration}");
    }

    /// <remarks>H-14, H-15, H-45, H-66.</remarks>
    [Test]
    public void Everything_that_cannot_be_reproduced_is_listed_at_once_and_the_migration_refuses_the_same()
    {
        using FigureThreeBed lab = NewOddLab();

        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());

        Assert.That(preview.CanBegin, Is.False);
        Assert.That(
            preview.Findings.Select(each => (each.Kind, each.Topic)), Is.EquivalentTo(
            new[]
            {
                (FindingKind.Refusal, FindingTopic.Actions), (FindingKind.Refusal, FindingTopic.Actions),
                (FindingKind.Refusal, FindingTopic.Tables),
            }),
            Text(preview));
        Assert.That(Text(preview), Does.Contain("priority 7 does output:NORMAL").IgnoreCase
            .And.Contain("priority 8 does output:LOCAL").IgnoreCase.And.Contain("holds 21 rules, but s3 has 2"));
        using FigureThreeBed other = NewOddLab();
        MigrationProgress end = other.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        foreach (MigrationFinding each in preview.Findings) Assert.That(end.Detail, Does.Contain(each.Text));
    }

    /// <remarks>H-45: a rule whose packets may come in by any port, and whose actions depend on that, is an entry for
    /// each port at a target whose ports have other numbers.</remarks>
    [Test]
    public void Room_is_counted_in_entries_at_the_target()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Target = new() { TableCapacity = 23 } });
        lab.Bed.Send(lab.Moved, Rule(7, PortNumber.Flood));
        lab.Bed.Barrier(lab.Moved);
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());
        int entries = preview.Forecast!.TargetEntries + (version == OpenFlowVersion.V13 ? 1 : 0);
        Assert.That(entries > 23, Is.EqualTo(!preview.CanBegin), Text(preview));
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase,
            Is.EqualTo(entries > 23 ? MigrationPhase.Aborted : MigrationPhase.Completed));
    }

    [Test]
    public void Ports_without_a_place_are_all_named()
    {
        var spare = new DatapathId(5);
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new LimeOptions { Spares = [spare] } });
        lab.Bed.ConnectAndSettle(lab.Bed.AddSwitch(5));
        MigrationPreview preview = Preview(lab, new MigrationPlan("s3", spare));
        Assert.That(preview.Findings, Has.Length.EqualTo(2), Text(preview));
        Assert.That(Text(preview), Does.Contain("Port 1 of s3 leads to s1:2"));
        Assert.That(Text(preview), Does.Contain("Port 2 of s3 leads to s2:1"));
        Assert.That(preview.Forecast, Is.Null);
    }

    [Test]
    public void A_place_for_a_port_that_is_not_there_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        PortMapping[] ports = [new(new PortNumber(9), new PortNumber(5))];
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan() with { TargetPorts = [.. ports] });
        Assert.That(Text(preview), Does.Contain("s3 has no port 9 to place at port 5 of s4"));
    }

    [Test]
    public void A_switch_that_does_not_exist_is_one_refusal()
    {
        using var lab = new FigureThreeBed(version);
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan() with { Switch = "s7" });
        Assert.That(preview.Findings.Single().Topic, Is.EqualTo(FindingTopic.Switches));
        Assert.That(Text(preview), Does.Contain("There is no virtual switch 's7'"));
    }

    /// <remarks>H-66.</remarks>
    [TestCase(1500, 1400, FindingKind.Refusal)]
    [TestCase(1500, null, FindingKind.Note)]
    [TestCase(1500, 9000, null)]
    [TestCase(null, 1400, null)]
    public void A_target_that_carries_smaller_packets_is_refused(int? source, int? target, FindingKind? expected)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Mtu = (source, target) });
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());
        FindingKind? found = preview.Findings.Where(each => each.Topic == FindingTopic.Mtu)
            .Select(each => (FindingKind?)each.Kind).SingleOrDefault();
        Assert.That(found, Is.EqualTo(expected), Text(preview));
    }

    [Test]
    public void A_cable_without_a_link_is_refused()
    {
        using var lab = new FigureThreeBed(version);
        EmulatedLink cable = lab.Bed.Network.Links.Single(each => each.Name.Contains("s4", StringComparison.Ordinal)
            && each.Name.Contains("s2", StringComparison.Ordinal));
        lab.Bed.Do(() =>
        {
            lab.Bed.Network.SetLinkUp(cable, false);
            return 0;
        });
        lab.Bed.RunMs(10);
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());
        Assert.That(Text(preview), Does.Contain("Port 6 of s4, to which port 2 moves, has no link."));
        Assert.That(preview.CanBegin, Is.False);
    }

    [Test]
    public void Timed_rules_are_noted_where_taking_them_over_zeroes_counters()
    {
        using var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 9) with { IdleTimeoutSeconds = 60 });
        lab.Bed.Barrier(lab.Moved);
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());
        Assert.That(preview.CanBegin, Is.True, Text(preview));
        Assert.That(preview.Findings.Any(each => each.Topic == FindingTopic.Timeouts),
            Is.EqualTo(version == OpenFlowVersion.V10), Text(preview));
    }

    /// <remarks>H-58.</remarks>
    [Test]
    public void A_queue_that_the_target_does_not_tell_of_is_refused()
    {
        if (version == OpenFlowVersion.V10) Assert.Pass("The emulated switch of 1.0 has no ENQUEUE: covered in 1.3.");
        using var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, new FlowMod
        {
            Priority = 9,
            Match = Match.Any.WithInPort(new PortNumber(1)),
            Actions = ActionList.Of(FlowAction.SetQueue(new QueueId(3)), FlowAction.Output(new PortNumber(2))),
        });
        lab.Bed.Barrier(lab.Moved);
        MigrationPreview preview = Preview(lab, FigureThreeBed.Plan());
        Assert.That(preview.Findings.Single().Topic, Is.EqualTo(FindingTopic.Queues), Text(preview));
        Assert.That(Text(preview), Does.Contain("s4 does not tell of that queue"));
    }

    [Test]
    public void A_plan_that_cannot_end_before_its_deadline_is_noted()
    {
        using var lab = new FigureThreeBed(version);
        MigrationPlan plan = FigureThreeBed.Plan() with
        {
            DrainQuietTime = TimeSpan.FromSeconds(20),
            Deadline = TimeSpan.FromSeconds(5),
        };
        MigrationPreview preview = Preview(lab, plan);
        Assert.That(preview.Findings.Single().Topic, Is.EqualTo(FindingTopic.Time), Text(preview));
    }

    [Test]
    public void A_completed_migration_is_taken_back_by_the_plan_it_offers()
    {
        using var lab = new FigureThreeBed(version);
        string[] rules = lab.RulesOf(lab.S3);
        IMigration migration = lab.Start(FigureThreeBed.Plan());
        Assert.That(migration.Undo, Is.Null, "nothing is completed yet");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));

        MigrationPlan undo = migration.Undo!;

        Assert.That(undo.Target, Is.EqualTo(new DatapathId(3)));
        Assert.That(Preview(lab, undo).CanBegin, Is.True);
        MigrationProgress end = lab.Migrate(undo);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(rules));
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.Zero);
    }

    [Test]
    public void A_migration_that_was_aborted_offers_nothing_to_take_back()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        Task<MigrationProgress> abort = migration.AbortAsync("enough");
        lab.Bed.Network.Switch("s2").StallControl(false);
        MigrationProgress end = lab.Bed.Loop.RunUntilDone(abort, TimeSpan.FromMinutes(1));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(migration.Undo, Is.Null);
    }

    /// <summary>Rules that emulated switches refuse: the plan is looked at before they have said so.</summary>
    private FigureThreeBed NewOddLab()
    {
        var lab = new FigureThreeBed(version, new FigureThreeOptions { Target = new() { TableCapacity = 21 } });
        lab.Bed.Send(lab.Moved, Rule(7, PortNumber.Normal));
        lab.Bed.Send(lab.Moved, Rule(8, PortNumber.Local));
        return lab;
    }

    private static MigrationPreview Preview(FigureThreeBed lab, MigrationPlan plan) => lab.Bed.Loop.RunUntilDone(
        lab.Bed.Controller.Ensembles.PreviewAsync(plan), TimeSpan.FromMinutes(1));

    private static string Text(MigrationPreview preview) =>
        string.Join(Environment.NewLine, preview.Findings.Select(each => $"{each.Kind} {each.Topic} {each.Text}"));

    private static long FlowModsSent(FigureThreeBed lab) =>
        lab.Bed.Controller.VirtualSwitches.Sum(each => ((Core.Switches.VirtualSwitch)each).Primary!.FlowModsSent);

    private static FlowMod Rule(ushort priority, PortNumber port) =>
        new() { Priority = priority, Actions = ActionList.Output(port) };
}
