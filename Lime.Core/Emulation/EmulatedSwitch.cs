using System.IO.Pipelines;
using System.Net;
using Lime.Core.Emulation.Control;
using Lime.Core.Emulation.Links;
using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Transport;

namespace Lime.Core.Emulation;

/// <summary>A switch that speaks OpenFlow 1.0 and 1.3 and forwards the frames of an
/// <see cref="EmulatedNetwork"/>.</summary>
/// <remarks>
/// Life cycle: made by <see cref="EmulatedNetwork.AddSwitch"/>; has one control connection at a time or
/// none, and can be connected again and again. Without one it goes on forwarding by its rules, which stay
/// (fail-secure), and drops what it would hand up. It behaves by the version of its latest controller; before the
/// first one by 1.0's. Rules, groups and meters stay when a controller of another version takes over, which is not told
/// of those that its version has no words for.
/// Threading: used on the network's loop, or while the loop does not run.
/// </remarks>
public sealed class EmulatedSwitch
{
    private readonly EmulationContext _context;
    private readonly SwitchDatapath _datapath;
    private readonly SwitchAgent _agent;

    internal EmulatedSwitch(
        EmulationContext context, string name, DatapathId id, EmulatedSwitchOptions options)
    {
        _context = context = context.WithClock(options.ClockRate);
        _datapath = new SwitchDatapath(context, name, id, options);
        _agent = new SwitchAgent(context, _datapath);
    }

    /// <summary>The switch's name, unique in its network.</summary>
    public string Name => _datapath.Name;

    /// <summary>The switch's datapath id.</summary>
    public DatapathId Datapath => _datapath.Id;

    /// <summary>What it can do.</summary>
    public EmulatedSwitchOptions Options => _datapath.Options;

    /// <summary>Whether a controller is connected and the handshake done.</summary>
    public bool IsConnected => _agent.IsConnected;

    /// <summary>Why the latest control connection that ended did so; null: none has.</summary>
    public ChannelCloseCause? LastCloseCause { get; private set; }

    /// <summary>Its ports as they are now, by number.</summary>
    public IReadOnlyList<PortDescription> Ports =>
        [.. _datapath.Ports.All.Select(port => port.DescriptionFor(_datapath.Traits))];

    /// <summary>Its ports' counters as they are now, by number.</summary>
    public IReadOnlyList<PortStatistics> PortStatistics =>
        [.. _datapath.Ports.All.Select(port => port.StatisticsAt(_context.NowTicks))];

    /// <summary>How many rules it holds.</summary>
    public int FlowCount => _datapath.Tables.FlowCount;

    /// <summary>Its rules and their counters as they are now.</summary>
    public IReadOnlyList<FlowStatistics> Flows =>
    [
        .. _datapath.Tables
            .Select(TableId.All, FlowFilter.All)
            .Select(entry => entry.ToStatistics(_context.NowTicks)),
    ];

    /// <summary>Its groups as they are now, by number.</summary>
    public IReadOnlyList<GroupDescription> Groups =>
        [.. _datapath.Groups.All.Select(group => group.Description).OrderBy(group => group.Group.Value)];

    /// <summary>Its meters as they are now, by number.</summary>
    public IReadOnlyList<MeterConfiguration> Meters =>
        [.. _datapath.Meters.All.Select(meter => meter.Configuration).OrderBy(meter => meter.Meter.Value)];

    /// <summary>What SET_CONFIG has set last.</summary>
    internal SetConfig Configuration => new(_datapath.Configuration.Flags, _datapath.Configuration.MissSendBytes);

    /// <summary>What it has counted.</summary>
    public SwitchCounters Counters => _agent.Counters;

    /// <summary>A fault for tests: flow-mods for which this holds are refused as if the table were
    /// full.</summary>
    public Func<FlowMod, bool>? RejectFlowMod
    {
        get => _datapath.RejectFlowMod;
        set => _datapath.RejectFlowMod = value;
    }

