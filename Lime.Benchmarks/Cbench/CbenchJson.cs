using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Cbench;

/// <summary>Options and results in the form in which they are written as JSON.</summary>
internal static class CbenchJson
{
    public static object Of(CbenchOptions options) => new
    {
        options.Switches,
        options.Addresses,
        options.Mode,
        options.Rate,
        options.Window,
        options.Loops,
        options.MsPerTest,
        options.Warmup,
        options.Cooldown,
        options.Threads,
        Version = VersionNames.Of(options.Version),
    };

    public static object Of(CbenchResult result) => new
    {
        result.Switches,
        ResponsesPerSecond = result.Counted.Average(each => each.ResponsesPerSecond),
        result.AnsweredPerSecond,
        Windows = result.Counted.Select(each => new
        {
            each.ElapsedMs,
            each.ResponsesPerSecond,
            each.AnsweredPerSecond,
        }),
        result.Totals,
        result.Latency,
        result.Controller,
        CpuNsPerPacketIn = result.Controller?.CpuSeconds * 1e9 / result.AnsweredCounted,
        GeneratorCpuNsPerPacketIn = result.GeneratorCpuSeconds * 1e9 / result.AnsweredCounted,
        Failures = result.Failures.Select(each => new { each.Failure, each.Count }),
    };
}
