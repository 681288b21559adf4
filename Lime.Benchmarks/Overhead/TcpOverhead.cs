using System.Diagnostics;
using System.Net;
using Lime.Benchmarks.Cbench;
using Lime.Benchmarks.Fleet;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Overhead;

/// <summary>The comparison over TCP: each run has a controller's process of its own, and the generator in this
/// one.</summary>
internal sealed class TcpOverhead(OverheadPlan plan, double? rate, int seconds)
{
    private const int WarmupSeconds = 2;

    /// <summary>Enough to saturate, and few enough that a barrier's answer doesn't wait behind megabytes, which would
    /// stand for no network.</summary>
    private const int Window = 1000;

    /// <summary>Takes pairs in turn; which of the two goes first changes from pair to pair.</summary>
    public async Task<OverheadResult> RunAsync(int pairs, Action<OverheadPair> ended, CancellationToken stop)
    {
        var taken = new List<OverheadPair>();
        for (int i = 0; i < pairs; i++)
        {
            OverheadRun? first = i % 2 == 0 ? await MeasureAsync(isDirect: true, stop) : null;
            OverheadRun second = await MeasureAsync(isDirect: false, stop);
            taken.Add(new OverheadPair(first ?? await MeasureAsync(isDirect: true, stop), second));
            ended(taken[^1]);
        }
        string load = rate is { } offered ? $"TCP, {Reports.Numbers.Whole(offered)}/s offered" : "TCP, saturated";
        return new OverheadResult(plan.Scenario, load, taken);
    }

    private async Task<OverheadRun> MeasureAsync(bool isDirect, CancellationToken stop)
    {
        using var controller = await LayerProcess.StartAsync(plan, isDirect, stop);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using EventLoop? loop = isDirect ? null : await ConnectSparesAsync(controller.EndPoint, leave.Token);
        var options = new CbenchOptions
        {
            Controller = controller.EndPoint,
            Port = controller.EndPoint.Port,
            Switches = plan.Switches,
            Addresses = plan.Addresses,
            Mode = rate is null ? CbenchMode.Throughput : CbenchMode.OpenLoop,
            Rate = rate ?? 0,
            Window = Window,
            Loops = WarmupSeconds + seconds,
            Warmup = WarmupSeconds,
            Version = plan.Version,
            ProcessId = controller.Id,
            // Time for the further instances to join.
            DelayMs = 500,
        };
        CbenchResult result = await new CbenchRun(options, static _ => { }, static _ => { })
            .RunAsync(plan.Switches, stop);
        await leave.CancelAsync();
        return new OverheadRun(
            result.AnsweredPerSecond,
            result.Controller!.CpuSeconds * 1e9 / result.AnsweredCounted,
            (double)(result.Totals.FlowMods + result.Totals.PacketOuts) / result.Totals.Answered,
            (double)(result.Totals.Unanswered + result.Totals.Duplicates) / result.Totals.Sent);
    }

    /// <returns>The loop of emulated targets, if there are any.</returns>
    private async Task<EventLoop?> ConnectSparesAsync(IPEndPoint controller, CancellationToken leave)
    {
        if (plan.Scenario != OverheadScenario.Migration)
        {
            OpenFlowCodec codec = OpenFlowCodecs.For(plan.Version);
            var clock = Stopwatch.StartNew();
            foreach (DatapathId each in plan.Spares())
                _ = new FleetSwitch(codec, new FleetAnswers(codec, each, 4), clock).RunAsync(controller, leave);
            return null;
        }
        EventLoop loop = EventLoop.StartThread("targets");
        var network = new EmulatedNetwork(loop, 1);
        foreach (DatapathId each in plan.Spares())
            await OverheadTarget.AddTo(network, each, plan.Version).ConnectTcpAsync(controller, leave);
        return loop;
    }
}
