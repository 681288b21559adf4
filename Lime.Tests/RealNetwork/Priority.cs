namespace Lime.Tests.RealNetwork;

/// <summary>How the programs that forward, send and count packets are started.</summary>
/// <remarks>On a machine that is busy with other things they would wait for a processor, up to 360 ms were seen; what the
/// network loses or delays meanwhile would be counted against the controller. Niceness does not help: with
/// automatic task groups (<c>sched_autogroup_enabled</c>) it only weighs the processes of one session against each other,
/// and every daemon is a session of its own.</remarks>
internal static class Priority
{
    private static readonly IReadOnlyList<string> RealTime = ["chrt", "--rr", "10"];

    private static readonly Lazy<IReadOnlyList<string>> Best = new(Choose);

    /// <summary>Put before a command line: before every ordinary program, if the machine allows that to
    /// us; if not, nice says so, too, and runs the program all the same.</summary>
    public static IReadOnlyList<string> High => Best.Value;

    private static IReadOnlyList<string> Choose()
    {
        bool isAllowed = Tools.Find(RealTime[0]) is not null && Command.TryRun([.. RealTime, "true"]).ExitCode == 0;
        return isAllowed ? RealTime : ["nice", "-n", "-15"];
    }
}
