using System.Collections.Immutable;
using System.IO.Pipelines;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Emulation;

/// <summary>A controller that does what a test says and keeps all that it hears.</summary>
internal sealed class ScriptedController : IChannelHandler
{
    private readonly EventLoop _loop;

    public ScriptedController(
        EventLoop loop, IDuplexPipe transport, params OpenFlowVersion[] versions)
    {
        _loop = loop;
        ChannelOptions options = ChannelOptions.Default with
        {
            Versions = versions.Length == 0 ? [OpenFlowVersion.V10] : versions,
        };
        var context = new ChannelContext(ChannelRole.Controller, options, loop.Time, loop);
        Channel = new OpenFlowChannel(transport, this, context);
        loop.Post(() => _ = Channel.RunAsync(CancellationToken.None));
        loop.Run(() => Channel.IsReady, TimeSpan.FromSeconds(5));
    }

    public OpenFlowChannel Channel { get; }

    public List<PacketInSeen> PacketIns { get; } = [];

    public List<(Xid Xid, OpenFlowMessage Message)> Messages { get; } = [];

    public ChannelCloseCause? Closed { get; private set; }

    public IEnumerable<T> All<T>() => Messages.Select(item => item.Message).OfType<T>();

    /// <summary>Sends a flow-mod and gives its transaction.</summary>
    public Xid Send(FlowMod mod)
    {
        Xid xid = Channel.NextXid();
        Channel.Send(xid, mod);
        return xid;
    }

    public Xid Send(OpenFlowMessage message)
    {
        Xid xid = Channel.NextXid();
        Channel.Send(xid, message);
        return xid;
    }

    public Xid SendOut(byte[] frame, ActionList actions, PortNumber? inPort = null, BufferId? buffer = null)
    {
        Xid xid = Channel.NextXid();
        Channel.Send(xid, new PacketOut
        {
            Actions = actions,
            Data = frame,
            InPort = inPort ?? PortNumber.Any,
            BufferId = buffer ?? BufferId.None,
        });
        return xid;
    }

    public void Barrier() => Await(async () =>
    {
        await Channel.BarrierAsync();
        return true;
    });

    public T Ask<T>(OpenFlowMessage request) where T : OpenFlowMessage =>
        (T)Await(async () => await Channel.RequestAsync(request));

    /// <summary>Sends what the channel itself does not pair with its answer, and gives that.</summary>
    public OpenFlowMessage AskUnpaired(OpenFlowMessage request)
    {
        Xid xid = Send(request);
        bool isThere = _loop.Run(() => Messages.Exists(item => item.Xid == xid), TimeSpan.FromMinutes(5));
        return isThere ? Messages.First(item => item.Xid == xid).Message : throw new TimeoutException();
    }

    public ImmutableArray<MultipartReply> AskAll(MultipartRequest request) =>
        Await(async () => await Channel.RequestAllAsync(request));

    public void OnReady(OpenFlowChannel channel)
    {
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message) => PacketIns.Add(
        new PacketInSeen(message.BufferId, message.InPort, message.Reason, message.TotalBytes,
            message.Data.ToArray())
        {
            Table = message.Table,
            Cookie = message.Cookie,
            MatchFields = message.MatchFields.ToArray(),
        });

    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message) =>
        throw new InvalidOperationException("A switch does not send packet-outs.");

    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame) =>
        throw new InvalidOperationException("A switch does not send flow-mods.");

    public void OnMessage(OpenFlowChannel channel, Xid xid, OpenFlowMessage message,
        ReadOnlySpan<byte> frame) =>
        Messages.Add((xid, message));

    public void OnOutboxDrained(OpenFlowChannel channel)
    {
    }

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause) => Closed = cause;

    /// <summary>Runs a request on the loop, in the loop's time, until it is done.</summary>
    private T Await<T>(Func<Task<T>> request)
    {
        Task<T>? task = null;
        _loop.Post(() => task = request());
        bool isDone = _loop.Run(() => task is { IsCompleted: true }, TimeSpan.FromMinutes(5));
        if (!isDone) throw new TimeoutException();
        return task!.GetAwaiter().GetResult();
    }
}

/// <summary>A packet-in, copied.</summary>
internal sealed record PacketInSeen(
    BufferId Buffer, PortNumber InPort, PacketInReason Reason, int TotalBytes, byte[] Frame)
{
    public TableId Table { get; init; }

    public Cookie Cookie { get; init; }

    public byte[] MatchFields { get; init; } = [];
}
