using System.Diagnostics;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: an app whose safety depends on the order of rules and packets can't tell that its switch migrates, on
/// real switches (H-30; paper section 4.1): a stateful firewall never blocks a legal answer and never lets an illegal
/// datagram through. Method: 200 questions a second, each from a port of its own and so with a rule of its own, and 200
/// datagrams a second that nobody asked for, while s3 is cloned there and back; beside it as long a run without
/// migration. Open vSwitch goes on by flows it has cached after it has answered for a rule, so that a few answers may
/// come too soon for it in either run: with migrations there may be no more.</remarks>
[NonParallelizable]
internal sealed class FirewallTests
{
    /// <summary>Answers that two runs of the same kind may differ by: Open vSwitch itself blocks a few.</summary>
    private const int BlockedByChance = 3;

    /// <summary>Questions that two runs of the same kind may differ by: a switch drops them when the controller has to
    /// wait for a processor.</summary>
    private const int LostByChance = 10;

    private const int FirstPort = 20_000;

    private const int FirstControlPort = 26_000;

    private static readonly int RoundTrips =
        int.TryParse(Environment.GetEnvironmentVariable("LIME_ROUND_TRIPS"), out int count) ? count : 10;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    [TestCase(OpenFlowVersion.V10, 10, Category = "RealNetwork")]
    [TestCase(OpenFlowVersion.V13, 3, Category = "RealNetwork")]
    public Task A_stateful_firewall_blocks_no_answer_and_lets_nothing_else_through(
        OpenFlowVersion version, int roundTrips) => RunAsync(version, roundTrips, Evidence.Barrier);

    [Category("OnDemand")]
    [Explicit("It takes minutes.")]
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public Task So_it_does_over_20_migrations_with_the_evidence_that_Lime_chooses(OpenFlowVersion version) =>
        RunAsync(version, RoundTrips, null);

    private static async Task RunAsync(OpenFlowVersion version, int roundTrips, IEvidence? evidence)
    {
        RealNetworkRequirements.Check();
        var firewall = new FirewallApp("s3");
        var options = new MigrationLabOptions
        {
            Version = version,
            RulesOnS3 = [],
            FirstApps = [firewall],
            Evidence = evidence,
        };
        if (evidence is not null) options = options with { DrainQuietTime = MigrationLabOptions.BriefDrain };
        await using MigrationLab lab = await MigrationLab.StartAsync(options);
        var clock = Stopwatch.StartNew();
        QuestionReport moving;
        using (QuestionRun run = await QuestionRun.StartAsync(lab.Network, FirstPort))
        {
            for (int i = 0; i < roundTrips; i++)
            {
                await MigrateAsync(lab, lab.Network.S3, lab.Network.S4);
                await MigrateAsync(lab, lab.Network.S4, lab.Network.S3);
            }
            moving = run.Stop();
            Judge($"{2 * roundTrips} migrations", moving, firewall.Allowed);
        }
        TimeSpan duration = clock.Elapsed;
        int before = firewall.Allowed;
        using QuestionRun control = await QuestionRun.StartAsync(lab.Network, FirstControlPort);
        await Poll.PassAsync(duration);
        QuestionReport still = control.Stop();
        Judge("control run", still, firewall.Allowed - before);
        Assert.That(moving.Blocked, Is.LessThanOrEqualTo(still.Blocked + BlockedByChance));
        Assert.That(moving.Lost, Is.LessThanOrEqualTo((2 * still.Lost) + LostByChance));
    }

    private static async Task MigrateAsync(MigrationLab lab, OvsBridge source, OvsBridge target)
    {
        CloneObservation seen = await CloneObservation.MakeAsync(lab, source, target, Pace);
        TestContext.Out.WriteLine($"{seen.End.Costs}");
        Assert.That(seen.End.Phase, Is.EqualTo(MigrationPhase.Completed), seen.End.Detail);
        Assert.That(seen.SourcePackets, Is.GreaterThan(0), $"{seen}");
        Assert.That(seen.TargetPackets, Is.GreaterThan(0), $"{seen}");
    }

    private static void Judge(string what, QuestionReport report, int allowed)
    {
        TestContext.Out.WriteLine($"{what}: {report}; the firewall let {allowed} questions through");
        Assert.That(report.Asked, Is.GreaterThan(500), what);
        Assert.That(report.Unasked, Is.GreaterThan(500), what);
        Assert.That((report.Twice, report.Wrong, report.Illegal), Is.EqualTo((0, 0, 0)), what);
    }
}
