using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Channel;

/// <remarks>Goal: none of these peers costs more than itself, and most cost nothing. One that reads nothing is in
/// <see cref="OutboxTests"/> and, beside others, in the tests of back-pressure.</remarks>
public class PeersOthersChokeOnTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static byte[] Bytes(params string[] hex) =>
        Convert.FromHexString(string.Concat(hex).Replace(" ", "", StringComparison.Ordinal));

    [Test]
    public void An_unknown_oxm_in_a_packet_in_costs_nothing()
    {
        using ChannelRig rig = ChannelRig.Ready13();
        rig.Peer.SayBytes(Bytes(
            "040a0040 00000000 ffffffff 000e 00 00 0000000000000000", // ofp_packet_in up to the cookie
            "0001 0014 80000004 00000001 00030a04 deadbeef 00000000", // in_port, then class 3, field 5
            "0000 ffffffffffff 020000000001 88b5"));
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 14"));
        Assert.That(rig.Peer.Heard, Is.Empty);
    }

    [Test]
    public void An_unknown_action_in_table_features_costs_nothing()
    {
        using ChannelRig rig = ChannelRig.Ready13();
        var answer = rig.OnLoop(() => rig.Channel.RequestAllAsync(new TableFeaturesRequest([])).AsTask());
        rig.Settle();
        rig.Peer.SayBytes(TableFeatures(rig, "0004 0008 1234 0004"));
        rig.Settle();
        Assert.That(answer.IsCompletedSuccessfully, Is.True);
        Assert.That(((TableFeaturesReply)answer.Result[0]).Tables, Has.Length.EqualTo(1));
        Assert.That(rig.Peer.HeardOf(MessageKind.Error), Is.Empty);
    }

    [Test]
    public void A_zero_length_tlv_is_answered_with_an_error_and_the_next_message_is_read()
    {
        using ChannelRig rig = ChannelRig.Ready13();
        var answer = rig.OnLoop(() => rig.Channel.RequestAllAsync(new TableFeaturesRequest([])).AsTask());
        rig.Settle();
        rig.Peer.SayBytes(TableFeatures(rig, "0004 0000 00000000"));
        rig.Peer.Say(new EchoRequest([7]), 99);
        rig.Settle();
        Assert.That(rig.Peer.HeardOf(MessageKind.Error), Has.Count.EqualTo(1));
        Assert.That(rig.Peer.HeardOf(MessageKind.EchoReply), Has.Count.EqualTo(1));
        Assert.That(rig.Channel.Counters.MalformedReceived, Is.EqualTo(1));
        Assert.That(answer.IsCompleted, Is.False, "Its answer was no answer: it runs into its timeout.");
    }

    [Test]
    public void A_port_status_before_the_features_reply_is_delivered_after_it([Values(1, 4)] int version)
    {
        using ChannelRig rig = version == 4 ? ChannelRig.Greeted13() : new ChannelRig();
        if (version == 1)
        {
            rig.Start();
            rig.Peer.Say(new HelloMessage(1, []));
        }
        rig.Peer.Say(new PortStatus(PortStatusReason.Add, new PortDescription(new PortNumber(5), default, "p5")), 3);
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        if (version == 4)
            rig.Peer.Say(new PortDescriptionReply([]), rig.Peer.XidOfLast(MessageKind.MultipartRequest));
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("ready, PortStatus 3"));
    }

    [Test]
    public void A_switch_that_answers_nothing_but_echo_fails_requests_and_stays_connected()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        for (int i = 0; i < 60; i++)
        {
            rig.Pass(Second);
            foreach (byte[] ask in rig.Peer.HeardOf(MessageKind.EchoRequest))
                rig.Peer.SayBytes([1, 3, 0, 8, .. ask[4..8]]);
            rig.Peer.Heard.Clear();
        }
        var exception = (OpenFlowRequestException)barrier.Exception!.InnerException!;
        Assert.That(exception.Failure, Is.EqualTo(RequestFailure.TimedOut));
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    [Test]
    public void A_switch_that_answers_nothing_but_echo_from_the_start_fails_the_handshake()
    {
        using var rig = new ChannelRig();
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        for (int i = 0; i < 11; i++)
        {
            rig.Peer.Say(new EchoRequest([]), 5);
            rig.Pass(Second);
        }
        Assert.That(rig.Handler.Cause!.ToString(), Does.StartWith("HandshakeFailed: No features reply"));
    }

    [Test]
    public void A_peer_that_sends_a_byte_a_second_has_the_handshakes_time_and_no_more()
    {
        using var rig = new ChannelRig();
        rig.Start();
        byte[] hello = ScriptedPeer.Frame(new HelloMessage(1, [.. new byte[1000]]));
        for (int i = 0; i < 11 && rig.Handler.Cause is null; i++)
        {
            rig.Peer.SayBytes([hello[i]]);
            rig.Pass(Second);
        }
        Assert.That(rig.Handler.Cause!.ToString(), Does.StartWith("HandshakeFailed: No hello"));
    }

    [Test]
    public void A_ready_peer_that_sends_a_byte_a_second_is_alive()
    {
        using ChannelRig rig = ChannelRig.Ready();
        foreach (byte value in ScriptedPeer.PacketInFrame(dataBytes: 100))
        {
            rig.Peer.SayBytes([value]);
            rig.Pass(Second);
        }
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 100"));
        Assert.That(rig.Peer.Heard, Is.Empty, "It was never asked whether it lives.");
    }

    /// <summary>A reply of one table with one property.</summary>
    private static byte[] TableFeatures(ChannelRig rig, string property) => Bytes(
        $"04130058 {rig.Peer.XidOfLast(MessageKind.MultipartRequest):x8} 000c0000 00000000",
        "0048 00 0000000000", new string('0', 64), new string('0', 32), "00000000 000003e8", property);
}
