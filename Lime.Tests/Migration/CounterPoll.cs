using Lime.Core.Apps;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;

namespace Lime.Tests.Migration;

/// <summary>An app that reads a switch's rules every 10 ms and notes every counter that goes down.</summary>
internal sealed class CounterPoll : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<(Match Match, ushort Priority), FlowStatistics> _last = [];
    private readonly IVirtualSwitch _switch;
    private readonly ITimer _timer;

    public CounterPoll(ControllerBed bed, IVirtualSwitch virtualSwitch)
    {
        _switch = virtualSwitch;
        _timer = bed.Loop.Time.CreateTimer(_ => _ = ReadAsync(), null, Interval, Interval);
    }

    public int Readings { get; private set; }

    public int Failures { get; private set; }

    public List<string> Drops { get; } = [];

    public void Dispose() => _timer.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            var flows = await _switch.GetFlowsAsync(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
            Readings++;
            foreach (FlowStatistics each in flows) Compare(each);
        }
        catch (OpenFlowRequestException)
        {
            Failures++;
        }
    }

    private void Compare(FlowStatistics now)
    {
        (Match, ushort) key = (now.Match, now.Priority);
        if (_last.TryGetValue(key, out FlowStatistics? before))
        {
            bool isLess = now.PacketCount < before.PacketCount || now.ByteCount < before.ByteCount
                || now.Duration < before.Duration;
            if (isLess) Drops.Add($"{now.Match}: {before.PacketCount} then {now.PacketCount}");
        }
        _last[key] = now;
    }
}
