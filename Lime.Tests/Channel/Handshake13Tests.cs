using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class Handshake13Tests
{
    private static PortDescription Port(uint number) => new(new PortNumber(number), default, $"p{number}");

    private static uint PortXid(ChannelRig rig) => rig.Peer.XidOfLast(MessageKind.MultipartRequest);

    [Test]
    public void A_controller_asks_for_the_ports_and_is_ready_when_all_parts_have_come()
    {
        using ChannelRig rig = ChannelRig.Greeted13();
        rig.Peer.Say(ScriptedPeer.Features(datapath: 7), rig.Peer.XidOfLast(MessageKind.FeaturesRequest));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.False);
        rig.Peer.Say(new PortDescriptionReply([Port(1), Port(2)]) { HasMore = true }, PortXid(rig));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.False);
        rig.Peer.Say(new PortDescriptionReply([Port(3)]), PortXid(rig));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.Codec!.Version, Is.EqualTo(OpenFlowVersion.V13));
        Assert.That(string.Join(" ", rig.Channel.Features!.Ports.Select(port => port.Name)), Is.EqualTo("p1 p2 p3"));
        Assert.That(rig.Channel.PortsMissing, Is.Null);
        Assert.That(rig.Peer.HeardKinds, Is.EqualTo(
            new[] { MessageKind.Hello, MessageKind.FeaturesRequest, MessageKind.MultipartRequest }));
    }

    [Test]
    public void A_switch_that_refuses_to_describe_its_ports_is_accepted_without_and_the_reason_kept()
    {
        using ChannelRig rig = ChannelRig.Greeted13();
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        rig.Peer.Say(new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadMultipart, []), PortXid(rig));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.Features!.Ports, Is.Empty);
        Assert.That(rig.Channel.PortsMissing, Does.Contain("BadRequest, code 2"));
    }

    [Test]
    public void A_malformed_port_description_is_answered_and_costs_the_ports_only()
    {
        using ChannelRig rig = ChannelRig.Greeted13();
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        uint xid = PortXid(rig);
        // ofp_multipart_reply of type 13 with seven bytes where a port has 64.
        rig.Peer.SayBytes([4, 19, 0, 23, 0, 0, 0, (byte)xid, 0, 13, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
        rig.Settle();
        Assert.That(rig.Peer.HeardOnly<ErrorMessage>().Type, Is.EqualTo(ErrorType.BadRequest));
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.PortsMissing, Does.Contain("malformed"));
    }

    [Test]
    public void A_port_description_may_take_its_time_and_not_a_tick_more()
    {
        using ChannelRig rig = ChannelRig.Greeted13(new ChannelOptions { HandshakeTimeout = TimeSpan.FromSeconds(3) });
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Pass(TimeSpan.FromSeconds(3));
        Assert.That(rig.Handler.Story, Is.Empty);
        rig.PassTick();
        Assert.That(rig.Handler.Cause!.Reason, Is.EqualTo(ChannelCloseReason.HandshakeFailed));
        Assert.That(rig.Handler.Cause.Detail, Does.Contain("No port description"));
    }

    [Test]
    public void An_auxiliary_connection_is_ready_with_its_features()
    {
        using ChannelRig rig = ChannelRig.Greeted13();
        rig.Peer.Say(ScriptedPeer.Features() with { AuxiliaryId = 1 });
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("ready"));
        Assert.That(rig.Peer.HeardOf(MessageKind.MultipartRequest), Is.Empty);
    }

    [Test]
    public void A_switch_of_1_0_is_ready_without_any_statistics_though_we_speak_1_3()
    {
        using var rig = new ChannelRig(new ChannelOptions { Versions = [OpenFlowVersion.V13, OpenFlowVersion.V10] });
        rig.Start();
        Assert.That(rig.Peer.Heard[0], Is.EqualTo(
            new byte[] { 4, 0, 0, 16, 0, 0, 0, 1, 0, 1, 0, 8, 0, 0, 0, 0x12 }), "Both are offered.");
        rig.Peer.SayBytes(ScriptedPeer.Frame(new HelloMessage(1, [])));
        rig.Peer.SayBytes(ScriptedPeer.Frame(ScriptedPeer.Features()));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        Assert.That(rig.Channel.Codec!.Version, Is.EqualTo(OpenFlowVersion.V10));
        Assert.That(rig.Peer.Heard.Select(frame => frame[1]), Is.EqualTo(new byte[] { 0, 5 }));
    }

    [Test]
    public void Roles_are_requests_with_answers()
    {
        using ChannelRig rig = ChannelRig.Ready13();
        Task<OpenFlowMessage> role = rig.OnLoop(
            () => rig.Channel.RequestAsync(new RoleRequest(ControllerRole.Equal, 0)).AsTask());
        rig.Settle();
        rig.Peer.Say(new RoleReply(ControllerRole.Equal, 5), rig.Peer.XidOfLast(MessageKind.RoleRequest));
        rig.Settle();
        Assert.That(role.IsCompletedSuccessfully, Is.True);
        Assert.That(((RoleReply)role.Result).GenerationId, Is.EqualTo(5));
    }
}
