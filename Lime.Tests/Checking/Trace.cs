using System.Collections.Immutable;
using Lime.OpenFlow;

namespace Lime.Tests.Checking;

/// <summary>A run as hosts and the app saw it: what the checker judges.</summary>
/// <param name="Setting">What the run was about.</param>
/// <param name="Events">In the order in which they happened; the run has come to rest at the end.</param>
internal sealed record Trace(TraceSetting Setting, ImmutableArray<TraceEvent> Events)
{
    /// <summary>The whole trace, a line an event: equal for equal runs.</summary>
    public string Text => string.Join('\n', Events);
}

/// <summary>The one switch that the run has to be a run of, and what surrounds it.</summary>
internal sealed record TraceSetting
{
    /// <summary>The version between app and switch.</summary>
    public required OpenFlowVersion Version { get; init; }

    /// <summary>Which host is at which port of the switch.</summary>
    public required ImmutableSortedDictionary<uint, string> HostAtPort { get; init; }

    /// <summary>Those of them that are no hosts but links to other switches: what comes from there does not depend on
    /// what went there.</summary>
    public ImmutableHashSet<string> Links { get; init; } = [];

    /// <summary>1.3: packets that no rule matches go to the controller all the same (an app is shown a switch whose
    /// misses come up).</summary>
    public bool MissesComeUp { get; init; } = true;

    /// <summary>Whether a switch may refuse an ADD as if its table were full: a fault that is the run's own.</summary>
    public bool MayRefuse { get; init; }

    /// <summary>Whether the packets of one host cross the switch in the order in which it sent them.</summary>
    /// <remarks>A cable keeps order. Where an attachment moves, packets on the longer old way may be overtaken by
    /// those on the new one, and packets held for an update by those behind them: then only what depends on one another
    /// (received, then sent) is in order.</remarks>
    public bool HostsKeepOrder { get; init; }

    /// <summary>Whether counters of rules with timeouts may fall short: in 1.0 a rule whose time is taken over is added
    /// again, which zeroes them, and what met it between the last reading and then is not known.</summary>
    public bool TimedCountersMayMiss { get; init; }

    /// <summary>Whether in 1.0, where packet-ins name no rule, a packet that a rule sends up may count under the rule
    /// before or behind a change of it: while a guard is being installed there is no telling.</summary>
    public bool CountersMaySlip { get; init; }

    /// <summary>What a meter may let through ahead, besides its burst, in seconds at its rate: a switch that is given a
    /// changed meter measures anew, of which the specification says nothing, and while a meter is divided its parts are
    /// changed.</summary>
    public double MeterAheadSeconds { get; init; }

    /// <summary>How old the numbers in statistics may be at the most: a switch that credits its rules now and
    /// then.</summary>
    public TimeSpan CounterLag { get; init; }

    /// <summary>By which fraction switches' clocks may be wrong.</summary>
    public double ClockSkewFraction { get; init; }

    /// <summary>How late a rule may run out of time, behind the longest that its clock allows.</summary>
    public TimeSpan ExpiryLateMax { get; init; } = TimeSpan.FromSeconds(3);
}
