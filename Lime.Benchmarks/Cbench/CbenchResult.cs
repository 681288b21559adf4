using Lime.Benchmarks.Processes;

namespace Lime.Benchmarks.Cbench;

/// <summary>What came of one test.</summary>
internal sealed record CbenchResult
{
    public required int Switches { get; init; }

    /// <summary>The loops that count.</summary>
    public required IReadOnlyList<CbenchWindow> Counted { get; init; }

    public required CbenchTotals Totals { get; init; }

    /// <summary>Of the loops that count; null in throughput mode, where what is outstanding has no bound and a latency
    /// would say how large the buffers are.</summary>
    public LatencySummary? Latency { get; init; }

    /// <summary>What the controller's process used in the loops that count; null if it was not looked at.</summary>
    public ProcessCost? Controller { get; init; }

    /// <summary>Processor time of the generator in the loops that count, in seconds: when it is near its threads' share
    /// of a core, the generator is what was measured.</summary>
    public double GeneratorCpuSeconds { get; init; }

    /// <summary>What went wrong, and how often.</summary>
    public IReadOnlyList<(string Failure, int Count)> Failures { get; init; } = [];

    /// <summary>Packet-ins answered in the loops that count.</summary>
    public long AnsweredCounted => Counted.Sum(each => each.Answered);

    public double AnsweredPerSecond => Counted.Sum(each => each.Answered) / Counted.Sum(each => each.ElapsedMs) * 1000;

    /// <summary>Whether every packet-in got one right answer and nothing else.</summary>
    public bool IsClean => Failures.Count == 0
        && Totals is { Unanswered: 0, Duplicates: 0, Wrong: 0, Errors: 0 };
}
