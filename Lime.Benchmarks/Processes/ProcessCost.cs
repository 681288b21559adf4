namespace Lime.Benchmarks.Processes;

/// <summary>What a process used while it was measured.</summary>
internal sealed record ProcessCost
{
    /// <summary>Processor time of all its threads, in user and kernel mode, in seconds.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>The largest resident memory that was seen, in bytes.</summary>
    public required long ResidentBytesMax { get; init; }

    /// <summary>Pauses of all threads for garbage collection; null if it is not a .NET process (or has its diagnostics
    /// off).</summary>
    public GcPauseSummary? Pauses { get; init; }
}
