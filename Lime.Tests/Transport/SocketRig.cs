using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Transport;
using Lime.Tests.Channel;
using NUnit.Framework;

namespace Lime.Tests.Transport;

/// <summary>A listener on the loopback whose connections become controller channels on a loop with its own
/// thread.</summary>
internal sealed class SocketRig : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ChannelOptions _options;
    private readonly List<Exception> _loopFailures = [];

    public SocketRig(ChannelOptions? options = null, TcpTransportOptions? transportOptions = null)
    {
        _options = options ?? ChannelRig.Of10;
        Loop.UnhandledException = _loopFailures.Add;
        var callbacks = new TcpListenerCallbacks(_ => Loop.InlineScheduler, OnAccepted, AcceptFailures.Enqueue);
        Listener =
            TcpOpenFlowListener.Start(new IPEndPoint(IPAddress.Loopback, 0), callbacks, transportOptions);
    }

    public EventLoop Loop { get; } = EventLoop.StartThread("controller");

    public TcpOpenFlowListener Listener { get; }

    public ConcurrentQueue<Exception> AcceptFailures { get; } = new();

    /// <summary>The channels in order of their connecting, each with what it recorded and its end.</summary>
    public BlockingCollection<(
        OpenFlowChannel Channel,
        RecordingHandler Handler,
        Task<ChannelCloseCause> Ended)>
        Accepted { get; } = [];

    /// <summary>Called for each channel on the loop before it runs.</summary>
    public Action<RecordingHandler>? Prepare { get; set; }

    public (OpenFlowChannel Channel, RecordingHandler Handler, Task<ChannelCloseCause> Ended) TakeAccepted()
    {
        Assert.That(Accepted.TryTake(out var accepted, Patience), Is.True, "Nothing was accepted.");
        return accepted;
    }

    public Socket ConnectRaw()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(Listener.LocalEndPoint);
        return socket;
    }

    /// <summary>Runs something on the loop and gives its result.</summary>
    public async Task<T> OnLoopAsync<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() => done.SetResult(action()));
        return await done.Task.WaitAsync(Patience);
    }

    public void Dispose()
    {
        Listener.Dispose();
        Loop.Dispose();
        Accepted.Dispose();
        Assert.That(_loopFailures, Is.Empty);
    }

    private void OnAccepted(AcceptedConnection connection) => Loop.Post(() =>
    {
        var handler = new RecordingHandler();
        Prepare?.Invoke(handler);
        var context = new ChannelContext(ChannelRole.Controller, _options, Loop.Time, Loop);
        var channel = new OpenFlowChannel(connection.Transport, handler, context);
        Accepted.Add((channel, handler, channel.RunAsync(CancellationToken.None)));
    });
}
