using System.Text;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class HandshakeTests
{
    [Test]
    public void We_say_hello_at_once_without_waiting_for_the_peer()
    {
        using var rig = new ChannelRig();
        rig.Start();
        Assert.That(rig.Peer.HeardKinds, Is.EqualTo(new[] { MessageKind.Hello }));
        Assert.That(rig.Peer.Heard[0], Has.Length.EqualTo(8).And.ItemAt(0).EqualTo(1));
    }

    [Test]
    public void A_controller_is_ready_when_the_features_arrive()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.False);
        Assert.That(
            rig.Peer.HeardKinds,
            Is.EqualTo(new[] { MessageKind.Hello, MessageKind.FeaturesRequest }));
        rig.Peer.Say(ScriptedPeer.Features(datapath: 7), rig.Peer.XidOfLast(MessageKind.FeaturesRequest));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.Features!.Datapath, Is.EqualTo(new DatapathId(7)));
        Assert.That(rig.Handler.Story, Is.EqualTo("ready"));
    }

    [Test]
    public void A_switch_is_ready_after_hello_and_its_handler_is_asked_for_features()
    {
        using var rig = new ChannelRig(role: ChannelRole.Switch);
        rig.Start();
        rig.Peer.SayBytes(
        [
            .. ScriptedPeer.Frame(new HelloMessage(1, [])),
            .. ScriptedPeer.Frame(new FeaturesRequest(), 9),
        ]);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("ready, FeaturesRequest 9"));
        Assert.That(
            rig.Peer.HeardKinds,
            Is.EqualTo(new[] { MessageKind.Hello }),
            "The channel answers nothing itself.");
    }

    [Test]
    public void A_peer_that_speaks_more_is_met_at_our_version([Values(2, 4, 6)] int theirVersion)
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage((byte)theirVersion, []));
        rig.Settle();
        Assert.That(rig.Channel.Codec, Is.SameAs(OpenFlowCodecs.V10));
    }

    [Test]
    public void A_peer_without_a_common_version_is_told_so_in_words()
    {
        using var rig = new ChannelRig();
        rig.Start();
        // A bitmap that holds 1.3 (bit 4) only.
        rig.Peer.Say(new HelloMessage(4, [0, 1, 0, 8, 0, 0, 0, 0x10]), xid: 5);
        rig.Settle();
        var error = rig.Peer.HeardOnly<ErrorMessage>();
        Assert.That(error.Type, Is.EqualTo(ErrorType.HelloFailed));
        Assert.That(error.Code, Is.EqualTo(ErrorCodes.HelloIncompatible));
        Assert.That(Encoding.ASCII.GetString(error.Bytes.AsSpan()), Is.EqualTo(
            "No common version: we speak OpenFlow 1.0 (0x01); the peer offers 1.3 (0x04)."));
        Assert.That(rig.Handler.Cause!.Detail, Does.Contain("we speak OpenFlow 1.0"));
        Assert.That(rig.Peer.XidOfLast(MessageKind.Error), Is.EqualTo(5));
        Assert.That(rig.Handler.Story, Is.EqualTo("closed HandshakeFailed"));
        Assert.That(rig.Peer.IsEnded, Is.True);
    }

    [Test]
    public void A_version_bitmap_counts_more_than_the_version_byte()
    {
        Assert.That(
            HelloVersions.Choose([OpenFlowVersion.V10], new HelloMessage(4, [0, 1, 0, 8, 0, 0, 0, 0x12])),
            Is.EqualTo(OpenFlowVersion.V10));
        Assert.That(
            HelloVersions.Choose([OpenFlowVersion.V10], new HelloMessage(1, [0, 1, 0, 8, 0, 0, 0, 0x10])),
            Is.Null);
        Assert.That(HelloVersions.Choose([OpenFlowVersion.V10], new HelloMessage(0, [])), Is.Null);
        Assert.That(HelloVersions.Choose([OpenFlowVersion.V10], new HelloMessage(4, [0, 1, 0, 90, 0, 0])),
            Is.EqualTo(OpenFlowVersion.V10), "A broken element is not an offer.");
    }

    [Test]
    public void Two_versions_are_offered_with_a_bitmap()
    {
        HelloMessage hello = HelloVersions.Offer([OpenFlowVersion.V13, OpenFlowVersion.V10]);
        Assert.That(hello.Version, Is.EqualTo(4));
        Assert.That(hello.Elements, Is.EqualTo(new byte[] { 0, 1, 0, 8, 0, 0, 0, 0x12 }));
        Assert.That(
            HelloVersions.Choose([OpenFlowVersion.V10, OpenFlowVersion.V13], hello),
            Is.EqualTo(OpenFlowVersion.V13));
    }

    [Test]
    public void What_arrives_in_the_middle_is_delivered_after_ready_in_order()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        rig.Peer.Say(
            new PortStatus(PortStatusReason.Modify, new PortDescription(new PortNumber(1), default, "p1")),
            3);
        rig.Peer.SayBytes(ScriptedPeer.PacketInFrame());
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Peer.Say(
            new PortStatus(PortStatusReason.Delete, new PortDescription(new PortNumber(1), default, "p1")),
            4);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("ready, PortStatus 3, packet-in 60, PortStatus 4"));
    }

    [Test]
    public void Packets_in_the_middle_are_kept_up_to_half_the_bound_and_port_changes_beyond()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        byte[] packetIn = ScriptedPeer.PacketInFrame(dataBytes: 60_000);
        for (int i = 0; i < 12; i++)
        {
            rig.Peer.SayBytes(packetIn);
            rig.Settle();
        }
        rig.Peer.Say(
            new PortStatus(PortStatusReason.Modify, new PortDescription(new PortNumber(1), default, "p1")),
            3);
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        Assert.That(rig.Handler.PacketInCount, Is.EqualTo(8));
        Assert.That(rig.Channel.Counters.HandshakeDropped, Is.EqualTo(4));
        Assert.That(rig.Handler.Calls[^1], Is.EqualTo("PortStatus 3"));
    }

    [Test]
    public void Echo_is_answered_in_the_middle()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        rig.Peer.Say(new EchoRequest([1, 2, 3]), 77);
        rig.Settle();
        Assert.That(rig.Peer.HeardOnly<EchoReply>().Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(rig.Peer.XidOfLast(MessageKind.EchoReply), Is.EqualTo(77));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_handshake_may_take_its_time_and_not_a_tick_more(bool isHelloSaid)
    {
        ChannelOptions options = ChannelRig.Of10 with { HandshakeTimeout = TimeSpan.FromSeconds(3) };
        using var rig = new ChannelRig(options);
        rig.Start();
        if (isHelloSaid) rig.Peer.Say(new HelloMessage(1, []));
        rig.Pass(TimeSpan.FromSeconds(3));
        Assert.That(rig.Handler.Story, Is.Empty);
        rig.PassTick();
        Assert.That(rig.Handler.Story, Is.EqualTo("closed HandshakeFailed"));
        Assert.That(rig.Handler.Cause!.Detail, Does.Contain(isHelloSaid ? "features" : "hello"));
        rig.Pass(TimeSpan.FromMinutes(1));
        Assert.That(rig.Handler.ClosedCount, Is.EqualTo(1));
    }

    [Test]
    public void A_peer_that_refuses_our_hello_is_quoted()
    {
        using var rig = new ChannelRig();
        rig.Start();
        byte[] refusal = ScriptedPeer.Frame(new ErrorMessage(ErrorType.HelloFailed, 0, [.. "1.3 only"u8]));
        refusal[0] = 4;
        rig.Peer.SayBytes(refusal);
        rig.Settle();
        Assert.That(rig.Handler.Cause!.Reason, Is.EqualTo(ChannelCloseReason.HandshakeFailed));
        Assert.That(rig.Handler.Cause.Detail, Does.Contain("1.3 only"));
    }

    [Test]
    public void A_web_browser_is_turned_away_at_its_first_bytes()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.SayBytes("GET / HTTP/1.1"u8);
        rig.Settle();
        Assert.That(rig.Handler.Cause!.Reason, Is.EqualTo(ChannelCloseReason.HandshakeFailed));
        Assert.That(rig.Peer.HeardOnly<ErrorMessage>().Type, Is.EqualTo(ErrorType.HelloFailed));
    }

    [Test]
    public void A_hello_that_arrives_byte_by_byte_is_a_hello()
    {
        using var rig = new ChannelRig(role: ChannelRole.Switch);
        rig.Start();
        foreach (byte value in ScriptedPeer.Frame(new HelloMessage(1, [])))
        {
            Assert.That(rig.Channel.IsReady, Is.False);
            rig.Peer.SayBytes([value]);
            rig.Settle();
        }
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    [Test]
    public void Nothing_is_sent_before_ready()
    {
        using var rig = new ChannelRig();
        rig.Start();
        Assert.That(
            rig.OnLoop(() => rig.Channel.Send(new Xid(1), new FlowMod())),
            Is.EqualTo(SendOutcome.NotConnected));
    }
}
