using System.Text.Json;
using Lime.Benchmarks.Commands;
using Lime.Benchmarks.Migration;
using Lime.Benchmarks.Overhead;
using Lime.Benchmarks.Plots;
using Lime.Benchmarks.Reports;
using Lime.Benchmarks.Updates;
using Lime.OpenFlow;
using Lime.Tests.Packaging;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: every command runs to its end, small. Figures are looked at for being there and plausible, not for
/// being good.</remarks>
internal sealed class HarnessCommandTests
{
    [TestCase(OverheadScenario.Steady, OpenFlowVersion.V10)]
    [TestCase(OverheadScenario.Steady, OpenFlowVersion.V13)]
    [TestCase(OverheadScenario.TwoInstances, OpenFlowVersion.V10)]
    [TestCase(OverheadScenario.ThreeInstances, OpenFlowVersion.V13)]
    [TestCase(OverheadScenario.Migration, OpenFlowVersion.V10)]
    [TestCase(OverheadScenario.Updates, OpenFlowVersion.V13)]
    public void Both_ways_answer_every_packet_in_once(OverheadScenario scenario, OpenFlowVersion version)
    {
        var plan = new OverheadPlan { Scenario = scenario, Version = version, Switches = 2, Rules = 500 };
        foreach (bool isDirect in new[] { true, false })
        {
            using var rig = new InProcessRig(plan, isDirect);
            rig.Answer(5000);
            Assert.That(rig.Messages, Is.GreaterThanOrEqualTo(5000));
            bool isMigrating = scenario == OverheadScenario.Migration && !isDirect;
            if (!isMigrating) Assert.That(rig.Faulty, Is.Zero);
            Assert.That(rig.Clones > 0, Is.EqualTo(isMigrating));
        }
    }

    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public void A_migration_is_counted(OpenFlowVersion version)
    {
        using var migration = new EmulatedMigration(300, version);
        MigrateRun run = migration.Run();
        Assert.That(run.FlowMods, Is.GreaterThanOrEqualTo(600), "added there, deleted here");
        Assert.That(run.Messages, Is.GreaterThanOrEqualTo(run.FlowMods));
        Assert.That((run.Ms, run.Barriers), Is.GreaterThan((0.0, 0)));
    }

    /// <remarks>What is held grows with what passes; on one switch nothing is guarded.</remarks>
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public void What_updates_cost_is_counted_for_each_number_of_instances(OpenFlowVersion version)
    {
        var options = new UpdateOptions
        {
            Version = version,
            PacketsPerSecond = 500,
            UpdatesPerSecond = 20,
            Duration = TimeSpan.FromSeconds(1),
            ControlDelay = TimeSpan.FromMilliseconds(1),
        };
        var runs = new List<UpdateRun>();
        for (int instances = 1; instances <= 3; instances++)
        {
            using var lab = new UpdateLab(instances, options);
            runs.Add(lab.Run());
        }
        Assert.That(runs.Select(each => each.Lost), Is.All.Zero);
        Assert.That((runs[0].PacketIns, runs[0].HeldPackets, runs[0].Overtaken), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(runs[1].HeldPackets, Is.EqualTo(runs[1].PacketIns).And.GreaterThan(0));
        Assert.That(runs[2].HeldPackets, Is.GreaterThan(runs[1].HeldPackets));
        Assert.That(runs[2].Messages, Is.GreaterThan(runs[1].Messages).And.GreaterThan(runs[0].Messages));
        Assert.That(runs[0].UpdateMs, Is.EqualTo(2).Within(0.1), "a round trip");
        Assert.That(runs[1].UpdateMs, Is.EqualTo(4).Within(0.5), "two");
    }

    [Test]
    [Category("Socket")]
    public async Task Overhead_and_scale_run_over_tcp_and_are_drawn()
    {
        string folder = Directory.CreateTempSubdirectory("lime-bench").FullName;
        try
        {
            string overhead = await BenchAsync(
                "overhead", "--load", "saturated", "--scenario", "Steady", "--pairs", "1", "--seconds", "1",
                "--switches", "2", "--json");
            string scale = await BenchAsync("scale", "--networks", "2", "--seconds", "1", "--json");
            JsonElement results = JsonDocument.Parse(overhead).RootElement.GetProperty("results");
            Assert.That(results.GetProperty("scenarios").GetArrayLength(), Is.EqualTo(1));
            Assert.That(results.GetProperty("paperPrice").GetDouble(), Is.EqualTo(0.068).Within(0.001));
            Assert.That(JsonDocument.Parse(scale).RootElement.GetProperty("results").GetArrayLength(), Is.EqualTo(1));
            string[] files = [Path.Combine(folder, "overhead.json"), Path.Combine(folder, "scale.json")];
            await File.WriteAllTextAsync(files[0], overhead);
            await File.WriteAllTextAsync(files[1], scale);
            using var output = new StringWriter();
            Assert.That(await BenchCommandLine.RunAsync(
                ["plots", .. files, "--out", folder], output, output, default), Is.Zero, output.ToString());
            string[] drawn = Directory.GetFiles(folder, "*.svg");
            Assert.That(drawn, Has.Length.EqualTo(5), string.Join(' ', drawn));
            foreach (string each in drawn) Assert.That(() => System.Xml.Linq.XDocument.Load(each), Throws.Nothing);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_spread_is_that_of_its_values()
    {
        var spread = Spread.Of([5, 1, 4, 2, 3]);
        Assert.That(spread, Is.EqualTo(new Spread(5, 1, 2, 3, 4, 5)));
    }

    [Test]
    public void An_axis_marks_round_values_around_its_own()
    {
        Assert.That(new PlotAxis("").Ticks([3, 97]), Is.EqualTo(new double[] { 0, 20, 40, 60, 80, 100 }).Within(1e-9));
        double[] decades = new PlotAxis("", IsLogarithmic: true).Ticks([30, 5000]);
        Assert.That(decades, Is.EqualTo(new double[] { 10, 100, 1000, 10_000 }).Within(1e-9));
    }

    [TestCase("cbench")]
    [TestCase("floor")]
    [TestCase("overhead")]
    [TestCase("migrate")]
    [TestCase("scale")]
    [TestCase("plots")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        using var output = new StringWriter();
        Assert.That(await BenchCommandLine.RunAsync([command, "--help"], output, output, default), Is.Zero);
        Assert.That(output.ToString(), Does.Contain("Examples:").And.Contain($"-- {command}"));
    }

    /// <summary>In a process of its own, as people run it: it starts others like itself.</summary>
    private static Task<string> BenchAsync(params string[] args)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        string program = Path.Combine(
            CodeBase.Root, "Lime.Benchmarks", "bin", framework.Parent!.Name, framework.Name, "Lime.Benchmarks.dll");
        return DotnetCommand.RunAsync(CodeBase.Root, [program, .. args]);
    }
}
