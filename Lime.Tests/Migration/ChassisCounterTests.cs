using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: counters that belong to no rule go on over a migration too (H-50, H-51). Method: they are read every
/// 10 ms while s3 moves there and back under pings, and compared with what was sent in the end.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class ChassisCounterTests(OpenFlowVersion version)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly List<ulong[]> _readings = [];

    [SetUp]
    public void Forget() => _readings.Clear();

    [Test]
    public void Port_and_table_counters_never_go_down_and_end_exact()
    {
        using var lab = new FigureThreeBed(version);
        using ITimer poll = lab.Bed.Loop.Time.CreateTimer(_ => _ = ReadAsync(lab.Moved), null, Interval, Interval);
        Pinger pings = lab.StartPings();
        lab.Bed.RunMs(20);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan(to: 3)));
        pings.Stop();
        lab.Bed.RunMs(100);
        for (int i = 1; i < _readings.Count; i++)
        {
            IEnumerable<bool> isNotLess = _readings[i].Zip(_readings[i - 1], (now, before) => now >= before);
            Assert.That(isNotLess, Is.All.True, $"reading {i}");
        }
        ulong sent = (ulong)pings.Records.Count;
        // Port 1 and 2, received and sent each; then the table's lookups and matches. Each ping passes twice.
        Assert.That(_readings[^1], Is.EqualTo(new[] { sent, sent, sent, sent, 2 * sent, 2 * sent }));
        Assert.That(_readings, Has.Count.GreaterThan(20));
    }

    /// <remarks>H-51: in 1.3 what no rule matches goes up by a rule of Lime's own, which no app's switch has; in 1.0 it
    /// does so by itself. The answers are the same.</remarks>
    [Test]
    public void Packets_that_match_no_rule_of_an_app_are_looked_up_and_not_matched()
    {
        using var lab = new FigureThreeBed(version);
        FlowMod path = ControllerBed.Forward(1, 2) with { Command = FlowModCommand.DeleteStrict };
        var catchAll = new FlowMod { Priority = 0, Actions = ActionList.Output(new PortNumber(2)) };
        lab.Bed.Send(lab.Moved, path);
        lab.Bed.Barrier(lab.Moved);
        Assert.That(AfterPackets(lab, 5), Is.EqualTo((5ul, 0ul)));
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        Assert.That(AfterPackets(lab, 3), Is.EqualTo((8ul, 0ul)));
        lab.Bed.Send(lab.Moved, catchAll);
        lab.Bed.Barrier(lab.Moved);
        Assert.That(AfterPackets(lab, 2), Is.EqualTo((10ul, 2ul)));
        lab.Bed.Send(lab.Moved, catchAll with { Command = FlowModCommand.DeleteStrict });
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);
        Assert.That(AfterPackets(lab, 1), Is.EqualTo((11ul, 2ul)));
        Assert.That(AfterPackets(lab, 6), Is.EqualTo((17ul, 2ul)));
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan(to: 3)));
        Assert.That(AfterPackets(lab, 0), Is.EqualTo((17ul, 2ul)));
        Assert.That(lab.App.PacketIns, Has.Count.EqualTo(15));
    }

    private static (ulong Lookups, ulong Matches) AfterPackets(FigureThreeBed lab, int count)
    {
        for (int i = 0; i < count; i++) lab.H1.SendUdp(lab.H2.Ip, 7, 7, []);
        lab.Bed.RunMs(20);
        TableStatistics table = lab.Bed.Await(() => lab.Moved.GetTableStatisticsAsync())[0];
        return (table.LookupCount, table.MatchedCount);
    }

    private static void AssertCompleted(MigrationProgress end) =>
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);

    private async Task ReadAsync(VirtualSwitch virtualSwitch)
    {
        ImmutableArray<PortStatistics> ports = await virtualSwitch.GetPortStatisticsAsync(PortNumber.Any);
        TableStatistics table = (await virtualSwitch.GetTableStatisticsAsync())[0];
        IEnumerable<ulong> ofPorts = ports.SelectMany(each => new[] { each.ReceivedPackets, each.SentPackets });
        _readings.Add([.. ofPorts, table.LookupCount, table.MatchedCount]);
    }
}
