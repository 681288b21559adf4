using System.Diagnostics;
using Lime.Benchmarks.Cbench;
using Lime.Benchmarks.Overhead;

namespace Lime.Benchmarks.Scale;

/// <summary>Connects many switches to a controller in a process of its own, and loads them all.</summary>
internal static class ScaleTest
{
    private const int Addresses = 100;
    private const int WarmupSeconds = 2;

    /// <param name="plan">How many switches, and in how many networks.</param>
    /// <param name="seconds">How long they send.</param>
    /// <param name="threads">Of the generator.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<ScaleRun> RunAsync(OverheadPlan plan, int seconds, int threads, CancellationToken stop)
    {
        using LayerProcess controller = await LayerProcess.StartAsync(plan, isDirect: false, stop);
        long empty = ResidentBytes(controller.Id);
        long idle = 0;
        double connectMs = 0;
        long start = Stopwatch.GetTimestamp();
        var options = new CbenchOptions
        {
            Controller = controller.EndPoint,
            Port = controller.EndPoint.Port,
            Switches = plan.Switches,
            Addresses = Addresses,
            Mode = CbenchMode.Throughput,
            Loops = WarmupSeconds + seconds,
            Warmup = WarmupSeconds,
            Version = plan.Version,
            Threads = threads,
            ProcessId = controller.Id,
            DelayMs = 1000,
        };
        // The only progress there is before the first packet-in: all are known.
        var run = new CbenchRun(options, _ => Known(), static _ => { });
        CbenchResult result = await run.RunAsync(plan.Switches, stop);
        return new ScaleRun
        {
            Switches = plan.Switches,
            Networks = plan.Networks,
            ConnectMs = connectMs,
            EmptyBytes = empty,
            IdleBytes = idle,
            AnsweredPerSecond = result.AnsweredPerSecond,
            CpuNsPerPacketIn = result.Controller!.CpuSeconds * 1e9 / result.AnsweredCounted,
        };

        void Known()
        {
            connectMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            idle = ResidentBytes(controller.Id);
        }
    }

    private static long ResidentBytes(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
