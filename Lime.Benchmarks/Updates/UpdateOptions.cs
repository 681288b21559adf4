using Lime.OpenFlow;

namespace Lime.Benchmarks.Updates;

/// <summary>How often, and for how long.</summary>
internal sealed record UpdateOptions
{
    public required OpenFlowVersion Version { get; init; }

    /// <summary>Through each instance.</summary>
    public required int PacketsPerSecond { get; init; }

    public required int UpdatesPerSecond { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>One way.</summary>
    public required TimeSpan ControlDelay { get; init; }
}
