using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class KeepAliveTests
{
    private static readonly TimeSpan Interval = ChannelOptions.Default.EchoInterval;
    private static readonly TimeSpan Timeout = ChannelOptions.Default.EchoTimeout;

    [Test]
    public void A_peer_silent_for_the_interval_is_asked_once_a_tick_later()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Pass(Interval);
        Assert.That(rig.Peer.Heard, Is.Empty);
        rig.PassTick();
        Assert.That(rig.Peer.HeardKinds, Is.EqualTo(new[] { MessageKind.EchoRequest }));
    }

    [Test]
    public void A_peer_silent_for_the_timeout_too_is_given_up_a_tick_later()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Pass(Interval + TimeSpan.FromTicks(1));
        rig.Pass(Timeout);
        Assert.That(rig.Handler.Story, Is.Empty);
        rig.PassTick();
        Assert.That(rig.Handler.Story, Is.EqualTo("closed PeerSilent"));
        Assert.That(rig.Peer.HeardKinds, Is.EqualTo(new[] { MessageKind.EchoRequest }), "Asked once.");
    }

    [Test]
    public void A_peer_that_answers_lives_on_and_is_asked_again_after_the_next_silence()
    {
        using ChannelRig rig = ChannelRig.Ready();
        for (int i = 1; i <= 20; i++)
        {
            rig.Pass(Interval + TimeSpan.FromTicks(1));
            Assert.That(rig.Peer.HeardOf(MessageKind.EchoRequest), Has.Count.EqualTo(i));
            rig.Peer.Say(new EchoReply([]), rig.Peer.XidOfLast(MessageKind.EchoRequest));
            rig.Settle();
        }
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.Counters.UnknownXids, Is.Zero);
    }

    [Test]
    public void A_busy_peer_is_never_asked()
    {
        using ChannelRig rig = ChannelRig.Ready();
        for (int i = 0; i < 100; i++)
        {
            rig.Pass(Interval);
            rig.Peer.SayBytes(ScriptedPeer.PacketInFrame());
            rig.Settle();
        }
        Assert.That(rig.Peer.Heard, Is.Empty);
    }

    [Test]
    public void A_single_byte_counts_as_life()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Pass(Interval + TimeSpan.FromTicks(1));
        rig.Pass(Timeout);
        rig.Peer.SayBytes([1]);
        rig.PassTick();
        Assert.That(rig.Channel.IsReady, Is.True);
        rig.Pass(Interval);
        Assert.That(
            rig.Peer.HeardOf(MessageKind.EchoRequest),
            Has.Count.EqualTo(2),
            "Silent again since that byte.");
    }

    [Test]
    public void An_echo_request_is_answered_with_its_bytes()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.Say(new EchoRequest([9, 8]), 123);
        rig.Settle();
        Assert.That(rig.Peer.HeardOnly<EchoReply>().Bytes, Is.EqualTo(new byte[] { 9, 8 }));
        Assert.That(rig.Peer.XidOfLast(MessageKind.EchoReply), Is.EqualTo(123));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    [Test]
    public void An_echo_reply_nobody_asked_for_is_counted()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.Say(new EchoReply([]), 0xdead);
        rig.Settle();
        Assert.That(rig.Channel.Counters.UnknownXids, Is.EqualTo(1));
    }
}
