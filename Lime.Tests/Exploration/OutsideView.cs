using Lime.Tests.Checking;
using Lime.Tests.Exploration.Search;
using Lime.Tests.Simulation;

namespace Lime.Tests.Exploration;

/// <summary>Records what hosts and the app see, and notes whether the step under way let something out of the system or
/// in.</summary>
internal sealed class OutsideView(TraceLog log) : ITraceSink
{
    public TimeSpan Now => log.Now;

    public Footprint Touched { get; private set; }

    public void Begin() => Touched = default;

    public void Add(TraceEvent traceEvent)
    {
        log.Add(traceEvent);
        Touched |= FootprintOf(traceEvent);
    }

    public int Reserve() => log.Reserve();

    public void Fill(int place, TraceEvent traceEvent)
    {
        log.Fill(place, traceEvent);
        Touched |= FootprintOf(traceEvent);
    }

    private static Footprint FootprintOf(TraceEvent traceEvent) => traceEvent switch
    {
        HostSent or CommandSent or RequestSent => Footprint.Add(Subjects.Outside),
        Remark or SerialClaim => default,
        _ => Footprint.Read(Subjects.Outside),
    };
}
