using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a packet that a guard held counts once, under the rule by which it leaves (H-32). Method: s3 is slow
/// to confirm the guard, so that s4's packets wait.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class HeldCountTests(OpenFlowVersion version)
{
    private const ushort Port = 7;

    [Test]
    public void Held_packets_of_a_rule_that_goes_count_under_the_one_beneath()
    {
        using var lab = new FigureThreeBed(version);
        FlowMod above = Rule with { Flags = FlowModFlags.SendFlowRemoved };
        lab.Bed.Send(lab.Moved, above);
        lab.Bed.Barrier(lab.Moved);
        IMigration migration = lab.StartAndStopHalfway();
        int arrived = 0;
        lab.H2.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram _) => arrived++);
        Ask(lab, 5);
        lab.Bed.RunMs(10);
        HoldWhile(lab, above with { Command = FlowModCommand.DeleteStrict }, 10);
        Assert.That(arrived, Is.EqualTo(15));
        Assert.That(lab.Moved.Updates.Counts.Held, Is.EqualTo(10));
        Assert.That(lab.App.Removed.Single().Message.PacketCount, Is.EqualTo(5), "its own");
        Assert.That(CountOf(lab, 100), Is.EqualTo(10), "the held ones");
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That(CountOf(lab, 100), Is.EqualTo(10));
    }

    [Test]
    public void Held_packets_of_a_new_rule_count_under_it()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        HoldWhile(lab, Rule, 10);
        Ask(lab, 3);
        lab.Bed.RunMs(10);
        Assert.That(lab.Moved.Updates.Counts.Held, Is.EqualTo(10));
        Assert.That((CountOf(lab, 300), CountOf(lab, 100)), Is.EqualTo((13ul, 0ul)));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That((CountOf(lab, 300), CountOf(lab, 100)), Is.EqualTo((13ul, 0ul)));
    }

    private static FlowMod Rule =>
        ControllerBed.Forward(1, 2, 300) with { Match = FigureThreeBed.UdpTo(Port) };

    private static void HoldWhile(FigureThreeBed lab, FlowMod change, int packets)
    {
        lab.S3.StallControl(true);
        lab.Bed.Send(lab.Moved, change);
        lab.Bed.RunMs(5);
        Ask(lab, packets);
        lab.Bed.RunMs(10);
        lab.S3.StallControl(false);
        lab.Bed.RunMs(30);
    }

    private static void Ask(FigureThreeBed lab, int count)
    {
        for (int i = 0; i < count; i++) lab.H1.SendUdp(lab.H2.Ip, Port, Port, [(byte)i]);
    }

    private static ulong CountOf(FigureThreeBed lab, ushort priority)
    {
        FlowStatistics[] flows = [.. lab.Bed.Flows(lab.Moved).Where(each => each.Priority == priority)];
        return flows.Aggregate(0ul, (sum, each) => sum + each.PacketCount);
    }
}
