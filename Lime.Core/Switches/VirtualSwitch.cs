using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>A switch as apps see it: a table, and the instances that realise it.</summary>
/// <remarks>Life cycle: made when its first instance connects (with a network file: when the controller is
/// made), then kept; its instances come and go. Threading: lives on the owner loop; the public members hand
/// over to it.</remarks>
internal sealed class VirtualSwitch : IVirtualSwitch
{
    private readonly CommandPath _commands;
    private readonly PacketOutPath _packetOuts;
    private uint _lastXid;
    private volatile bool _isRefusing;

    public VirtualSwitch(string name, DatapathId datapath, AppChain apps, LoopAccess loop, VirtualSwitchLimits limits)
    {
        Name = name;
        Datapath = datapath;
        Apps = apps;
        Loop = loop;
        Limits = limits;
        Table = new ShadowFlowTable(TableSemantics.V10, limits.RulesOrQuota);
        Groups = new ShadowGroupTable(limits.Quota.GroupsMax ?? int.MaxValue);
        Meters = new ShadowMeterTable(limits.Quota.MetersMax ?? int.MaxValue);
        PacketInQuota = RateQuota.Of(limits.Quota.PacketInsPerSecond);
        PacketOutQuota = RateQuota.Of(limits.Quota.PacketOutsPerSecond);
        Features = new FeaturesReply(datapath, 0, 1, 0, 0, []);
        Buffers = new VirtualBuffers(Live.Contains, () => Features.BufferCount > 0);
        ControllerFirst = new ControllerFirst(this);
        MeterShares = new MeterShares(this);
        Discipline = new CloneDiscipline(this);
        Updates = new UpdateQueue(this, limits);
        Events = new InstanceEvents(this);
        PortNews = new PortNews(this);
        Timeouts = new TimeoutKeeper(this);
        Idle = new IdleObservation(this, limits.IdleReadInterval);
        Reconciliation = new TableReconciliation(this);
        Inventory = new InventoryReconciliation(this);
        Resources = new ResourceCommands(this);
        Leaving = new LeavingRules(this);
        Miss = new TableMissRule(this, limits.KeepsTableMissRule);
        _commands = new CommandPath(this);
        _packetOuts = new PacketOutPath(this);
        Statistics = new StatisticsMerge(this);
        ResourceCounters = new ResourceStatistics(this);
        Chassis = new ChassisCounters(this);
    }

    public string Name { get; }

    public DatapathId Datapath { get; }

    public FeaturesReply Features { get; private set; }

    public ImmutableArray<PortDescription> Ports => Features.Ports;

    public bool IsConnected => Primary is { Physical.IsConnected: true };

    /// <summary>Who it is to apps and logs.</summary>
    public AppChain Apps { get; }

    public LoopAccess Loop { get; }

    public VirtualSwitchLimits Limits { get; set; }

    public ShadowFlowTable Table { get; }

    public ShadowGroupTable Groups { get; }

    public ShadowMeterTable Meters { get; }

    /// <summary>How many packets a second apps are shown; null: all.</summary>
    public RateQuota? PacketInQuota { get; set; }

    /// <summary>How many packets a second apps may send; null: as many as there is room for.</summary>
    public RateQuota? PacketOutQuota { get; set; }

    /// <summary>The instances that carry traffic; the first one answers what only one can. Steady state:
    /// one.</summary>
    public List<Instance> Live { get; } = [];

    /// <summary>The instance that is being filled, or null.</summary>
    public Follower? Follower { get; set; }

    public CloneMode Mode { get; set; }

    public Instance? Primary => Live.Count > 0 ? Live[0] : null;

    public UpdateQueue Updates { get; }

    public InstanceEvents Events { get; }

    public PortNews PortNews { get; }

    public TimeoutKeeper Timeouts { get; }

    public IdleObservation Idle { get; }

    public TableReconciliation Reconciliation { get; }

    public InventoryReconciliation Inventory { get; }

    public ResourceCommands Resources { get; }

    public TableMissRule Miss { get; }

    public StatisticsMerge Statistics { get; }

    public ResourceStatistics ResourceCounters { get; }

    public ChassisCounters Chassis { get; }

    public VirtualBuffers Buffers { get; }

    /// <summary>Rules of which apps see every packet before anybody else does, while several instances live.</summary>
    public ControllerFirst ControllerFirst { get; }

    /// <summary>The instances' parts of each meter's rate, while there are two.</summary>
    public MeterShares MeterShares { get; }

    public CloneDiscipline Discipline { get; }

    /// <summary>Rules that have been deleted and whose last counters have not all come yet.</summary>
    public LeavingRules Leaving { get; }

    /// <summary>Told each step of the order in which the switch claims to do things; null: nobody listens, and it costs
    /// nothing.</summary>
    public Action<SerialOrderEntry>? SerialOrder { get; set; }

    public CommandQuotes Quotes { get; } = new();

    /// <summary>Counter readings and internal deletions exclude one another.</summary>
    public LoopGate CounterGate { get; } = new();

    public SendResult Send(in FlowMod flowMod)
    {
        if (!Loop.IsCurrent()) return Post(flowMod);
        return Noted(IsDirect ? _commands.Send(flowMod, NextXid()) : Updates.Enqueue(flowMod));
    }

