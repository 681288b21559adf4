using System.Globalization;
using Lime.Benchmarks.Processes;
using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Cbench;

/// <summary>Results in words: the original's lines, which scripts read, and what those don't say.</summary>
internal static class CbenchText
{
    /// <summary>What the original writes to its error stream first.</summary>
    public static string Heading(CbenchOptions options)
    {
        string mode = options.Mode switch
        {
            CbenchMode.Throughput => "'throughput'",
            CbenchMode.OpenLoop => Invariant($"'open loop', {options.Rate:N0} packet-ins/s"),
            _ => "'latency'",
        };
        return string.Join('\n',
            "cbench: controller benchmarking tool",
            $"   running in mode {mode}",
            $"   connecting to controller at {options.Host}:{options.Port} ",
            $"   faking{(options.IsRanged ? " from 1 to" : "")} {options.Switches} switches offset "
                + $"{options.DatapathOffset} :: {options.Loops} tests each; {options.MsPerTest} ms per test",
            $"   with {options.Addresses} unique source MACs per switch",
            $"   {(options.LearnsDestinations ? "" : "NOT ")}learning destination mac addresses before the test",
            $"   starting test with {options.DelayMs} ms delay after features_reply",
            $"   ignoring first {options.Warmup} \"warmup\" and last {options.Cooldown} \"cooldown\" loops",
            $"   connection delay of {options.ConnectDelayMs}ms per {options.ConnectGroupSize} switch(es)",
            $"   OpenFlow {VersionNames.Of(options.Version)}, {options.Threads} thread(s)");
    }

    /// <summary>The original's line for one loop.</summary>
    public static string Line(CbenchWindow window)
    {
        string counts = string.Join("  ", window.Responses);
        return Invariant($"{window.EndedAt:HH:mm:ss.fff} {window.Responses.Length,-3} switches: flows/sec:  {counts}  ")
            + Invariant($" total = {window.Responses.Sum() / window.ElapsedMs:F6} per ms ");
    }

    /// <summary>The original's last line.</summary>
    public static string ResultLine(CbenchResult result)
    {
        double[] rates = [.. result.Counted.Select(each => each.ResponsesPerSecond)];
        double average = rates.Average();
        double deviation = Math.Sqrt(rates.Sum(each => (each - average) * (each - average)) / rates.Length);
        return Invariant($"RESULT: {result.Switches} switches {rates.Length} tests min/max/avg/stdev = ")
            + Invariant($"{rates.Min():F2}/{rates.Max():F2}/{average:F2}/{deviation:F2} responses/s");
    }

    /// <summary>What the original doesn't say.</summary>
    public static string Table(CbenchResult result)
    {
        CbenchTotals totals = result.Totals;
        var table = new TextTable("", "packet-ins");
        table.Add("answered a second (each buffer id once)", Numbers.Whole(result.AnsweredPerSecond));
        table.Add("sent in all", Numbers.Whole(totals.Sent));
        table.Add("  answered", Numbers.Whole(totals.Answered));
        table.Add("  unanswered", Numbers.Whole(totals.Unanswered));
        table.Add("  answered again (duplicates)", Numbers.Whole(totals.Duplicates));
        table.Add("  wrong answers (unknown buffer, other packet)", Numbers.Whole(totals.Wrong));
        table.Add("errors", Numbers.Whole(totals.Errors));
        table.Add("messages that name no packet-in", Numbers.Whole(totals.Unattributed));
        table.Add("flow-mods", Numbers.Whole(totals.FlowMods));
        table.Add("packet-outs", Numbers.Whole(totals.PacketOuts));
        if (result.Latency is { } latency) Add(latency, table);
        table.Add("generator's processor time a packet-in answered, ns",
            Numbers.Fixed(result.GeneratorCpuSeconds * 1e9 / result.AnsweredCounted, 1));
        if (result.Controller is { } cost) Add(cost, result, table);
        foreach ((string failure, int count) in result.Failures)
            table.Add($"connections lost: {failure}", Numbers.Whole(count));
        return table.ToString();
    }

    private static void Add(LatencySummary latency, TextTable table)
    {
        table.Add($"latency of {Numbers.Whole(latency.Count)} answers, p50, us", Numbers.Fixed(latency.P50Us, 1));
        table.Add("  p99, us", Numbers.Fixed(latency.P99Us, 1));
        table.Add("  p99.9, us", Numbers.Fixed(latency.P999Us, 1));
        table.Add("  max, us", Numbers.Fixed(latency.MaxUs, 1));
    }

    private static void Add(ProcessCost cost, CbenchResult result, TextTable table)
    {
        table.Add("controller's processor time, s", Numbers.Fixed(cost.CpuSeconds, 2));
        table.Add("  a packet-in answered, ns", Numbers.Fixed(cost.CpuSeconds * 1e9 / result.AnsweredCounted, 1));
        table.Add("controller's resident memory, MiB", Numbers.Mebibytes(cost.ResidentBytesMax));
        if (cost.Pauses is not { } pauses)
        {
            table.Add("controller's GC pauses (not a .NET process)", "-");
            return;
        }
        table.Add("controller's GC pauses", Numbers.Whole(pauses.Count));
        table.Add("  together, ms", Numbers.Fixed(pauses.TotalMs, 2));
        table.Add("  longest, ms", Numbers.Fixed(pauses.MaxMs, 2));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
