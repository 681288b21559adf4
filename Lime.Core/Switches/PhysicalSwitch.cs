using System.Collections.Immutable;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>A datapath that speaks OpenFlow to us, over all its connections.</summary>
/// <remarks>Life cycle: made when it is configured or first connects, then kept; <see cref="Connected"/> and
/// <see cref="Disconnected"/> alternate. Threading: the owner loop's.</remarks>
internal sealed class PhysicalSwitch(DatapathId datapath, string name)
{
    /// <summary>Commands that a full outbox did not take. While there are any, apps' commands are refused,
    /// so its bound is what one command expands to, at most a table, and what was taken before: the update queue
    /// and the packets that it holds.</summary>
    private readonly Queue<WaitingCommand> _overflow = [];
    private TaskCompletionSource? _drained;
    private SwitchBundles? _bundles;
    private CarrierRules? _carrier;

    public DatapathId Datapath { get; } = datapath;

    public string Name { get; } = name;

    /// <summary>The present connection, or null.</summary>
    public OpenFlowChannel? Channel { get; private set; }

    public FeaturesReply? Features { get; private set; }

    public ImmutableArray<PortDescription> Ports { get; private set; } = [];

    /// <summary>The largest packet that its links carry, in bytes without the Ethernet header; null: not
    /// told.</summary>
    public int? Mtu { get; init; }

    /// <summary>The virtual switch that has it to itself, or null.</summary>
    public Instance? Instance { get; set; }

    /// <summary>The virtual switches that share it; null: none ever has.</summary>
    public SwitchParts? Parts { get; private set; }

    /// <summary>Every virtual switch that it realises.</summary>
    public IReadOnlyList<Instance> Instances => Instance is { } whole ? [whole] : Parts?.All ?? [];

    /// <summary>The connection that <see cref="Channel"/> is of.</summary>
    public SwitchConnection? Connection { get; private set; }

    /// <summary>Its connections besides the main one.</summary>
    public AuxiliaryConnections Auxiliaries { get; } = new();

    /// <summary>Whether things may move to it.</summary>
    public bool IsSpare { get; set; }

    /// <summary>What unfinished migrations have left on it, to be taken away when that is possible.</summary>
    public List<Leftovers> Leftovers { get; } = [];

    /// <summary>Told when it refuses something; migrations that use it listen.</summary>
    public event Action<Xid, ErrorMessage>? Refused;

    /// <summary>Told when its connection is lost; a migration that uses it listens.</summary>
    public Action<string>? Trouble { get; set; }

    /// <summary>Whether the table found at the present connection's beginning has been taken account
    /// of.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Rules found on it that nobody asked for and that were left alone.</summary>
    public int ForeignRules { get; set; }

    /// <summary>What it has said of itself at the present connection; null: nobody has asked.</summary>
    public DescriptionReply? Description { get; set; }

    public ChannelCloseCause? LastCloseCause { get; private set; }

    public bool IsConnected => Channel is not null;

    /// <summary>The bundles of the present connection.</summary>
    public SwitchBundles Bundles => _bundles ??= new SwitchBundles(this);

    /// <summary>Its rules that carry tunnels.</summary>
    public CarrierRules Carrier => _carrier ??= new CarrierRules(this);

    /// <summary>How commands behave at the present connection.</summary>
    public TableSemantics Semantics => Channel?.Codec?.Semantics ?? TableSemantics.V10;

    /// <summary>Whether commands pile up before it.</summary>
    public bool IsCongested => _overflow.Count > 0;

    /// <summary>It has refused something.</summary>
    public void HasRefused(Xid xid, ErrorMessage error)
    {
        foreach (Instance each in Instances) each.CommandWasRefused(xid);
        Refused?.Invoke(xid, error);
    }


    /// <summary>Its ports are shared out from now on.</summary>
    public SwitchParts Share() => Parts ??= new SwitchParts();

    public void Connected(SwitchConnection connection, OpenFlowChannel channel)
    {
        Connection = connection;
        Channel = channel;
        _bundles = null;
        Features = channel.Features;
        Ports = channel.Features!.Ports;
        IsReconciled = false;
        ForeignRules = 0;
        Description = null;
    }

    public void Disconnected(ChannelCloseCause cause)
    {
        Channel = null;
        Connection = null;
        LastCloseCause = cause;
        IsReconciled = false;
        _overflow.Clear();
        Auxiliaries.CloseAll();
        SignalDrained();
    }

    /// <summary>Sends a flow-mod; one that the outbox has no room for waits in line.</summary>
    public SendOutcome Send(Xid xid, in FlowMod message)
    {
        if (Channel is null) return SendOutcome.NotConnected;
        SendOutcome outcome = _overflow.Count > 0 ? SendOutcome.OutboxFull : Channel.Send(xid, message);
        if (outcome != SendOutcome.OutboxFull) return outcome;
        _overflow.Enqueue(new WaitingCommand(xid, message));
        return SendOutcome.Queued;
    }

