using System.IO.Pipelines;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Transport;
using NUnit.Framework;

namespace Lime.Tests.Channel;

/// <summary>A channel on an event loop in virtual time, with a scripted peer at the other end.</summary>
internal sealed class ChannelRig : IDisposable
{
    /// <param name="options">Null: those of a channel that speaks 1.0 alone.</param>
    /// <param name="role">Which side of the connection it is.</param>
    public ChannelRig(ChannelOptions? options = null, ChannelRole role = ChannelRole.Controller)
    {
        options ??= Of10;
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(Loop.Scheduler, Loop.Scheduler);
        Peer = new ScriptedPeer(theirs, options.Versions.Max());
        var context = new ChannelContext(role, options, Loop.Time, Loop);
        Channel = new OpenFlowChannel(ours, Handler, context);
    }

    public static ChannelOptions Of10 { get; } = ChannelOptions.Default with { Versions = [OpenFlowVersion.V10] };

    public EventLoop Loop { get; } = EventLoop.CreateManual();

    public RecordingHandler Handler { get; } = new();

    public ScriptedPeer Peer { get; }

    public OpenFlowChannel Channel { get; }

    public Task<ChannelCloseCause> Ended { get; private set; } = Task.FromException<ChannelCloseCause>(
        new InvalidOperationException("The channel was not started."));

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>A started controller's channel that speaks both versions, in front of a peer that speaks
    /// 1.3.</summary>
    public static ChannelRig Greeted13(ChannelOptions? options = null)
    {
        var rig = new ChannelRig(
            (options ?? ChannelOptions.Default) with { Versions = [OpenFlowVersion.V10, OpenFlowVersion.V13] });
        rig.Start();
        rig.Peer.Say(new HelloMessage(4, [0, 1, 0, 8, 0, 0, 0, 0x10]));
        rig.Settle();
        return rig;
    }

    /// <summary>A controller's channel to a switch of 1.3, ready, without ports.</summary>
    public static ChannelRig Ready13(ChannelOptions? options = null)
    {
        ChannelRig rig = Greeted13(options);
        rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        rig.Peer.Say(new PortDescriptionReply([]), rig.Peer.XidOfLast(MessageKind.MultipartRequest));
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        rig.Peer.Heard.Clear();
        rig.Handler.Calls.Clear();
        return rig;
    }

    /// <summary>A channel of 1.0 whose handshake is done.</summary>
    public static ChannelRig Ready(ChannelOptions? options = null, ChannelRole role = ChannelRole.Controller)
    {
        var rig = new ChannelRig((options ?? Of10) with { Versions = Of10.Versions }, role);
        rig.Start();
        rig.Peer.Say(new HelloMessage(1, []));
        if (role == ChannelRole.Controller) rig.Peer.Say(ScriptedPeer.Features());
        rig.Settle();
        Assert.That(rig.Channel.IsReady, Is.True);
        rig.Peer.Heard.Clear();
        rig.Handler.Calls.Clear();
        return rig;
    }

    public void Start()
    {
        OnLoop(() => Ended = Channel.RunAsync(Stop.Token));
        Settle();
    }

    /// <summary>Runs all there is to do at this moment of virtual time, and lets the peer listen.</summary>
    public void Settle(bool isPeerListening = true)
    {
        Loop.Run(() => false, TimeSpan.Zero);
        if (!isPeerListening) return;
        Peer.Listen();
        Loop.Run(() => false, TimeSpan.Zero);
        Peer.Listen();
    }

    public void OnLoop(Action action)
    {
        Loop.Post(action);
        Loop.Run(() => false, TimeSpan.Zero);
    }

    public T OnLoop<T>(Func<T> action)
    {
        T result = default!;
        OnLoop(() => { result = action(); });
        return result;
    }

    public void Pass(TimeSpan time, bool isPeerListening = true)
    {
        Loop.RunFor(time);
        Settle(isPeerListening);
    }

    /// <summary>One tick of virtual time.</summary>
    public void PassTick() => Pass(TimeSpan.FromTicks(1));

    public void Dispose()
    {
        Stop.Dispose();
        Loop.Dispose();
    }
}
