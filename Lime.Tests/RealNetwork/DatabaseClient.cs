using System.Collections.Immutable;
using Lime.Core.Hosting;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Microsoft.Extensions.Logging.Abstractions;
using DatabaseBridge = Lime.Core.Tunnels.OvsBridge;

namespace Lime.Tests.RealNetwork;

/// <summary>A client of a real database, on a loop with a thread of its own.</summary>
internal sealed class DatabaseClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EventLoop _loop = EventLoop.StartThread("ovsdb");
    private readonly CancellationTokenSource _stop = new();
    private readonly OvsdbClient _client;
    private Task _run = Task.CompletedTask;

    private DatabaseClient(string address, TimeSpan takenTimeout)
    {
        OvsdbLine line = OvsdbLine.By(OvsdbAddress.Parse(address), _loop.InlineScheduler, _loop.Time);
        var replica = new OvsdbReplica(OvsColumns.Watch);
        var options = new OvsdbOptions { DelayMin = TimeSpan.FromMilliseconds(20) };
        _client = new OvsdbClient(line, [replica], options, NullLogger.Instance);
        Tables = new OvsTables(replica);
        Tunnels = new OvsTunnels(
            _client, Tables, new OvsTunnelsOptions("lime-test") { TakenTimeout = takenTimeout });
    }

    /// <summary>To be read on the loop.</summary>
    public OvsTables Tables { get; }

    private OvsTunnels Tunnels { get; }

    public static async Task<DatabaseClient> ConnectAsync(string address, TimeSpan? takenTimeout = null)
    {
        var database = new DatabaseClient(address, takenTimeout ?? Patience);
        database._run =
            await database.OnLoopAsync(() => Task.FromResult(database._client.RunAsync(database._stop.Token)));
        await database.AwaitAsync(() => database._client.IsReady, "it is connected");
        return database;
    }

    public Task<TunnelPort> EnsureAsync(DatabaseBridge bridge, string tunnel, TunnelSpec spec) =>
        OnLoopAsync(() => Tunnels.EnsureAsync(bridge.Datapath!.Value, tunnel, new TunnelDemand(spec)));

    public Task RemoveAsync(DatabaseBridge bridge, string tunnel) => OnLoopAsync(async () =>
    {
        await Tunnels.RemoveAsync(bridge.Datapath!.Value, tunnel);
        return true;
    });

    public Task<ImmutableArray<TunnelPort>> RemoveLeftoversAsync() =>
        OnLoopAsync(() => Tunnels.RemoveLeftoversAsync(_ => false));

    public Task<ImmutableArray<string>> ListDatabasesAsync() => OnLoopAsync(_client.ListDatabasesAsync);

    public Task<T> ReadAsync<T>(Func<OvsTables, T> read) => OnLoopAsync(() => Task.FromResult(read(Tables)));

    /// <summary>Why the last connection ended.</summary>
    public Task<OvsdbCloseCause?> LastCloseAsync() => OnLoopAsync(() => Task.FromResult(_client.LastClose));

    public async Task AwaitAsync(Func<bool> holds, string what)
    {
        if (!await OnLoopAsync(() => _client.Waits.UntilAsync(holds, Patience)))
            throw new TimeoutException($"Not within {Patience}: {what} ({_client.LastClose}).");
    }

    /// <summary>Awaits the connection that follows one which ended.</summary>
    public Task AwaitReconnectedAsync() =>
        AwaitAsync(() => _client.LastClose is not null && _client.IsReady, "it is connected again");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience);
        _stop.Dispose();
        _loop.Dispose();
    }

    private async Task<T> OnLoopAsync<T>(Func<Task<T>> action)
    {
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            try
            {
                begun.SetResult(action());
            }
            catch (InvalidOperationException exception)
            {
                begun.SetException(exception);
            }
        });
        return await (await begun.Task).WaitAsync(Patience * 2);
    }
}
