using System.Diagnostics;

namespace Lime.Benchmarks.Overhead;

/// <summary>The comparison within one thread.</summary>
internal static class InProcessOverhead
{
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(4);

    /// <summary>Makes both ways, lets them run in, then takes pairs in turn; which of the two goes first changes from
    /// pair to pair.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="pairs">How many.</param>
    /// <param name="packetIns">Of each run.</param>
    /// <param name="ended">Told of each pair.</param>
    public static OverheadResult Run(OverheadPlan plan, int pairs, int packetIns, Action<OverheadPair> ended)
    {
        using var direct = new InProcessRig(plan, isDirect: true);
        using var layered = new InProcessRig(plan, isDirect: false);
        WarmUp(direct, layered, packetIns);
        var taken = new List<OverheadPair>();
        for (int i = 0; i < pairs; i++)
        {
            OverheadRun? first = i % 2 == 0 ? Measure(direct, packetIns) : null;
            OverheadRun second = Measure(layered, packetIns);
            taken.Add(new OverheadPair(first ?? Measure(direct, packetIns), second));
            ended(taken[^1]);
        }
        return new OverheadResult(plan.Scenario, "in process, one thread", taken);
    }

    /// <summary>Until the runtime has made its best code, which it does in the background, and every buffer has its
    /// size.</summary>
    private static void WarmUp(InProcessRig direct, InProcessRig layered, int packetIns)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            direct.Answer(packetIns);
            layered.Answer(packetIns);
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
    }

    private static OverheadRun Measure(InProcessRig rig, int packetIns)
    {
        long messages = rig.Messages;
        long faulty = rig.Faulty;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        rig.Answer(packetIns);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan used = Environment.CpuUsage.TotalTime - cpu;
        return new OverheadRun(
            packetIns / elapsed.TotalSeconds,
            used.TotalNanoseconds / packetIns,
            (double)(rig.Messages - messages) / packetIns,
            (double)(rig.Faulty - faulty) / packetIns);
    }
}
