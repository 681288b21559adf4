using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>What many runs had in them: runs in which nothing happens prove nothing.</summary>
internal sealed class RunSum
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(RunResult result, TraceVerdict verdict)
    {
        CheckCounts counts = verdict.Counts;
        Count("runs", 1);
        Count("runs that failed", verdict.IsExplained && result.HasEnded ? 0 : 1);
        Count("events", result.Trace.Events.Length);
        Count("migrations completed", result.Completed);
        if (result.Scenario.Hardship is { } hardship)
        {
            Count($"runs with {hardship}", 1);
            Count($"migrations completed with {hardship}", result.Completed);
            Count("sources lost", result.SourcesLost);
            Count($"commands with {hardship}", counts.Commands);
        }
        Count("migrations aborted", result.Aborted);
        Count("packets placed", counts.PacketsPlaced);
        Count("packets placed before the latest command", counts.PlacedEarlier);
        Count("packets that crossed while commands were under way", counts.CrossedUpdates);
        Count("packets excused by a fault", counts.PacketsExcused);
        Count("commands", counts.Commands);
        Count("expiries", counts.Expiries);
        Count("barriers", counts.Barriers);
        Count("statistics replies", counts.StatisticsReplies);
        Count("flow-removed", counts.FlowRemovals);
        Count("packet-ins", counts.PacketIns);
        Count("errors", counts.Errors);
        Count("packets that a meter let through", counts.Metered);
    }

    /// <summary>How long a run took, without its check.</summary>
    public void Ran(TimeSpan time) => Count("ms of running, the rest was checking", (int)time.TotalMilliseconds);

    /// <summary>Whether there was enough in it to find something.</summary>
    public bool IsTelling(int runs) => runs < 20
        || (_counts["packets placed"] > 50 * runs && _counts["packets placed before the latest command"] > runs
            && _counts["packets that crossed while commands were under way"] > 5 * runs
            && _counts["migrations completed"] > runs / 2 && _counts["migrations aborted"] > 0);

    /// <summary>Whether every hardship was there often enough.</summary>
    public bool IsHardEnough(int runs) => runs < 100
        || (Of("sources lost") > runs / 20 && HardScenarios.Kinds.All(each => Of($"runs with {each}") > runs / 10
            && Of($"migrations completed with {each}") > runs / 20
            && Of($"commands with {each}") > 2 * runs) && Of("packets placed") > 50 * runs);

    /// <summary>Whether enough passed meters.</summary>
    public bool IsMeteredEnough(int runs) => runs < 20
        || (Of("packets that a meter let through") > 2 * runs && Of("commands with Pipeline") > 10 * runs);

    public override string ToString() => string.Join('\n', _counts.Select(each => $"{each.Value,10} {each.Key}"));

    private int Of(string what) => _counts.GetValueOrDefault(what);

    private void Count(string what, int number) => _counts[what] = _counts.GetValueOrDefault(what) + number;
}
