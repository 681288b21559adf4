using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net;
using Lime.Core.Apps;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Switches;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lime.Core.Hosting;

/// <summary>The controller: takes switches' connections, shows them to apps as virtual switches, and migrates
/// those.</summary>
/// <remarks>Life cycle: made, started, disposed, once each. Threading: the public members may be used from
/// any thread; what apps see happens on <see cref="Loop"/>.</remarks>
public sealed partial class LimeController : IAsyncDisposable
{
    private const string Ending = "The controller is ending.";

    private static readonly TimeSpan AbortWait = TimeSpan.FromSeconds(10);

    /// <summary>A switch that takes nothing any more must not hold up the end of the process.</summary>
    private static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    private readonly LimeOptions _options;
    private readonly ILogger _logger;
    private readonly bool _ownsLoop;
    private readonly AppChain _apps;
    private readonly SwitchRegistry _registry;
    private readonly ControllerSnapshots _snapshots;
    private readonly Dictionary<SwitchConnection, OpenFlowChannel> _connections = [];
    private readonly HandshakeGate _handshakes;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpOpenFlowListener? _listener;
    private bool _isStarted;
    private bool _isDisposed;
    private bool _isClosing;

    /// <summary>Makes a controller; nothing happens before <see cref="Start"/> or
    /// <see cref="Attach"/>.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="apps">Its apps, in the order in which they are called.</param>
    /// <param name="loggerFactory">Where it logs; null: nowhere.</param>
    /// <param name="loop">The loop it lives on, which stays the caller's; null: a thread of its own.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the network is not
    /// sound.</exception>
    public LimeController(
        LimeOptions options,
        IEnumerable<IControllerApp> apps,
        ILoggerFactory? loggerFactory = null,
        EventLoop? loop = null)
    {
        options.Validate();
        _options = options;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Lime");
        _ownsLoop = loop is null;
        Loop = loop ?? EventLoop.StartThread("Lime");
        if (_ownsLoop) Loop.UnhandledException = exception => LogLoopFailed(_logger, exception);
        var access = new LoopAccess(Loop.Time, () => Loop.IsCurrent, Loop.Post, _logger)
        {
            TurnTicks = () => Loop.TurnTicks,
        };
        _apps = new AppChain([.. apps], _logger);
        _registry = new SwitchRegistry(SettingsOf(options), _apps, access);
        _snapshots = new ControllerSnapshots(_registry);
        _handshakes = new HandshakeGate(
            options.HandshakesAtOnceMax, Loop.Time, (transport, place) => _ = ServeAsync(transport, place));
        Networks = new VirtualNetworks(_registry);
        Ensembles = new EnsembleManager(
            Loop.Time,
            Loop.Post,
            (run, tally) => new EnsembleSteps(_registry, run, tally),
            (plan, rate, stop) => PlanPreview.RunAsync(_registry, plan, rate, stop),
            new EnsembleLine(
                run => new EnsembleCourse(_registry, run),
                (plan, stop) => EnsemblePreviews.RunAsync(_registry, plan, stop)));
    }

    /// <summary>The loop it lives on.</summary>
    public EventLoop Loop { get; }

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for; null when it
    /// doesn't.</summary>
    public IPEndPoint? ListenEndPoint => _listener?.LocalEndPoint;

    /// <summary>The virtual switches that are configured or have connected, by name.</summary>
    public ImmutableArray<IVirtualSwitch> VirtualSwitches => _snapshots.VirtualSwitches;

    /// <summary>Every physical switch that is configured or has connected, by datapath id.</summary>
    public ImmutableArray<PhysicalSwitchStatus> PhysicalSwitches => _snapshots.PhysicalSwitches;

    /// <summary>What each virtual switch uses, by name.</summary>
    public ImmutableArray<VirtualSwitchUse> Uses => _snapshots.Uses;

    /// <summary>The apps, in the order in which they are called, and how often each has thrown.</summary>
    public ImmutableArray<AppStatus> Apps =>
        [.. _apps.Failures.Select(each => new AppStatus(each.Name, each.Failures))];

    /// <summary>Migrates virtual switches.</summary>
    public IEnsembleManager Ensembles { get; }

    /// <summary>Makes, changes and deletes tenants' networks while others carry traffic.</summary>
    public IVirtualNetworks Networks { get; }

