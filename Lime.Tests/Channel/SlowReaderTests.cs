using System.Buffers.Binary;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Channel;

/// <remarks>Goal: a peer that says more than it lets itself be told is slowed down and loses no answer; one that reads
/// nothing before it is read is read. Method: an outbox of little room, every packet-in answered.</remarks>
public sealed class SlowReaderTests
{
    private const int PacketIns = 20_000;

    /// <summary>Far less than the transport holds.</summary>
    private const int AtOnce = 500;

    private static readonly ChannelOptions Small = new()
    {
        OutboxBytesMax = 128 * 1024,
        EchoInterval = TimeSpan.FromHours(1),
        OutboxFullTimeout = TimeSpan.FromMinutes(10),
    };

    private int _refused;
    private int _said;

    [Test]
    public void Every_packet_in_of_a_peer_that_reads_slowly_is_answered_in_order()
    {
        using ChannelRig rig = Answering();
        int waits = 0;
        while (_said < PacketIns)
        {
            if (rig.Handler.PacketInCount == _said) SayMore(rig);
            else waits++;
            rig.Settle(isPeerListening: false);
            if (rig.Handler.PacketInCount == _said) continue;
            rig.Pass(TimeSpan.FromMilliseconds(50), isPeerListening: false);
            rig.Peer.Listen();
        }
        rig.Peer.Say(new EchoRequest([7]), PacketIns);
        for (int i = 0; i < 20; i++) rig.Pass(TimeSpan.FromMilliseconds(50));
        Assert.That(_refused, Is.Zero);
        IEnumerable<uint> xids = rig.Peer.Heard.Select(frame => FrameHeader.Read(frame).Xid.Value);
        Assert.That(xids, Is.EqualTo(Enumerable.Range(0, PacketIns + 1).Select(i => (uint)i)));
        Assert.That(rig.Peer.HeardKinds.Last(), Is.EqualTo(MessageKind.EchoReply));
        Assert.That(waits, Is.GreaterThan(1), "The peer was slower than its packet-ins.");
    }

    [Test]
    public void A_peer_that_reads_nothing_is_not_read_for_as_long_as_it_may_yet_read()
    {
        using ChannelRig rig = Answering();
        SayUntilItWaits(rig);
        int taken = rig.Handler.PacketInCount;
        rig.Pass(OutboxRelief.StallTime, isPeerListening: false);
        Assert.That(rig.Handler.PacketInCount, Is.EqualTo(taken));
        rig.Pass(TimeSpan.FromTicks(1), isPeerListening: false);
        Assert.That(rig.Handler.PacketInCount, Is.EqualTo(_said));
    }

    /// <remarks>What it asks or answers behind its packet-ins is taken too, so that two ends that wait for each other
    /// go
    /// on.</remarks>
    [Test]
    public void An_answer_behind_packet_ins_of_a_peer_that_reads_nothing_arrives()
    {
        using ChannelRig rig = Answering();
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.Settle();
        uint xid = rig.Peer.XidOfLast(MessageKind.BarrierRequest);
        SayUntilItWaits(rig);
        rig.Peer.Say(new BarrierReply(), xid);
        rig.Settle(isPeerListening: false);
        Assert.That(barrier.IsCompleted, Is.False);
        rig.Pass(TimeSpan.FromSeconds(1), isPeerListening: false);
        Assert.That(barrier.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void A_channel_that_waits_for_its_peer_can_be_closed()
    {
        using ChannelRig rig = Answering();
        SayUntilItWaits(rig);
        rig.OnLoop(() => rig.Channel.Close(ChannelCloseReason.ClosedByUs, "Enough."));
        rig.Settle();
        Assert.That(rig.Handler.Story, Does.EndWith("closed ClosedByUs"));
        Assert.That(rig.Handler.ClosedCount, Is.EqualTo(1));
    }

    private ChannelRig Answering()
    {
        ChannelRig rig = ChannelRig.Ready(Small);
        rig.Handler.IsRecording = false;
        rig.Handler.WhenPacketIn = Answer;
        (_said, _refused) = (0, 0);
        return rig;
    }

    private void SayMore(ChannelRig rig)
    {
        rig.Peer.SayBytes([.. Enumerable.Range(_said, AtOnce).SelectMany(PacketIn)]);
        _said += AtOnce;
    }

    private void SayUntilItWaits(ChannelRig rig)
    {
        while (rig.Handler.PacketInCount == _said)
        {
            Assert.That(_said, Is.LessThan(PacketIns), "It never waits.");
            SayMore(rig);
            rig.Settle(isPeerListening: false);
        }
    }

    private void Answer(OpenFlowChannel channel, Xid xid)
    {
        if (channel.Send(xid, new FlowMod()) != SendOutcome.Queued) _refused++;
    }

    private static byte[] PacketIn(int number)
    {
        byte[] frame = ScriptedPeer.PacketInFrame();
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), number);
        return frame;
    }
}
