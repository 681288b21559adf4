namespace Lime.Tests.Checking;

/// <summary>When faults that lose packets went on.</summary>
internal sealed class LossWindows
{
    /// <summary>How long before a fault a packet may have been sent that it catches: longer than any way through a
    /// network and a controller that holds it.</summary>
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    private readonly List<(TimeSpan From, TimeSpan To)> _windows = [];
    private readonly List<(TimeSpan From, TimeSpan To)> _countWindows = [];

    public LossWindows(Trace trace)
    {
        Dictionary<string, LossBegan> open = [];
        foreach (TraceEvent each in trace.Events)
        {
            if (each is LossBegan began) open.TryAdd(began.Cause, began);
            else if (each is LossEnded ended && open.Remove(ended.Cause, out LossBegan? from)) Add(from, ended.At);
        }
        foreach (LossBegan from in open.Values) Add(from, TimeSpan.MaxValue);
    }

    public bool Any => _windows.Count > 0;

    public bool MayLose(TimeSpan sentAt) =>
        _windows.Exists(each => sentAt >= each.From - Transit && sentAt <= each.To);

    /// <summary>Whether a rule may not have counted a packet that met it.</summary>
    public bool MayMissCount(TimeSpan sentAt) =>
        _countWindows.Exists(each => sentAt >= each.From - Transit && sentAt <= each.To);

    private void Add(LossBegan began, TimeSpan to)
    {
        _windows.Add((began.At, to));
        if (began.CountsLostSince is { } since) _countWindows.Add((since, to));
    }
}
