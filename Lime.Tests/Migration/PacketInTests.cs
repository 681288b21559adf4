using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: what comes up while a switch moves is what one switch would send up.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class PacketInTests(OpenFlowVersion version)
{
    private const ushort Port = 8;

    [Test]
    public void Each_packet_comes_up_once_in_order_by_its_virtual_port([Range(1, 3)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        lab.Bed.Send(lab.Moved, ToController);
        lab.Bed.Barrier(lab.Moved);
        ushort sent = 0;
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        ITimer sender = lab.Bed.Loop.Time.CreateTimer(
            _ => lab.H1.SendUdp(lab.H2.Ip, ++sent, Port, [1]), null, interval, interval);
        lab.Bed.RunMs(20);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
        lab.Bed.RunMs(20);
        sender.Dispose();
        lab.Bed.RunMs(20);
        Assert.That(lab.App.PacketIns.Select(NumberOf), Is.EqualTo(Enumerable.Range(1, sent)));
        Assert.That(lab.App.PacketIns.Select(each => each.InPort), Is.All.EqualTo(new PortNumber(1)));
        Assert.That(lab.App.PacketIns.Select(each => each.Switch), Is.All.EqualTo("s3"));
        Assert.That(lab.App.PacketIns.Select(each => each.Reason), Is.All.EqualTo(PacketInReason.Action));
    }

    /// <remarks>Here s1 sends a kind of packets to s4 from the start, though nobody told it to. An empty spare of 1.0
    /// sends them up as misses; behind its fence the target sends up nothing at all (H-65).</remarks>
    [Test]
    public void What_the_target_sends_up_before_it_is_active_is_not_shown()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { OtherRules = 200 });
        lab.Bed.Send(lab.Moved, ToController);
        lab.Bed.Barrier(lab.Moved);
        FlowMod stray = ControllerBed.Forward(1, 3, 999) with { Match = FigureThreeBed.UdpTo(Port) };
        lab.Bed.Network.Switch("s1").Install(stray);
        TimeSpan interval = TimeSpan.FromMilliseconds(0.5);
        using ITimer sender = lab.Bed.Loop.Time.CreateTimer(
            _ => lab.H1.SendUdp(lab.H2.Ip, Port, Port, [1]), null, interval, interval);
        lab.Bed.RunMs(20);
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, MigrationPhase.Cloning);
        Assert.That(lab.Bed.RunUntil(() => lab.S4.Flows.Any(each => each.Cookie == Fence.Mark)), Is.True);
        (long sentBefore, long seenBefore) = (lab.S4.Counters.PacketInsSent, lab.S4.Counters.Matches);
        Assert.That(sentBefore > 10, Is.EqualTo(version == OpenFlowVersion.V10), "there was something to hide");
        Assert.That(lab.Bed.RunUntil(() => lab.Moved.Live.Count == 2), Is.True);
        Assert.That(lab.S4.Counters.Matches - seenBefore, Is.GreaterThan(10), "the fence had something to stop");
        Assert.That(lab.S4.Counters.PacketInsSent, Is.EqualTo(sentBefore), "packets that got past the fence");
        Assert.That(lab.App.PacketIns, Is.Empty);
        lab.Finish(migration);
        Assert.That(lab.App.PacketIns, Is.Not.Empty);
        Assert.That(lab.App.PacketIns.Select(each => each.InPort), Is.All.EqualTo(new PortNumber(1)));
    }

    /// <remarks>H-12: floods by explicit lists, at the switch that moves and at its neighbours.</remarks>
    [Test]
    public void Floods_arrive_once_and_are_counted_once([Range(1, 3)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        foreach (string name in new[] { "s1", "s2", "s3" })
        {
            lab.Bed.Send(lab.Bed.Virtual(name), new FlowMod { Priority = 500, Actions = ActionList.Flood });
            lab.Bed.Barrier(lab.Bed.Virtual(name));
        }
        Pinger pinger = lab.StartPings();
        using var poll = new CounterPoll(lab.Bed, lab.Bed.Virtual("s1"));
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        pinger.Stop();
        lab.Bed.RunMs(2000);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates, all.Reordered), Is.EqualTo((0, 0, 0)), all.ToString());
        Assert.That(poll.Drops, Is.Empty);
        foreach (string name in new[] { "s1", "s2", "s3" })
        {
            Assert.That(lab.Bed.Flows(lab.Bed.Virtual(name)).Single(each => each.Priority == 500).PacketCount,
                Is.EqualTo((ulong)pinger.Records.Count * 2), name);
        }
    }

    private static FlowMod ToController => new()
    {
        Match = FigureThreeBed.UdpTo(Port),
        Priority = 300,
        Actions = ActionList.ToController,
    };

    /// <summary>The number that is in the packet's source port.</summary>
    private static int NumberOf(PacketSeen packet) => (packet.Frame[34] << 8) | packet.Frame[35];
}
