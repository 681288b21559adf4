using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Transport;
using Lime.Tests.Channel;
using NUnit.Framework;

namespace Lime.Tests.Transport;

[Category("Socket")]
public class TcpTransportTests
{
    private static readonly byte[] Greeting =
        [.. ScriptedPeer.Frame(new HelloMessage(1, [])), .. ScriptedPeer.Frame(ScriptedPeer.Features())];

    /// <summary>Reads until so many bytes are there, or the end.</summary>
    private static byte[] Receive(Socket socket, int bytes)
    {
        byte[] buffer = new byte[bytes];
        int count = 0;
        while (count < bytes && socket.Receive(buffer.AsSpan(count)) is > 0 and var received)
            count += received;
        return buffer[..count];
    }

    /// <summary>Reads to the end of the stream.</summary>
    /// <returns>The bytes read; an end by reset is an end too.</returns>
    private static long ReceiveAll(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        try
        {
            while (socket.Receive(buffer) is > 0 and var received) count += received;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return count;
        }
        return count;
    }

    private static async Task<T> Soon<T>(Task<T> task) => await task.WaitAsync(SocketRig.Patience);

    [Test]
    public async Task Controller_and_switch_meet_over_tcp()
    {
        using var rig = new SocketRig();
        IDuplexPipe transport =
            await TcpOpenFlowConnector.ConnectAsync(rig.Listener.LocalEndPoint, rig.Loop.Scheduler);
        var handler = new RecordingHandler();
        var context = new ChannelContext(ChannelRole.Switch, ChannelRig.Of10, rig.Loop.Time, rig.Loop);
        OpenFlowChannel switchEnd = await rig.OnLoopAsync(() =>
        {
            var channel = new OpenFlowChannel(transport, handler, context);
            handler.WhenReady = ready => ready.Send(new Xid(2), ScriptedPeer.Features(datapath: 99));
            _ = channel.RunAsync(CancellationToken.None);
            return channel;
        });
        var controllerEnd = rig.TakeAccepted();
        await WaitUntilAsync(rig, () => controllerEnd.Channel.IsReady && switchEnd.IsReady);
        Assert.That(controllerEnd.Channel.Features!.Datapath, Is.EqualTo(new DatapathId(99)));
        await rig.OnLoopAsync(() =>
        {
            switchEnd.Close(ChannelCloseReason.ClosedByUs, "Done.");
            return true;
        });
        Assert.That((await Soon(controllerEnd.Ended)).Reason, Is.EqualTo(ChannelCloseReason.ClosedByPeer));
    }

    [Test]
    public async Task A_peer_that_sends_garbage_loses_only_its_own_connection()
    {
        using var rig = new SocketRig();
        using Socket good = rig.ConnectRaw();
        var goodEnd = rig.TakeAccepted();
        good.Send(Greeting);
        await WaitUntilAsync(rig, () => goodEnd.Channel.IsReady);
        for (int seed = 0; seed < 20; seed++)
        {
            using Socket bad = rig.ConnectRaw();
            var badEnd = rig.TakeAccepted();
            byte[] garbage = new byte[10_000];
            new Random(seed).NextBytes(garbage);
            bad.Send(garbage);
            bad.Shutdown(SocketShutdown.Send);
            ChannelCloseCause cause = await Soon(badEnd.Ended);
            Assert.That(cause.Reason, Is.Not.EqualTo(ChannelCloseReason.HandlerFailed), cause.Detail);
            ReceiveAll(bad);
        }
        good.Send(ScriptedPeer.PacketInFrame());
        await WaitUntilAsync(rig, () => goodEnd.Handler.PacketInCount == 1);
        Assert.That(goodEnd.Channel.IsReady, Is.True);
    }

    [Test]
    public async Task Closing_a_channel_sends_what_it_has_and_closes_its_socket()
    {
        using var rig = new SocketRig();
        using Socket peer = rig.ConnectRaw();
        peer.Send("GET / HTTP/1.0\r\n\r\n"u8);
        var end = rig.TakeAccepted();
        Assert.That((await Soon(end.Ended)).Reason, Is.EqualTo(ChannelCloseReason.HandshakeFailed));
        byte[] heard = Receive(peer, 8 + 12);
        Assert.That((heard.Length, heard[1], heard[9]), Is.EqualTo((20, 0, 1)), "A hello, then an error.");
        Assert.That(ReceiveAll(peer), Is.GreaterThan(0), "The error's text, then the end.");
    }

    [Test]
    public async Task A_reset_is_a_cause_and_not_an_exception()
    {
        using var rig = new SocketRig();
        Socket peer = rig.ConnectRaw();
        var end = rig.TakeAccepted();
        peer.Send(Greeting);
        await WaitUntilAsync(rig, () => end.Channel.IsReady);
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        ChannelCloseCause cause = await Soon(end.Ended);
        Assert.That(
            cause.Reason,
            Is.AnyOf(ChannelCloseReason.TransportFailed, ChannelCloseReason.ClosedByPeer));
    }

    [Test]
    public async Task A_reset_while_we_send_harms_nobody()
    {
        using var rig = new SocketRig { Prepare = AnswerEverything };
        for (int i = 0; i < 20; i++)
        {
            Socket peer = rig.ConnectRaw();
            var end = rig.TakeAccepted();
            peer.Send(Greeting);
            byte[] batch =
                [.. Enumerable.Repeat(ScriptedPeer.PacketInFrame(), 500).SelectMany(frame => frame)];
            peer.Send(batch);
            peer.LingerState = new LingerOption(true, 0);
            peer.Close();
            ChannelCloseCause cause = await Soon(end.Ended);
            Assert.That(
                cause.Reason,
                Is.AnyOf(
                    ChannelCloseReason.TransportFailed,
                    ChannelCloseReason.ClosedByPeer,
                    ChannelCloseReason.HalfFrame),
                cause.Detail);
        }
    }