    /// <summary>Adds a flow-mod to a bundle, in its turn behind what waits.</summary>
    public SendOutcome Send(Xid xid, in FlowMod message, BundleId bundle)
    {
        if (Channel is null) return SendOutcome.NotConnected;
        SendOutcome outcome = _overflow.Count > 0
            ? SendOutcome.OutboxFull
            : Channel.Send(xid, message, bundle, BundleFlags.Ordered);
        if (outcome != SendOutcome.OutboxFull) return outcome;
        _overflow.Enqueue(new WaitingCommand(xid, message) { Bundle = bundle });
        return SendOutcome.Queued;
    }

    /// <summary>Sends another command, in its turn behind flow-mods that wait.</summary>
    public SendOutcome Send(Xid xid, OpenFlowMessage message)
    {
        if (Channel is null) return SendOutcome.NotConnected;
        SendOutcome outcome = _overflow.Count > 0 ? SendOutcome.OutboxFull : Channel.Send(xid, message);
        if (outcome != SendOutcome.OutboxFull) return outcome;
        _overflow.Enqueue(new WaitingCommand(xid, default) { Other = message });
        return SendOutcome.Queued;
    }

    /// <summary>Sends a packet-out that nobody can be refused any more, in its turn behind what waits.</summary>
    public SendOutcome Send(Xid xid, in PacketOut message)
    {
        if (Channel is null) return SendOutcome.NotConnected;
        SendOutcome outcome = _overflow.Count > 0 ? SendOutcome.OutboxFull : Channel.Send(xid, message);
        if (outcome != SendOutcome.OutboxFull) return outcome;
        _overflow.Enqueue(new WaitingCommand(xid, default) { PacketOut = new QueuedPacketOut(message) });
        return SendOutcome.Queued;
    }

    /// <summary>The outbox has room again.</summary>
    public void OutboxDrained()
    {
        while (Channel is not null && _overflow.TryPeek(out WaitingCommand next))
        {
            SendOutcome outcome = next.SendTo(Channel);
            if (outcome == SendOutcome.OutboxFull) return;
            _overflow.Dequeue();
        }
        SignalDrained();
    }

    /// <summary>Awaits a barrier behind everything sent so far.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    /// <remarks>The task ends as the reply is received, before what comes behind it is.</remarks>
    public Task BarrierAsync()
    {
        Task reply = _overflow.Count == 0 && Channel is { } channel
            ? channel.BarrierAsync().AsTask()
            : BarrierBehindAsync();
        foreach (Instance each in Instances) each.Course?.Await(reply);
        return reply;
    }

    private async Task BarrierBehindAsync()
    {
        await AwaitDrainedAsync();
        await RequireChannel().BarrierAsync();
    }

    /// <summary>Awaits a barrier behind everything sent so far.</summary>
    /// <returns>False if it was not answered in time, or the connection is lost.</returns>
    public async Task<bool> TryBarrierAsync()
    {
        try
        {
            await BarrierAsync();
            return true;
        }
        catch (OpenFlowRequestException)
        {
            return false;
        }
    }

    /// <summary>Awaits all parts of an answer.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public async Task<ImmutableArray<MultipartReply>> RequestAllAsync(MultipartRequest request)
    {
        await AwaitDrainedAsync();
        return await RequireChannel().RequestAllAsync(request);
    }

    /// <summary>Awaits all parts of an answer, each of which is told as it comes.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public async Task RequestPartsAsync(MultipartRequest request, Action<MultipartReply> take)
    {
        await AwaitDrainedAsync();
        await RequireChannel().RequestPartsAsync(request, take);
    }

    /// <summary>Awaits one answer.</summary>
    /// <exception cref="OpenFlowRequestException">It was refused, no answer in time, or no connection.</exception>
    public async Task<OpenFlowMessage> RequestAsync(OpenFlowMessage request) =>
        await RequireChannel().RequestAsync(request);

    /// <summary>Completes when nothing waits for room in the outbox.</summary>
    public Task DrainedAsync() => AwaitDrainedAsync();

    /// <summary>Takes a change of a port.</summary>
    public void PortChanged(PortStatus status)
    {
        ImmutableArray<PortDescription> others = Ports.RemoveAll(each => each.Port == status.Port.Port);
        Ports = status.Reason == PortStatusReason.Delete ? others : others.Add(status.Port);
    }

    private OpenFlowChannel RequireChannel() => Channel
        ?? throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{Name} is not connected.");

    private Task AwaitDrainedAsync()
    {
        if (_overflow.Count == 0) return Task.CompletedTask;
        _drained ??= new TaskCompletionSource();
        return _drained.Task;
    }

    private void SignalDrained()
    {
        TaskCompletionSource? drained = _drained;
        _drained = null;
        drained?.SetResult();
    }
}
