using System.IO.Pipelines;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class ClosingTests
{
    [Test]
    public void The_first_cause_is_kept_and_told_once()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.OnLoop(() =>
        {
            rig.Channel.Close(ChannelCloseReason.ClosedByUs, "First.");
            rig.Channel.Close(ChannelCloseReason.PeerSilent, "Second.");
        });
        rig.Peer.Leave();
        rig.Settle(isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.EqualTo("closed ClosedByUs"));
        Assert.That(rig.Ended.Result.Detail, Is.EqualTo("First."));
        Assert.That(rig.Channel.IsReady, Is.False);
    }

    [Test]
    public void What_was_sent_before_the_close_arrives()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.OnLoop(() =>
        {
            rig.Channel.Send(new Xid(1), new FlowMod());
            rig.Channel.Close(ChannelCloseReason.ClosedByUs, "Done.");
            Assert.That(rig.Channel.Send(new Xid(2), new FlowMod()), Is.EqualTo(SendOutcome.NotConnected));
        });
        rig.Settle();
        Assert.That(rig.Peer.HeardKinds, Is.EqualTo(new[] { MessageKind.FlowMod }));
        Assert.That(rig.Peer.IsEnded, Is.True);
    }

    [Test]
    public void A_peer_that_leaves_between_messages_closed_it()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.SayBytes(ScriptedPeer.PacketInFrame());
        rig.Peer.Leave();
        rig.Settle(isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, closed ClosedByPeer"));
    }

    [Test]
    public void A_peer_that_leaves_within_a_message_left_half_a_frame([Values(1, 7, 8, 50)] int bytes)
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.SayBytes([.. ScriptedPeer.PacketInFrame(), .. ScriptedPeer.PacketInFrame()[..bytes]]);
        rig.Peer.Leave();
        rig.Settle(isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, closed HalfFrame"));
    }

    [Test]
    public void A_transport_that_fails_is_the_cause_and_no_exception_escapes()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.Leave(new IOException("reset"));
        rig.Settle(isPeerListening: false);
        Assert.That(rig.Ended.Result.Reason, Is.EqualTo(ChannelCloseReason.TransportFailed));
        Assert.That(rig.Ended.Result.Exception, Is.TypeOf<IOException>());
    }

    [Test]
    public void A_handler_that_throws_ends_its_channel()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Handler.WhenPacketIn = static (_, _) => throw new InvalidTimeZoneException("defect");
        rig.Peer.SayBytes([.. ScriptedPeer.PacketInFrame(), .. ScriptedPeer.PacketInFrame()]);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, closed HandlerFailed"));
        Assert.That(rig.Ended.Result.Exception, Is.TypeOf<InvalidTimeZoneException>());
    }

    [Test]
    public void A_handler_that_closes_hears_nothing_more()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Handler.WhenPacketIn =
            static (channel, _) => channel.Close(ChannelCloseReason.ClosedByUs, "Enough.");
        rig.Peer.SayBytes([.. ScriptedPeer.PacketInFrame(), .. ScriptedPeer.PacketInFrame()]);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, closed ClosedByUs"));
    }

    [Test]
    public void A_transport_found_dead_while_closing_does_not_replace_the_cause()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.OnLoop(() =>
        {
            rig.Peer.Leave();
            rig.Channel.Send(new Xid(1), new FlowMod());
            rig.Channel.Close(ChannelCloseReason.ClosedByUs, "First.");
        });
        rig.Settle(isPeerListening: false);
        Assert.That(rig.Handler.Story, Is.EqualTo("closed ClosedByUs"));
    }

    [Test]
    public void Cancellation_closes_it()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Stop.Cancel();
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("closed ClosedByUs"));
    }

    [Test]
    public void A_channel_closed_before_it_ran_says_nothing()
    {
        using var rig = new ChannelRig();
        rig.OnLoop(() => rig.Channel.Close(ChannelCloseReason.ClosedByUs, "Never mind."));
        rig.Start();
        Assert.That(rig.Peer.Heard, Is.Empty);
        Assert.That(rig.Handler.Story, Is.EqualTo("closed ClosedByUs"));
    }

    [Test]
    public void A_channel_runs_once()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Assert.That(async () => await rig.Channel.RunAsync(default), Throws.InvalidOperationException);
    }

    [Test]
    public void A_disposable_transport_is_disposed()
    {
        using var rig = new ChannelRig();
        var transport = new DisposableTransport();
        var context =
            new ChannelContext(ChannelRole.Controller, ChannelRig.Of10, rig.Loop.Time, rig.Loop);
        var channel = new OpenFlowChannel(transport, rig.Handler, context);
        rig.OnLoop(() =>
        {
            channel.Close(ChannelCloseReason.ClosedByUs, "At once.");
            _ = channel.RunAsync(default);
        });
        Assert.That(transport.IsDisposed, Is.True);
    }

    private sealed class DisposableTransport : IDuplexPipe, IDisposable
    {
        private readonly Pipe _pipe = new();

        public PipeReader Input => _pipe.Reader;

        public PipeWriter Output => _pipe.Writer;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
