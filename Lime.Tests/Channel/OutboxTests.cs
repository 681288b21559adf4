using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Transport;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class OutboxTests
{
    private const int OutboxBytes = 128 * 1024;

    private static readonly ChannelOptions Small = new()
    {
        OutboxBytesMax = OutboxBytes,
        EchoInterval = TimeSpan.FromHours(1),
        OutboxFullTimeout = TimeSpan.FromSeconds(7),
    };

    private static readonly int FlowModBytes = OpenFlowCodecs.V10.SizeOf(new FlowMod());

    /// <summary>Sends numbered flow-mods until one is refused, in turns of 100.</summary>
    private static uint Fill(ChannelRig rig, uint firstXid)
    {
        uint xid = firstXid;
        SendOutcome outcome = SendOutcome.Queued;
        while (outcome == SendOutcome.Queued)
        {
            rig.OnLoop(() =>
            {
                for (int i = 0; i < 100 && outcome == SendOutcome.Queued; i++)
                {
                    outcome = rig.Channel.Send(new Xid(xid), new FlowMod());
                    if (outcome == SendOutcome.Queued) xid++;
                }
            });
        }
        Assert.That(outcome, Is.EqualTo(SendOutcome.OutboxFull));
        return xid;
    }

    [Test]
    public void A_batch_of_packet_ins_is_answered_with_one_flush()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Handler.WhenPacketIn = static (channel, xid) => channel.Send(xid, new FlowMod());
        long before = rig.Channel.Counters.Flushes;
        rig.Peer.SayBytes(
            [.. Enumerable.Repeat(ScriptedPeer.PacketInFrame(), 100).SelectMany(frame => frame)]);
        rig.Settle();
        Assert.That(rig.Peer.HeardOf(MessageKind.FlowMod), Has.Count.EqualTo(100));
        Assert.That(rig.Channel.Counters.Flushes - before, Is.EqualTo(1));
    }

    [Test]
    public void A_peer_that_does_not_read_fills_the_outbox_up_to_its_bound()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        uint count = Fill(rig, 1) - 1;
        // What the transport has taken (up to a segment beyond its pause) does not count as outbox.
        Assert.That(
            count * FlowModBytes,
            Is.GreaterThan(OutboxBytes + InMemoryTransport.PauseBytes - (2 * 64 * 1024)));
        Assert.That(
            count * FlowModBytes,
            Is.LessThan(OutboxBytes + InMemoryTransport.PauseBytes + (2 * 64 * 1024)));
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        Assert.That(
            ((OpenFlowRequestException)barrier.Exception!.InnerException!).Failure,
            Is.EqualTo(RequestFailure.Overloaded));
    }

    [Test]
    public void An_outbox_that_drains_says_so_once_and_loses_and_reorders_nothing()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        uint next = Fill(rig, 1);
        while (rig.Peer.Heard.Count < next - 1)
        {
            int before = rig.Peer.Heard.Count;
            rig.Settle();
            Assert.That(rig.Peer.Heard, Has.Count.GreaterThan(before));
        }
        Assert.That(rig.Handler.Story, Is.EqualTo("drained"));
        uint[] xids = [.. rig.Peer.Heard.Select(frame => FrameHeader.Read(frame).Xid.Value)];
        Assert.That(xids, Is.EqualTo(Enumerable.Range(1, (int)next - 1).Select(i => (uint)i)));
        Assert.That(
            rig.OnLoop(() => rig.Channel.Send(new Xid(1), new FlowMod())),
            Is.EqualTo(SendOutcome.Queued));
    }

    [Test]
    public void A_handler_may_send_on_when_it_hears_of_the_drain()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        Fill(rig, 1);
        rig.Handler.WhenDrained = channel => channel.Send(new Xid(0xabcdef), new FlowMod());
        for (int i = 0; i < 20; i++) rig.Settle();
        Assert.That(rig.Peer.XidOfLast(MessageKind.FlowMod), Is.EqualTo(0xabcdef));
    }

    [Test]
    public void An_outbox_may_be_full_for_its_time_and_not_a_tick_more()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        Fill(rig, 1);
        rig.Pass(Small.OutboxFullTimeout, isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.Empty);
        rig.Pass(TimeSpan.FromTicks(1), isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.EqualTo("closed OutboxFull"));
    }

    [Test]
    public void An_outbox_that_drained_in_time_is_not_closed()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        Fill(rig, 1);
        rig.Pass(Small.OutboxFullTimeout, isPeerListening: false);
        for (int i = 0; i < 20; i++) rig.Settle();
        rig.Pass(Small.OutboxFullTimeout);
        Assert.That(rig.Handler.Story, Is.EqualTo("drained"));
    }

    [Test]
    public void Too_much_for_one_turn_is_refused_and_drains_at_its_end()
    {
        using ChannelRig rig = ChannelRig.Ready(Small);
        SendOutcome last = rig.OnLoop(() =>
        {
            SendOutcome outcome = SendOutcome.Queued;
            while (outcome == SendOutcome.Queued) outcome = rig.Channel.Send(new Xid(1), new FlowMod());
            return outcome;
        });
        rig.Settle();
        Assert.That(last, Is.EqualTo(SendOutcome.OutboxFull));
        Assert.That(rig.Handler.Story, Is.EqualTo("drained"));
    }

    [Test]
    public void What_the_version_cannot_say_is_refused_on_the_senders_line()
    {
        using ChannelRig rig = ChannelRig.Ready();
        var unsayable = new FlowMod { OutPort = new PortNumber(0x12345) };
        Assert.That(
            () => rig.Channel.Send(new Xid(1), in unsayable),
            Throws.TypeOf<UnsupportedByVersionException>());
        Assert.That(
            rig.OnLoop(() => rig.Channel.Send(new Xid(2), new FlowMod())),
            Is.EqualTo(SendOutcome.Queued));
        rig.Settle();
        Assert.That(rig.Peer.Heard, Has.Count.EqualTo(1), "No half message was left behind.");
    }
}
