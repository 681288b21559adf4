using System.Collections.Immutable;

namespace Lime.Tests.Checking;

/// <summary>When faults that lose packets went on.</summary>
internal sealed class LossWindows
{
    /// <summary>How long before a fault a packet may have been sent that it catches: longer than any way through a
    /// network and a controller that holds it.</summary>
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    /// <summary>As <see cref="Transit"/>, to a host that stands still; no fault holds its packets up.</summary>
    private static readonly TimeSpan TransitToHost = TimeSpan.FromMilliseconds(40);

    private readonly List<(TimeSpan From, TimeSpan To, string Host)> _hostWindows = [];
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

    /// <summary>Whether a host may not be given what it is sent then.</summary>
    public bool MayLoseTo(string host, TimeSpan sentAt) => _hostWindows.Exists(each =>
        each.Host == host && sentAt >= each.From - TransitToHost && sentAt <= each.To);

    /// <summary>The hosts that may not be given what they are sent then.</summary>
    public ImmutableHashSet<string> LosableAt(TimeSpan sentAt) =>
        [.. _hostWindows.Select(each => each.Host).Where(host => MayLoseTo(host, sentAt))];

    /// <summary>Whether a rule may not have counted a packet that met it.</summary>
    public bool MayMissCount(TimeSpan sentAt) =>
        _countWindows.Exists(each => sentAt >= each.From - Transit && sentAt <= each.To);

    private void Add(LossBegan began, TimeSpan to)
    {
        if (began.Host is { } host)
        {
            _hostWindows.Add((began.At, to, host));
            return;
        }
        _windows.Add((began.At, to));
        if (began.CountsLostSince is { } since) _countWindows.Add((since, to));
    }
}
