using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class MalformedInputTests
{
    private const byte PacketOutType = 13;

    /// <summary>A type number that 1.0 does not have, with a body that tells its position.</summary>
    private static byte[] UnknownType(int bytes, uint xid)
    {
        byte[] frame = [.. Enumerable.Range(0, bytes).Select(i => (byte)i)];
        (frame[0], frame[1], frame[2], frame[3]) = (1, 99, (byte)(bytes >> 8), (byte)bytes);
        (frame[4], frame[5], frame[6], frame[7]) = (0, 0, 0, (byte)xid);
        return frame;
    }

    [TestCase(8, 8)]
    [TestCase(63, 63)]
    [TestCase(64, 64)]
    [TestCase(500, 64)]
    public void A_malformed_message_is_quoted_back_and_costs_itself_only(int frameBytes, int quotedBytes)
    {
        using ChannelRig rig = ChannelRig.Ready();
        byte[] frame = UnknownType(frameBytes, xid: 42);
        rig.Peer.SayBytes([.. frame, .. ScriptedPeer.PacketInFrame()]);
        rig.Settle();
        var error = rig.Peer.HeardOnly<ErrorMessage>();
        Assert.That((error.Type, error.Code), Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BadType)));
        Assert.That(error.Bytes, Is.EqualTo(frame[..quotedBytes]));
        Assert.That(rig.Peer.XidOfLast(MessageKind.Error), Is.EqualTo(42));
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60"));
        Assert.That(rig.Channel.Counters.MalformedReceived, Is.EqualTo(1));
    }

    [Test]
    public void A_malformed_packet_message_is_answered_too()
    {
        using ChannelRig rig = ChannelRig.Ready(role: ChannelRole.Switch);
        rig.Peer.SayBytes([1, PacketOutType, 0, 9, 0, 0, 0, 1, 0]);
        rig.Settle();
        Assert.That(rig.Peer.HeardOnly<ErrorMessage>().Type, Is.EqualTo(ErrorType.BadRequest));
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    /// <remarks>1.3.5 section 7.4.4: an experimenter's error has its number before the quote. The ONF's bundles have
    /// their own (EXT-230): here a message to add has another transaction id than the one that adds it.</remarks>
    [Test]
    public void A_malformed_message_of_an_experimenter_gets_that_experimenters_error()
    {
        using var rig = new ChannelRig(new ChannelOptions { Versions = [OpenFlowVersion.V13] }, ChannelRole.Switch);
        rig.Start();
        rig.Peer.Say(new HelloMessage(4, []));
        rig.Settle();
        rig.Peer.Heard.Clear();
        byte[] add = Convert.FromHexString(
            "0404" + "0020" + "0000002a" + "4f4e4600" + "000008fd" + "00000001" + "00000000" // ONF_BUNDLE_ADD_MESSAGE
            + "0414" + "0008" + "0000002b"); // A barrier, which has to have 0x2a too.
        rig.Peer.SayBytes(add);
        rig.Settle();

        ErrorMessage error = rig.Peer.HeardOnly<ErrorMessage>();
        Assert.That(
            (error.Type, error.Code), Is.EqualTo((ErrorType.Experimenter, BundleErrorCodes.MessageBadXid)));
        Assert.That(error.Bytes, Is.EqualTo((byte[])[0x4f, 0x4e, 0x46, 0x00, .. add]));
        Assert.That(rig.Peer.XidOfLast(MessageKind.Error), Is.EqualTo(0x2a));
        byte[] frame = rig.Peer.HeardOf(MessageKind.Error).Single();
        Assert.That(
            Convert.ToHexStringLower(frame[..16]), Is.EqualTo("04010030" + "0000002a" + "ffff0905" + "4f4e4600"));
        Assert.That(rig.Channel.Counters.MalformedReceived, Is.EqualTo(1));
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    [Test]
    public void An_error_is_never_answered_with_an_error()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.SayBytes([1, 1, 0, 9, 0, 0, 0, 1, 0]);
        rig.Settle();
        Assert.That(rig.Peer.Heard, Is.Empty);
        Assert.That(rig.Channel.Counters.MalformedReceived, Is.EqualTo(1));
    }

    [Test]
    public void Another_version_than_the_negotiated_is_refused()
    {
        using ChannelRig rig = ChannelRig.Ready();
        byte[] frame = ScriptedPeer.PacketInFrame();
        frame[0] = 4;
        rig.Peer.SayBytes(frame);
        rig.Settle();
        var error = rig.Peer.HeardOnly<ErrorMessage>();
        Assert.That((error.Type, error.Code), Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BadVersion)));
        Assert.That(rig.Handler.Story, Is.Empty);
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    [Test]
    public void Errors_are_limited_a_second_and_the_rest_is_counted()
    {
        using ChannelRig rig = ChannelRig.Ready(ChannelRig.Of10 with { ErrorsPerSecondMax = 3 });
        void SayTen()
        {
            for (int i = 0; i < 10; i++) rig.Peer.SayBytes(UnknownType(8, 1));
            rig.Settle();
        }
        SayTen();
        rig.Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        SayTen();
        Assert.That(rig.Peer.Heard, Has.Count.EqualTo(3));
        rig.PassTick();
        SayTen();
        Assert.That(rig.Peer.Heard, Has.Count.EqualTo(6));
        Assert.That(rig.Channel.Counters.MalformedReceived, Is.EqualTo(30));
    }

    [Test]
    public void A_length_below_the_header_ends_the_channel_after_the_error()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.SayBytes([.. ScriptedPeer.PacketInFrame(), 1, 10, 0, 7, 0, 0, 0, 5, 1, 2, 3]);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, closed FramingLost"));
        var error = rig.Peer.HeardOnly<ErrorMessage>();
        Assert.That((error.Type, error.Code), Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BadLength)));
        Assert.That(rig.Peer.XidOfLast(MessageKind.Error), Is.EqualTo(5));
        Assert.That(rig.Peer.IsEnded, Is.True);
    }

    [Test]
    public void A_frame_that_crosses_segments_and_reads_is_one_message()
    {
        using ChannelRig rig = ChannelRig.Ready();
        byte[] frame = ScriptedPeer.PacketInFrame(dataBytes: 60_000);
        foreach (byte[] chunk in frame.Chunk(7_001))
        {
            rig.Peer.SayBytes(chunk);
            rig.Settle();
        }
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60000"));
        Assert.That(
            rig.Channel.Counters.BytesReceived,
            Is.EqualTo(frame.Length + 8 + ScriptedPeer.Frame(ScriptedPeer.Features()).Length));
    }
}