    /// <summary>Begins to listen, if a listen address is set, and to connect to switches that listen, if any are
    /// named.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be listened on.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isStarted) return;
        if (_options.Listen is { } endPoint)
        {
            _listener = TcpOpenFlowListener.Start(endPoint, new TcpListenerCallbacks(
                _ => Loop.InlineScheduler,
                accepted => Attach(accepted.Transport),
                exception => LogAcceptFailed(_logger, exception)));
        }
        _isStarted = true;
        Loop.Post(() => _registry.Tunnels.Sites.Start(Loop.InlineScheduler, _stop.Token));
        if (!_options.Connect.IsDefaultOrEmpty) Loop.Post(Dial);
    }

    /// <summary>Takes a switch's connection that the caller has made; may be called from any
    /// thread.</summary>
    /// <param name="transport">The bytes; the reader's scheduler has to be <see cref="EventLoop.Scheduler"/>
    /// of
    /// <see cref="Loop"/>.</param>
    /// <remarks>While <see cref="LimeOptions.HandshakesAtOnceMax"/> others shake hands it waits.</remarks>
    public void Attach(IDuplexPipe transport) => Loop.Post(() => _handshakes.Enter(transport));

    /// <summary>Aborts migrations under way and waits for them (10 s at most), then closes every
    /// connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _listener?.Dispose();
        await _stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext);
        Task[] aborts =
        [
            .. Ensembles.Migrations.Where(each => !each.Progress.IsFinal).Select(each => each.AbortAsync(Ending)),
            .. Ensembles.EnsembleMigrations.Where(each => !each.Progress.IsFinal)
                .Select(each => each.AbortAsync(Ending)),
        ];
        if (!_ownsLoop && Loop.IsCurrent)
        {
            CloseAll();
            return;
        }
        // By the wall clock: a loop of virtual time that nobody runs any more would never let the wait end.
        await Task.WhenAll(aborts).WaitAsync(AbortWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Loop.Post(CloseAll);
        if (!_ownsLoop) return;
        // The loop has to live until the connections have ended on it, or switches would not learn of it.
        await _allEnded.Task.WaitAsync(CloseWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Loop.Dispose();
    }

    private static RegistrySettings SettingsOf(LimeOptions options) => new(
        options.Network,
        options.Spares,
        options.UnknownRules switch
        {
            UnknownRulePolicy.Remove => UnknownRuleTreatment.Remove,
            UnknownRulePolicy.Refuse => UnknownRuleTreatment.Leave,
            _ => UnknownRuleTreatment.Adopt,
        },
        new VirtualSwitchLimits(
            options.RulesPerSwitchMax, options.QueuedCommandsMax, options.HeldPacketsMax, options.CopyBatchRules,
            options.TableMiss == TableMissTreatment.ToController, options.IdleReadInterval));

    /// <summary>Runs a connection to its end.</summary>
    /// <param name="transport">The bytes.</param>
    /// <param name="place">Its place among the handshakes, if it needed one.</param>
    private async Task<(ChannelCloseCause Cause, bool WasReady)> ServeAsync(
        IDuplexPipe transport, HandshakePlace? place)
    {
        var connection = new SwitchConnection(_registry, Ended) { HandshakeOver = place is null ? null : place.Leave };
        var context = new ChannelContext(ChannelRole.Controller, _options.Channel, Loop.Time, Loop);
        var channel = new OpenFlowChannel(transport, connection, context);
        _connections[connection] = channel;
        if (_isClosing) channel.Close(ChannelCloseReason.ClosedByUs, Ending);
        ChannelCloseCause cause = await channel.RunAsync(CancellationToken.None);
        return (cause, connection.Channel is not null);
    }

    private void Dial()
    {
        Random random = _options.Reconnect.Seed is { } seed ? new Random(seed) : new Random();
        var line = new DialerLine(
            ConnectAsync,
            transport => ServeAsync(transport, null),
            (wait, stop) => LoopDelay.WaitAsync(Loop.Time, wait, stop));
        foreach (EndPoint remote in _options.Connect)
            _ = new SwitchDialer(remote, line, new Backoff(_options.Reconnect, random), _logger).RunAsync(_stop.Token);
    }

    private async Task<IDuplexPipe> ConnectAsync(EndPoint remote, CancellationToken stop)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        attempt.CancelAfter(_options.Reconnect.ConnectTimeout);
        return await TcpOpenFlowConnector.ConnectAsync(remote, Loop.Scheduler, cancellationToken: attempt.Token);
    }

    private void Ended(SwitchConnection connection)
    {
        _connections.Remove(connection);
        if (connection.Physical is { } physical) _snapshots.Refresh(physical);
        if (_isClosing && _connections.Count == 0) _allEnded.TrySetResult();
    }

    private void CloseAll()
    {
        _isClosing = true;
        _handshakes.Close();
        foreach (OpenFlowChannel channel in _connections.Values.ToArray())
            channel.Close(ChannelCloseReason.ClosedByUs, Ending);
        if (_connections.Count == 0) _allEnded.TrySetResult();
    }

    [LoggerMessage(130, LogLevel.Error, "A connection could not be accepted.")]
    private static partial void LogAcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(131, LogLevel.Error, "Work on the loop threw; the loop goes on.")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);
}
