using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>An app that reads its rules' counters again and again, and notes each that went
/// down.</summary>
/// <remarks>Life cycle: reads from construction until <see cref="StopAsync"/>.</remarks>
internal sealed class CounterWatch
{
    private readonly MigrationLab _lab;
    private readonly TimeSpan _interval;
    private readonly ushort? _priority;
    private readonly Dictionary<(Match Match, ushort Priority), ulong> _last = [];
    private readonly List<string> _falls = [];
    private readonly Task _reading;
    private volatile bool _isStopping;

    /// <param name="lab">Whose rules.</param>
    /// <param name="interval">Between the beginnings of two readings, if one has ended by then.</param>
    /// <param name="priority">Of the rules to watch, if not all.</param>
    public CounterWatch(MigrationLab lab, TimeSpan interval, ushort? priority = null)
    {
        _priority = priority;
        _interval = interval;
        _lab = lab;
        _reading = ReadAsync();
    }

    /// <summary>How often all counters were read.</summary>
    public int ReadingCount { get; private set; }

    /// <summary>Reads a last time.</summary>
    /// <returns>Every time a counter went down or a rule was missing, in words.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        _isStopping = true;
        await _reading;
        return _falls;
    }

    private async Task ReadAsync()
    {
        using PeriodicTimer timer = new(_interval);
        while (!_isStopping)
        {
            Compare(await ReadOnceAsync());
            await timer.WaitForNextTickAsync();
        }
        Compare(await ReadOnceAsync());
    }

    private async Task<IReadOnlyList<FlowStatistics>> ReadOnceAsync() =>
        [.. (await _lab.ReadShadowTableAsync()).Where(rule => _priority is null || rule.Priority == _priority)];

    private void Compare(IReadOnlyList<FlowStatistics> rules)
    {
        if (rules.Count < _last.Count)
            _falls.Add($"{rules.Count} rules where there were {_last.Count}");
        foreach (FlowStatistics rule in rules)
        {
            ulong before = _last.GetValueOrDefault((rule.Match, rule.Priority));
            if (rule.PacketCount < before)
                _falls.Add($"reading {ReadingCount}, {rule.Match}: {rule.PacketCount} after {before}");
            _last[(rule.Match, rule.Priority)] = rule.PacketCount;
        }
        ReadingCount++;
    }
}
