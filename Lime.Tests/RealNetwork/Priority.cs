namespace Lime.Tests.RealNetwork;

/// <summary>How the programs that forward, send and count packets are started.</summary>
internal static class Priority
{
    private static readonly IReadOnlyList<string> RealTime = ["chrt", "--rr", "10"];

    private static readonly Lazy<IReadOnlyList<string>> BestForSwitches = new(Choose);

    /// <summary>Put before the command line of ping or iperf3.</summary>
    /// <remarks>No real time for them: ping, at 1,000 packets a second, looks for answers without a pause and would
    /// keep a processor from everything else. It needs none: while it waits, it sends nothing that
    /// could be lost. Where nice is not allowed it says so and runs the program all the same.</remarks>
    public static readonly IReadOnlyList<string> High = ["nice", "-n", "-15"];

    /// <summary>Put before a switch's command line: before every ordinary program, if the machine
    /// allows that to us.</summary>
    /// <remarks>On a machine that is busy with other things a switch would wait for a processor, 360 ms
    /// were seen, and what its ports' buffers cannot hold is lost. Niceness does not help it: with
    /// automatic task groups (<c>sched_autogroup_enabled</c>) that only weighs the processes of one
    /// session against each other, and every daemon is a session of its own.</remarks>
    public static IReadOnlyList<string> HighestForSwitches => BestForSwitches.Value;

    private static IReadOnlyList<string> Choose()
    {
        bool isAllowed = Tools.Find(RealTime[0]) is not null && Command.TryRun([.. RealTime, "true"]).ExitCode == 0;
        return isAllowed ? RealTime : High;
    }
}