    public SendResult Send(in PacketOut packetOut)
    {
        if (!Loop.IsCurrent()) return Post(packetOut);
        return Noted(IsDirect ? _packetOuts.Send(packetOut, NextXid()) : Updates.Enqueue(packetOut));
    }

    public SendResult Send(GroupMod groupMod) => SendCommand(groupMod);

    public SendResult Send(MeterMod meterMod) => SendCommand(meterMod);

    public SendResult Send(PortMod portMod) => SendCommand(portMod);

    public SendResult Send(TableMod tableMod) => SendCommand(tableMod);

    public SendResult Send(SetConfig setConfig) => SendCommand(setConfig);

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(ConfirmAllAsync, cancellationToken));

    public ValueTask<GetConfigReply> GetConfigAsync(CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(ReadConfigAsync, cancellationToken));

    public ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(() => Statistics.FlowsAsync(request), cancellationToken));

    public ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(() => Statistics.AggregateAsync(request), cancellationToken));

    public ValueTask<ImmutableArray<GroupDescription>> GetGroupsAsync(CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(ResourceCounters.GroupsAsync, cancellationToken));

    public ValueTask<ImmutableArray<GroupStatistics>> GetGroupStatisticsAsync(
        GroupId group, CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(() => ResourceCounters.GroupStatisticsAsync(group), cancellationToken));

    public ValueTask<ImmutableArray<MeterConfiguration>> GetMetersAsync(
        CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(ResourceCounters.MetersAsync, cancellationToken));

    public ValueTask<ImmutableArray<MeterStatistics>> GetMeterStatisticsAsync(
        MeterId meter, CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(() => ResourceCounters.MeterStatisticsAsync(meter), cancellationToken));

    public ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(() => Chassis.PortsAsync(port), cancellationToken));

    public ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(
        CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(Chassis.TablesAsync, cancellationToken));

    public ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default) =>
        new(OnLoopAsync(Statistics.DescriptionAsync, cancellationToken));

    /// <summary>The id for an app's next command; never 0.</summary>
    public Xid NextXid() => new(++_lastXid == 0 ? ++_lastXid : _lastXid);

    /// <summary>Sends a flow-mod that has waited.</summary>
    public SendResult SendTaken(in FlowMod flowMod, Xid xid) => _commands.Send(flowMod, xid, hasWaited: true);

    /// <summary>Sends a command that has waited.</summary>
    public SendResult SendTaken(OpenFlowMessage command, Xid xid) => _commands.Send(command, xid, hasWaited: true);

    /// <summary>Sends a packet-out that has waited; the update queue's turn has come for it.</summary>
    public SendResult SendTaken(in PacketOut packetOut, Xid xid) => _packetOuts.SendTaken(packetOut, xid);

    /// <summary>As <see cref="SendTaken(in PacketOut, Xid)"/>, where its place among the app's commands is told
    /// already.</summary>
    public void SendClaimed(in PacketOut packetOut, Xid xid) => _packetOuts.SendClaimed(packetOut, xid);

    /// <summary>Sends a packet-out now; nothing waits before it.</summary>
    public SendResult SendNow(in PacketOut packetOut, Xid xid) => _packetOuts.Send(packetOut, xid);

    /// <summary>Sends the packet that a flow-mod named by the tables as they are now; tells apps if there is
    /// none.</summary>
    public void ReleaseBuffer(in FlowMod flowMod, Xid appXid)
    {
        bool isNamed = flowMod.BufferId != BufferId.None
            && flowMod.Command is not (FlowModCommand.Delete or FlowModCommand.DeleteStrict);
        if (!isNamed || _packetOuts.ReleaseThroughTable(flowMod.BufferId) is not { } fault) return;
        if (Primary?.Physical.Channel?.Codec is { } codec)
            Refuse(appXid, fault, CommandPath.Quote(codec, appXid, flowMod));
    }

    /// <summary>What commands wait in has room again: apps that were refused learn of it.</summary>
    public void Drained()
    {
        if (!_isRefusing || Primary is not { Physical: { IsConnected: true, IsCongested: false } }) return;
        _isRefusing = false;
        Apps.Drained(this);
    }

    /// <summary>The connection is lost: there is nothing to drain any more.</summary>
    public void Disconnected() => _isRefusing = false;

    /// <summary>Makes a live instance the first one.</summary>
    public void Lead(Instance instance)
    {
        Live.Remove(instance);
        Live.Insert(0, instance);
    }

    /// <summary>The first instance is lost: another live one takes its place, so that apps notice nothing.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryStandIn()
    {
        if (Live.Find(each => each.Physical.IsConnected) is not { } other) return false;
        Lead(other);
        return true;
    }

    /// <summary>Whether apps have been told that it is there, and not that it is gone.</summary>
    public bool IsUp { get; set; }

    /// <summary>Sets what apps see of the switch; later instances don't change its identity.</summary>
    public void Describe(FeaturesReply features) => Features = features with { Datapath = Datapath };

    /// <summary>Tells apps of a refusal, later on the loop, so that no app is called within its own
    /// Send.</summary>
    public void Refuse(Xid xid, (ErrorType Type, ushort Code) refusal, ImmutableArray<byte> quote) =>
        Loop.Post(() => Apps.Error(this, xid, new ErrorMessage(refusal.Type, refusal.Code, quote)));

    /// <summary>A rule has left the table: what lay beneath it has its place again.</summary>
    public void RuleWasRemoved(FlowRule rule)
    {
        InstancePart.RuleWasRemoved(this, rule);
        Miss.RuleWasRemoved(rule);
    }

    /// <summary>Tells apps that a rule is gone, if they asked for it.</summary>
    public void Report(Removal removal)
    {
        if (Leaving.MustWait(removal)) return;
        Chassis.RuleHasCounted(removal.Counters);
        removal.WhenComplete?.Invoke(removal.Counters);
        if (removal.Rule.ReportsRemoval) Apps.FlowRemoved(this, removal.ToMessage());
        Leaving.Told(removal);
    }

    /// <summary>A barrier at every live instance; one that doesn't answer fails its migration.</summary>
    public Task BarrierAllAsync() => InForce.BarrierAsync([.. Live]);

    /// <summary>Completes when what was sent to these instances so far is in force in their data planes, by the
    /// evidence that fits each; as <see cref="BarrierAllAsync"/> where one doesn't answer.</summary>
    public static Task AwaitInForceAsync(IReadOnlyList<Instance> instances) => InForce.AwaitAsync(instances);

    /// <summary>Apart from its caller, so that a command given on the loop allocates no closure.</summary>
    private SendResult Post(FlowMod flowMod)
    {
        if (_isRefusing) return new SendResult(SendOutcome.OutboxFull, default);
        Loop.Post(() => SendPosted(flowMod));
        return new SendResult(IsConnected ? SendOutcome.Queued : SendOutcome.NotConnected, default);
    }

    private SendResult Post(in PacketOut packetOut)
    {
        if (_isRefusing) return new SendResult(SendOutcome.OutboxFull, default);
        var copy = new QueuedPacketOut(packetOut);
        Loop.Post(() => SendPosted(copy.ToMessage()));
        return new SendResult(IsConnected ? SendOutcome.Queued : SendOutcome.NotConnected, default);
    }

    private SendResult SendCommand(OpenFlowMessage command)
    {
        if (Loop.IsCurrent()) return Noted(IsDirect ? _commands.Send(command, NextXid()) : Updates.Enqueue(command));
        if (_isRefusing) return new SendResult(SendOutcome.OutboxFull, default);
        Loop.Post(() => SendPosted(command));
        return new SendResult(IsConnected ? SendOutcome.Queued : SendOutcome.NotConnected, default);
    }

    /// <summary>A command of another thread, which was told that it is taken: it waits if there is no room, and those
    /// behind it are refused.</summary>
    private void SendPosted(in FlowMod flowMod)
    {
        if (IsDirect) SendTaken(flowMod, NextXid());
        else Updates.Enqueue(flowMod, isTaken: true);
        NoteCongestion();
    }

    private void SendPosted(in PacketOut packetOut)
    {
        if (IsDirect) SendTaken(packetOut, NextXid());
        else Updates.Enqueue(packetOut, isTaken: true);
        NoteCongestion();
    }

    private void SendPosted(OpenFlowMessage command)
    {
        if (IsDirect) SendTaken(command, NextXid());
        else Updates.Enqueue(command, isTaken: true);
        NoteCongestion();
    }

    private void NoteCongestion()
    {
        if (Updates.IsFull || Primary is { Physical.IsCongested: true }) _isRefusing = true;
    }

    private SendResult Noted(SendResult result)
    {
        if (result.Outcome == SendOutcome.OutboxFull) _isRefusing = true;
        return result;
    }

    /// <summary>Whether commands go straight to the one instance.</summary>
    private bool IsDirect => Mode == CloneMode.Single && Updates.IsIdle;

    private async Task<bool> ConfirmAllAsync()
    {
        if (!IsDirect)
        {
            await Updates.EnqueueBarrier();
            return true;
        }
        PhysicalSwitch physical = Primary?.Physical
            ?? throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{Name} has no instance.");
        await physical.BarrierAsync();
        await Leaving.AllToldAsync();
        return true;
    }

    /// <summary>What apps have set, as far as commands before this have had their turn.</summary>
    private async Task<GetConfigReply> ReadConfigAsync()
    {
        if (!IsConnected) throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{Name} is not connected.");
        if (!IsDirect) await Updates.EnqueueBarrierIfBusy();
        SetConfig present = Resources.Settings.Present;
        return new GetConfigReply(present.Flags, present.MissSendBytes);
    }

    private Task<T> OnLoopAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        if (Loop.IsCurrent()) return operation().WaitAsync(cancellationToken);
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() => _ = CompleteAsync(operation, result));
        return result.Task.WaitAsync(cancellationToken);
    }

    private static async Task CompleteAsync<T>(Func<Task<T>> operation, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(await operation());
        }
        catch (Exception exception)
        {
            result.SetException(exception);
        }
    }
}