    [Test]
    public async Task A_peer_that_reads_nothing_meets_the_bound_and_then_the_end()
    {
        ChannelOptions options = ChannelRig.Of10 with
        {
            OutboxBytesMax = 128 * 1024,
            OutboxFullTimeout = TimeSpan.FromMilliseconds(50),
        };
        using var rig = new SocketRig(options, new TcpTransportOptions { LingerTimeout = TimeSpan.Zero });
        using Socket peer = rig.ConnectRaw();
        var end = rig.TakeAccepted();
        peer.Send(Greeting);
        await WaitUntilAsync(rig, () => end.Channel.IsReady);
        bool wasFull = false;
        long sentCount = 0;
        // The first time the outbox is full the kernel may still take some of it: only who goes on sending stays full.
        while (!end.Ended.IsCompleted && sentCount < 10_000_000)
        {
            SendOutcome outcome = await rig.OnLoopAsync(() => SendThousand(end.Channel, ref sentCount));
            wasFull |= outcome == SendOutcome.OutboxFull;
        }
        Assert.That(wasFull, Is.True);
        Assert.That((await Soon(end.Ended)).Reason, Is.EqualTo(ChannelCloseReason.OutboxFull));
    }

    [Test]
    public async Task A_busy_connection_answers_everything_in_order()
    {
        const int Count = 20_000;
        using var rig = new SocketRig { Prepare = AnswerEverything };
        using Socket peer = rig.ConnectRaw();
        var end = rig.TakeAccepted();
        peer.Send(Greeting);
        Receive(peer, 16);
        byte[] batch = [.. Enumerable.Repeat(ScriptedPeer.PacketInFrame(), 100).SelectMany(frame => frame)];
        Task sending = Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < Count / 100; i++) peer.Send(batch);
            },
            TaskCreationOptions.LongRunning);
        int flowModBytes = ScriptedPeer.FlowModBytes;
        byte[] heard = Receive(peer, Count * flowModBytes);
        await sending.WaitAsync(SocketRig.Patience);
        Assert.That(heard, Has.Length.EqualTo(Count * flowModBytes));
        for (int i = 0; i < Count; i++)
        {
            uint xid = Lime.OpenFlow.Wire.FrameHeader.Read(heard.AsSpan(i * flowModBytes)).Xid.Value;
            if (xid != i + 1) Assert.Fail($"Answer {i} has xid {xid}.");
        }
        Assert.That(end.Channel.Counters.Flushes, Is.LessThan(Count / 2));
    }

    [Test]
    public async Task A_callback_that_throws_costs_one_connection_and_is_reported()
    {
        int count = 0;
        var accepted = new TaskCompletionSource<AcceptedConnection>();
        var failed = new TaskCompletionSource<Exception>();
        var callbacks = new TcpListenerCallbacks(
            _ => ++count == 1 ? throw new InvalidOperationException("no loop") : PipeScheduler.ThreadPool,
            accepted.SetResult,
            failed.SetResult);
        using TcpOpenFlowListener listener =
            TcpOpenFlowListener.Start(new IPEndPoint(IPAddress.Loopback, 0), callbacks);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        first.Connect(listener.LocalEndPoint);
        Assert.That((await Soon(failed.Task)).Message, Is.EqualTo("no loop"));
        Assert.That(ReceiveAll(first), Is.Zero);
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        second.Connect(listener.LocalEndPoint);
        AcceptedConnection connection = await Soon(accepted.Task);
        ((IDisposable)connection.Transport).Dispose();
    }

    [Test]
    public void A_listener_that_is_disposed_accepts_nobody()
    {
        var rig = new SocketRig();
        IPEndPoint endPoint = rig.Listener.LocalEndPoint;
        Assert.That(endPoint.Port, Is.Not.Zero);
        rig.Dispose();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Assert.That(() => socket.Connect(endPoint), Throws.TypeOf<SocketException>());
    }

    [Test]
    public void A_connector_that_meets_nobody_throws()
    {
        var nobody = new IPEndPoint(IPAddress.Loopback, 1);
        Assert.That(
            async () => await TcpOpenFlowConnector.ConnectAsync(nobody, PipeScheduler.ThreadPool),
            Throws.TypeOf<SocketException>());
    }

    private static void AnswerEverything(RecordingHandler handler)
    {
        handler.IsRecording = false;
        uint count = 0;
        handler.WhenPacketIn = (channel, _) => channel.Send(new Xid(++count), new FlowMod());
    }

    private static SendOutcome SendThousand(OpenFlowChannel channel, ref long sentCount)
    {
        SendOutcome outcome = SendOutcome.Queued;
        for (int i = 0; i < 1000 && outcome == SendOutcome.Queued; i++, sentCount++)
            outcome = channel.Send(new Xid(1), new FlowMod());
        return outcome;
    }

    /// <summary>Looks again each turn of the loop.</summary>
    private static async Task WaitUntilAsync(SocketRig rig, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await rig.OnLoopAsync(condition))
        {
            if (watch.Elapsed > SocketRig.Patience) Assert.Fail("It did not come true.");
        }
    }
}
