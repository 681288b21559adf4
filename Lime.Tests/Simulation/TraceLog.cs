using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>Keeps the events of one run on one loop, of hosts, of the app and of the serial order that Lime
/// claims.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class TraceLog(EventLoop loop) : ITraceSink
{
    private readonly List<TraceEvent> _events = [];

    public TimeSpan Now => TimeSpan.FromTicks(loop.Time.GetTimestamp());

    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary>How many commands of the app still wait for their place in the order.</summary>
    public int Unclaimed { get; private set; }

    public void Add(TraceEvent traceEvent) => _events.Add(traceEvent);

    public int Reserve()
    {
        _events.Add(new Remark(Now, "something was begun and not ended"));
        return _events.Count - 1;
    }

    public void Fill(int place, TraceEvent traceEvent)
    {
        _events[place] = traceEvent;
        if (traceEvent is CommandSent) Unclaimed++;
    }

    public void Remark(string what) => Add(new Remark(Now, what));

    /// <summary>Listens to what a virtual switch claims.</summary>
    public void Follow(VirtualSwitch virtualSwitch) => virtualSwitch.SerialOrder = Claim;

    public Trace ToTrace(TraceSetting setting) => new(setting, [.. _events]);

    private void Claim(SerialOrderEntry entry)
    {
        if (entry.Rule is null) Unclaimed--;
        Add(entry switch
        {
            { Rule: { } rule } => new ExpiryClaimed(
                Now, new ClaimedRule(rule.Table, rule.Match, rule.Priority), entry.Reason),
            { IsLost: true } => new CommandLost(Now, entry.Xid),
            _ => new CommandClaimed(Now, entry.Xid),
        });
    }
}
