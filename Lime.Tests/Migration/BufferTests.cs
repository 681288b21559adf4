using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: the packets that apps name by a buffer id are those of one switch, whichever instance had them and
/// whether it still lives (H-01 to H-06). Method: a rule asks for 60 bytes of each packet; h1's come up at s4, h2's at
/// s3.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class BufferTests(OpenFlowVersion version)
{
    private const ushort Port = 8;
    private const ushort Asked = 60;
    private static readonly PortNumber One = new(1);
    private static readonly PortNumber Two = new(2);

    private readonly List<string> _arrived = [];

    /// <remarks>H-01, H-06.</remarks>
    [Test]
    public void Packets_of_both_instances_leave_once_and_whole_by_ids_of_their_own()
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        (PacketSeen first, PacketSeen second) = AskBothWays(lab);
        Assert.That(first.Buffer, Is.Not.EqualTo(second.Buffer));
        SendOut(lab, first.Buffer, One, Two);
        SendOut(lab, second.Buffer, Two, One);
        lab.Bed.RunMs(20);
        Assert.That(Arrived, Is.EqualTo("h1 100 h2 100"));
        Assert.That(lab.App.Errors, Is.Empty);
        lab.ReleaseAndFinish(migration);
    }

    /// <remarks>H-03.</remarks>
    [Test]
    public void A_packet_whose_instance_has_gone_leaves_all_the_same()
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        (_, PacketSeen ofSource) = AskBothWays(lab);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        SendOut(lab, ofSource.Buffer, Two, One);
        lab.Bed.RunMs(20);
        Assert.That(Arrived, Is.EqualTo("h1 100"));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    /// <remarks>H-05: what a switch says, once, with the id that the app was given and the bytes that it
    /// sent.</remarks>
    [Test]
    public void A_packet_is_sent_once_and_then_refused([Values] bool isCloned)
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        if (!isCloned) lab.ReleaseAndFinish(migration);
        (PacketSeen seen, _) = AskBothWays(lab);
        SendOut(lab, seen.Buffer, One, Two);
        lab.Bed.RunMs(5);
        if (isCloned) Assert.That(lab.App.Errors, Is.Empty);
        Xid second = SendOut(lab, seen.Buffer, One, Two);
        lab.Bed.RunMs(20);
        Assert.That(Arrived, Is.EqualTo("h2 100"));
        (Xid xid, ErrorMessage error) = lab.App.Errors.Single();
        Assert.That((xid, error.Type, error.Code),
            Is.EqualTo((second, ErrorType.BadRequest, ErrorCodes.BufferEmpty)));
        Assert.That(error.Bytes[1], Is.EqualTo(13), "OFPT_PACKET_OUT");
        Xid third = SendOut(lab, new BufferId(seen.Buffer.Value + 100), One, Two);
        lab.Bed.RunMs(20);
        Assert.That((lab.App.Errors[^1].Xid, lab.App.Errors[^1].Error.Code),
            Is.EqualTo((third, ErrorCodes.BufferUnknown)));
        if (isCloned) lab.ReleaseAndFinish(migration);
    }

    /// <remarks>H-04: the packet that a flow-mod names leaves by it, once it is effective everywhere.</remarks>
    [Test]
    public void A_rule_that_names_a_packet_lets_it_go([Values] bool isCloned)
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        if (!isCloned) lab.ReleaseAndFinish(migration);
        (PacketSeen seen, _) = AskBothWays(lab);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 400) with
        {
            Match = FigureThreeBed.UdpTo(Port), BufferId = seen.Buffer,
        });
        lab.Bed.RunMs(30);
        Assert.That(Arrived, Is.EqualTo("h2 100"));
        Assert.That(lab.App.Errors, Is.Empty);
        Assert.That(lab.Bed.Flows(lab.Moved).Single(each => each.Priority == 400).PacketCount, Is.EqualTo(1));
        if (isCloned) lab.ReleaseAndFinish(migration);
    }

    /// <remarks>H-05: an id of before is the former source's; the target has other packets under the same
    /// numbers.</remarks>
    [Test]
    public void An_id_of_before_the_migration_never_means_another_packet()
    {
        using FigureThreeBed lab = NewLab();
        AskBothWays(lab);
        BufferId before = lab.App.PacketIns[0].Buffer;
        lab.Migrate(FigureThreeBed.Plan());
        for (int i = 0; i < 5; i++) AskBothWays(lab);
        Xid late = SendOut(lab, before, One, Two);
        lab.Bed.RunMs(20);
        Assert.That(_arrived, Is.Empty);
        Assert.That(lab.App.Errors.Single().Xid, Is.EqualTo(late));
    }

    /// <remarks>H-10: the port that a packet-out names is a virtual one, or none; a port that isn't there is an
    /// error.</remarks>
    [Test]
    public void A_packet_out_floods_from_its_virtual_port()
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        byte[] frame = FrameTo(lab);
        SendOut(lab, BufferId.None, One, PortNumber.Flood, frame);
        SendOut(lab, BufferId.None, One, PortNumber.InPort, frame);
        lab.Bed.RunMs(20);
        Assert.That(Arrived, Is.EqualTo("h2 100"), "not back by FLOOD");
        Assert.That(lab.H1.Counters.Ignored, Is.EqualTo(1), "back by IN_PORT, though it is for h2");
        SendOut(lab, BufferId.None, One, One, frame);
        SendOut(lab, BufferId.None, new PortNumber(7), Two, frame);
        lab.Bed.RunMs(20);
        Assert.That((_arrived.Count, lab.H1.Counters.Ignored), Is.EqualTo((1, 1)), "an output to its own port drops (H-13)");
        Assert.That(lab.App.Errors, Has.Count.EqualTo(1));
        lab.ReleaseAndFinish(migration);
    }

    private string Arrived => string.Join(' ', _arrived.Order());

    private FigureThreeBed NewLab()
    {
        _arrived.Clear();
        var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, new FlowMod
        {
            Match = FigureThreeBed.UdpTo(Port),
            Priority = 300,
            Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller, Asked)),
        });
        lab.Bed.Barrier(lab.Moved);
        lab.H1.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram each) => _arrived.Add($"h1 {each.Payload.Length}"));
        lab.H2.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram each) => _arrived.Add($"h2 {each.Payload.Length}"));
        return lab;
    }

    /// <returns>What the app saw of h1's packet, and of h2's.</returns>
    private static (PacketSeen FromOne, PacketSeen FromTwo) AskBothWays(FigureThreeBed lab)
    {
        int before = lab.App.PacketIns.Count;
        lab.H1.SendUdp(lab.H2.Ip, Port, Port, new byte[100]);
        lab.H2.SendUdp(lab.H1.Ip, Port, Port, new byte[100]);
        lab.Bed.RunMs(20);
        PacketSeen[] seen = [.. lab.App.PacketIns.Skip(before)];
        Assert.That(seen, Has.Length.EqualTo(2));
        Assert.That(seen.Select(each => (each.Frame.Length, each.TotalBytes)), Is.All.EqualTo((60, (ushort)142)));
        Assert.That(seen.Select(each => each.Buffer), Has.None.EqualTo(BufferId.None));
        return (seen.Single(each => each.InPort == One), seen.Single(each => each.InPort == Two));
    }

    private static byte[] FrameTo(FigureThreeBed lab)
    {
        byte[] frame = [];
        lab.Bed.Network.Tap = (in FrameEvent each) =>
        {
            if (each.From.Node == "h1") frame = each.Frame.ToArray();
        };
        lab.H1.SendUdp(lab.H2.Ip, Port, Port, new byte[100]);
        lab.Bed.RunMs(20);
        return frame;
    }

    private static Xid SendOut(
        FigureThreeBed lab, BufferId buffer, PortNumber inPort, PortNumber to, byte[]? frame = null) =>
        lab.Bed.Do(() => lab.Moved.Send(new PacketOut
        {
            BufferId = buffer,
            InPort = inPort,
            Actions = ActionList.Output(to),
            Data = frame,
        })).Xid;
}