    internal IFrameEndpoint Endpoint => _datapath;

    /// <summary>Adds a port without a link; it is announced to the controller. One that is there is left as
    /// it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not one of a real port of OpenFlow 1.0,
    /// 1..65,280.</exception>
    public void AddPort(PortNumber number) => _datapath.Ports.GetOrAdd(number);

    /// <summary>Changes a flow table at once and without a controller, e.g. to begin with static
    /// rules.</summary>
    /// <returns>The error with which a controller's flow-mod would have been refused; null: done.</returns>
    public ErrorMessage? Install(in FlowMod mod) => _datapath.Apply(mod) is { } refusal
        ? new ErrorMessage(refusal.Type, refusal.Code, [])
        : null;

    /// <summary>Changes a group at once and without a controller.</summary>
    /// <returns>The error with which a controller's group-mod would have been refused; null: done.</returns>
    public ErrorMessage? Install(GroupMod mod) => _datapath.Apply(mod) is { } refusal
        ? new ErrorMessage(refusal.Type, refusal.Code, [])
        : null;

    /// <summary>Changes a meter at once and without a controller.</summary>
    /// <returns>The error with which a controller's meter-mod would have been refused; null: done.</returns>
    public ErrorMessage? Install(MeterMod mod) => _datapath.Apply(mod) is { } refusal
        ? new ErrorMessage(refusal.Type, refusal.Code, [])
        : null;

    /// <summary>Sets a port at once and without a controller.</summary>
    /// <returns>The error with which a controller's port-mod would have been refused; null: done.</returns>
    public ErrorMessage? Install(PortMod mod) => _datapath.Apply(mod) is { } refusal
        ? new ErrorMessage(refusal.Type, refusal.Code, [])
        : null;

    /// <summary>A fault for tests: while stalled, the switch does nothing that its controller says but
    /// answer echoes; messages wait in order. It goes on forwarding and handing up packets.</summary>
    public void StallControl(bool isStalled) => _agent.Stall(isStalled);

    /// <summary>Speaks to a controller over <paramref name="transport"/>, in place of one connected
    /// before.</summary>
    /// <param name="transport">The switch's end; its reader's scheduler has to be the loop's.</param>
    /// <returns>Done when the connection has ended, with the cause.</returns>
    public Task<ChannelCloseCause> Connect(IDuplexPipe transport)
    {
        var ended = new TaskCompletionSource<ChannelCloseCause>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        var channelContext = new ChannelContext(
            ChannelRole.Switch,
            Options.Channel with { Versions = Options.Versions },
            _context.Loop.Time,
            _context.Loop);
        _context.OnLoop(() =>
        {
            var channel = new OpenFlowChannel(transport, _agent, channelContext);
            _agent.Use(channel);
            _ = RunAsync(channel, ended);
        });
        return ended.Task;
    }

    /// <summary>Connects to a controller that listens on TCP; only for a loop in real time.</summary>
    /// <returns>Done when there is a connection; the handshake follows.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">No connection.</exception>
    public async Task ConnectTcpAsync(EndPoint controller, CancellationToken cancellationToken = default)
    {
        IDuplexPipe transport = await TcpOpenFlowConnector
            .ConnectAsync(controller, _context.Loop.Scheduler, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        _ = Connect(transport);
    }

    /// <summary>Ends the control connection, if there is one.</summary>
    public void Disconnect() =>
        _context.OnLoop(() => _agent.Disconnect("The switch was told to disconnect."));

    /// <summary>The switch's name and datapath id.</summary>
    public override string ToString() => $"{Name} ({Datapath})";

    private async Task RunAsync(OpenFlowChannel channel, TaskCompletionSource<ChannelCloseCause> ended)
    {
        LastCloseCause = await channel.RunAsync(CancellationToken.None);
        ended.SetResult(LastCloseCause);
    }
}
