namespace Lime.Tests.Checking;

/// <summary>Takes the events of a run, in their order.</summary>
internal interface ITraceSink
{
    /// <summary>The virtual time, for the next event.</summary>
    TimeSpan Now { get; }

    void Add(TraceEvent traceEvent);

    /// <summary>Keeps a place for an event of now that is known in full only later: a command gets its xid when it has
    /// been sent, and what it causes at once has to come behind it.</summary>
    int Reserve();

    /// <summary>The event for a place that was kept.</summary>
    void Fill(int place, TraceEvent traceEvent);
}
