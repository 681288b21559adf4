using System.Net.Sockets;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Apps.Sample.Operator;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Microsoft.Extensions.Logging;

namespace Lime.Apps.Sample.Serving;

/// <summary>Runs the controller, and the operator API over it, until asked to stop.</summary>
internal sealed class ControllerService
{
    private readonly ServeOptions _options;
    private readonly LineQueue _lines;
    private readonly MigrationNarrator _migrations;
    private readonly ILoggerFactory _loggerFactory;

    private ControllerService(ServeOptions options, LineQueue lines, ILoggerFactory loggerFactory)
    {
        _options = options;
        _lines = lines;
        _migrations = new MigrationNarrator(lines);
        _loggerFactory = loggerFactory;
    }

    /// <summary>Serves until <paramref name="stop"/>.</summary>
    /// <exception cref="CommandFailedException">It cannot begin; says why and what to do.</exception>
    public static async Task<int> RunAsync(ServeOptions options, CommandConsole console, CancellationToken stop)
    {
        CheckOperator(options);
        NetworkDescription? network = options.NetworkPath is null ? null : NetworkFile.Load(options.NetworkPath);
        await using var lines = new LineQueue(console.Output);
        await using var logLines = new LineQueue(console.Error);
        using ILoggerFactory loggerFactory = LineLoggerProvider.CreateFactory(logLines);
        await new ControllerService(options, lines, loggerFactory).RunAsync(network, stop);
        lines.Write("stopped");
        return ExitCode.Success;
    }

    private static void CheckOperator(ServeOptions options)
    {
        if (options.Operator is null || System.Net.IPAddress.IsLoopback(options.Operator.Address)) return;
        if (!string.IsNullOrWhiteSpace(options.OperatorToken)) return;
        throw new CommandFailedException(
            $"--operator {options.Operator}: not a loopback address, so others could migrate your network. Set a token "
            + $"with {ServeCommand.TokenVariable} or --operator-token, or use 127.0.0.1:{options.Operator.Port}.");
    }

    private async Task RunAsync(NetworkDescription? network, CancellationToken stop)
    {
        await using var controller = new LimeController(
            new LimeOptions
            {
                Listen = _options.OpenFlow,
                Connect = _options.Connect,
                Network = network,
                Spares = _options.Spares,
                UnknownRules = _options.UnknownRules,
                Channel = ChannelOptions.Default with { Versions = _options.Versions },
            },
            [new SwitchNarrator(_lines), .. _options.Apps.Select(CreateApp)],
            _loggerFactory);
        Start(controller);
        Announce(controller, network);
        await using OperatorServer? server = await StartOperatorAsync(controller, network);
        await WaitAsync(stop);
        _lines.Write("stopping");
        await _migrations.AbortAllAsync(controller.Ensembles);
    }

    private Core.Apps.IControllerApp CreateApp(string name) =>
        ControllerApps.Create(name, _options.IdleTimeoutSeconds);

    private void Start(LimeController controller)
    {
        try
        {
            controller.Start();
        }
        catch (SocketException exception)
        {
            throw new CommandFailedException(
                $"--openflow {_options.OpenFlow}: cannot listen here: {exception.Message}. Is another controller "
                + "running? Choose another address or port.");
        }
    }

    private void Announce(LimeController controller, NetworkDescription? network)
    {
        _lines.Write($"listening for OpenFlow switches on {controller.ListenEndPoint}");
        if (_options.Connect.Length > 0)
            _lines.Write($"connecting to {string.Join(", ", _options.Connect.Select(OptionText.Show))}");
        _lines.Write(network is null
            ? "network: each switch that connects appears as it is"
            : $"network: {_options.NetworkPath}, {network.VirtualSwitches.Length} virtual switches on "
                + $"{network.PhysicalSwitches.Length} physical ones");
        if (_options.Spares.Length > 0) _lines.Write($"spares: {string.Join(", ", _options.Spares)}");
        _lines.Write(_options.Apps.Length == 0
            ? "apps: none (--app learning-switch would forward packets)"
            : $"apps: {string.Join(", ", _options.Apps)}");
    }

    private async Task<OperatorServer?> StartOperatorAsync(LimeController controller, NetworkDescription? network)
    {
        if (_options.Operator is null) return null;
        var backend = new OperatorBackend
        {
            Network = network,
            VirtualSwitches = () => controller.VirtualSwitches,
            PhysicalSwitches = () => controller.PhysicalSwitches,
            Networks = controller.Networks,
            Ensembles = controller.Ensembles,
            Started = migration => _ = _migrations.FollowAsync(migration),
            EnsembleStarted = migration => _ = _migrations.FollowAsync(migration),
        };
        OperatorServer server = await OperatorServer.StartAsync(
            _options.Operator, _options.OperatorToken, backend, _loggerFactory);
        _lines.Write($"operator API on http://{server.EndPoint}/api/v1"
            + (_options.OperatorToken is null ? "" : " (with a token)"));
        return server;
    }

    private static async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
