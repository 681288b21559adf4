namespace Lime.Tests.Checking;

/// <summary>When faults that lose packets went on.</summary>
internal sealed class LossWindows
{
    /// <summary>How long before a fault a packet may have been sent that it catches: longer than any way through a
    /// network and a controller that holds it.</summary>
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    private readonly List<(TimeSpan From, TimeSpan To)> _windows = [];

    public LossWindows(Trace trace)
    {
        Dictionary<string, TimeSpan> open = [];
        foreach (TraceEvent each in trace.Events)
        {
            if (each is LossBegan began) open.TryAdd(began.Cause, began.At);
            else if (each is LossEnded ended && open.Remove(ended.Cause, out TimeSpan from))
                _windows.Add((from, ended.At));
        }
        foreach (TimeSpan from in open.Values) _windows.Add((from, TimeSpan.MaxValue));
    }

    public bool Any => _windows.Count > 0;

    public bool MayLose(TimeSpan sentAt) =>
        _windows.Exists(each => sentAt >= each.From - Transit && sentAt <= each.To);
}
