using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Ovsdb;

/// <summary>Keeps a connection to a database server, and copies of what is watched there.</summary>
/// <remarks>
/// Life cycle: <see cref="RunAsync"/> once. At every connection the schema is asked for and each replica filled; then
/// the client is ready. When the connection ends the replicas are stale, and after a wait that grows the next attempt
/// is made.
/// Threading: the owner loop only, whose <see cref="SynchronizationContext"/> is current there.
/// </remarks>
internal sealed partial class OvsdbClient
{
    private readonly OvsdbLine _line;
    private readonly ImmutableArray<OvsdbReplica> _replicas;
    private readonly OvsdbOptions _options;
    private readonly ILogger _logger;
    private OvsdbConnection? _connection;
    private TimeSpan _nextWait;

    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range; names it.</exception>
    public OvsdbClient(OvsdbLine line, ImmutableArray<OvsdbReplica> replicas, OvsdbOptions options, ILogger logger)
    {
        options.Validate();
        _line = line;
        _replicas = replicas;
        _options = options;
        _logger = logger;
        _nextWait = options.DelayMin;
        Waits = new ConditionWaits(line.Time);
    }

    /// <summary>The server, for messages.</summary>
    public string Name => _line.Name;

    /// <summary>Whether there is a connection and every replica is current.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Why the last connection ended, or did not come about; null if none has yet.</summary>
    public OvsdbCloseCause? LastClose { get; private set; }

    /// <summary>Looked at whenever a replica or <see cref="IsReady"/> has changed.</summary>
    public ConditionWaits Waits { get; }

    /// <summary>Connects, and again whenever the connection ends, until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            LastClose = await ConnectOnceAsync(stop);
            BecomeUnready();
            if (stop.IsCancellationRequested) return;
            TimeSpan wait = NextWait();
            LogEnded(_logger, Name, LastClose, wait.TotalSeconds);
            await Task.Delay(wait, _line.Time, stop).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>The names of the databases that the server has (RFC 7047 section 4.1.1).</summary>
    /// <exception cref="OvsdbRequestException">No answer, or not connected.</exception>
    public Task<ImmutableArray<string>> ListDatabasesAsync() => RequestAsync(new OvsdbRequest<ImmutableArray<string>>(
        "list_dbs",
        static _ => { },
        static result =>
            [.. JsonReading.Array(result, "the databases").Select(each => JsonReading.Text(each, "a database"))]));

    /// <summary>A database's schema (RFC 7047 section 4.1.2).</summary>
    /// <exception cref="OvsdbRequestException">No such database, no answer, or not connected.</exception>
    public Task<OvsdbSchema> GetSchemaAsync(string database) => RequestAsync(SchemaRequest(database));

    /// <summary>Does all operations or none (RFC 7047 section 4.1.3).</summary>
    /// <returns>A result for each.</returns>
    /// <exception cref="OvsdbRequestException">Refused: nothing is done; names the operation. Anything else but
    /// <see cref="OvsdbRequestFailure.Overloaded"/>: it may have been done.</exception>
    public async Task<ImmutableArray<OvsdbOperationResult>> TransactAsync(OvsdbTransaction transaction)
    {
        (ImmutableArray<OvsdbOperationResult> results, OvsdbRequestException? refusal) = await RequestAsync(
            new OvsdbRequest<(ImmutableArray<OvsdbOperationResult>, OvsdbRequestException?)>(
                "transact", transaction.Write, transaction.Read));
        return refusal is null ? results : throw refusal;
    }

    private static OvsdbRequest<OvsdbSchema> SchemaRequest(string database) =>
        new("get_schema", writer => writer.WriteStringValue(database), OvsdbSchema.Read);

    private Task<T> RequestAsync<T>(OvsdbRequest<T> request) => _connection is { } connection && IsReady
        ? connection.RequestAsync(request)
        : Task.FromException<T>(new OvsdbRequestException(
            OvsdbRequestFailure.NotConnected,
            $"{request.Method}: not connected to {Name}{(LastClose is { } cause ? $" ({cause})" : "")}."));

    private async Task<OvsdbCloseCause> ConnectOnceAsync(CancellationToken stop)
    {
        IDuplexPipe transport;
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _line.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            transport = await _line.ConnectAsync(either.Token);
        }
        catch (Exception exception)
        {
            if (stop.IsCancellationRequested) return new(OvsdbCloseReason.ClosedByUs, "Stopped.");
            // Whatever it was (refused, unreachable, no such file): the next attempt may do better.
            return timeout.IsCancellationRequested
                ? new(OvsdbCloseReason.NotReached, $"No connection within {_options.ConnectTimeout}.")
                : OvsdbCloseCause.Of(OvsdbCloseReason.NotReached, exception);
        }
        _connection = new OvsdbConnection(transport, OnUpdate, _options, _line.Time);
        Task<OvsdbCloseCause> run = _connection.RunAsync(stop);
        await BeginSessionAsync(_connection);
        return await run;
    }

    private async Task BeginSessionAsync(OvsdbConnection connection)
    {
        try
        {
            for (int i = 0; i < _replicas.Length; i++) await WatchAsync(connection, i);
        }
        catch (OvsdbRequestException exception)
        {
            // If the connection has ended it keeps its own cause.
            connection.Close(new(OvsdbCloseReason.SessionRefused, exception.Message) { Exception = exception });
        }
        if (!connection.IsOpen) return;
        IsReady = true;
        _nextWait = _options.DelayMin;
        LogReady(_logger, Name);
        Waits.Look();
    }

    private async Task WatchAsync(OvsdbConnection connection, int index)
    {
        OvsdbReplica replica = _replicas[index];
        OvsdbSchema schema = await connection.RequestAsync(SchemaRequest(replica.Watch.Database));
        if (schema.FindMissing(replica.Watch) is { } missing)
            throw new OvsdbRequestException(OvsdbRequestFailure.Refused, missing);
        // Filled when the answer arrives, before the updates that follow it.
        await connection.RequestAsync(new OvsdbRequest<bool>("monitor", Write, Read));

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStringValue(replica.Watch.Database);
            writer.WriteNumberValue(index);
            replica.Watch.WriteRequests(writer);
        }

        bool Read(JsonElement result)
        {
            replica.Fill(result);
            return true;
        }
    }

    private void OnUpdate(JsonElement monitor, JsonElement tables)
    {
        long index = JsonReading.Integer(monitor, "the id of an update");
        if (index < 0 || index >= _replicas.Length)
            throw new OvsdbProtocolException($"An update is for monitor {index}, which does not exist.");
        _replicas[(int)index].Apply(tables);
        Waits.Look();
    }

    private void BecomeUnready()
    {
        IsReady = false;
        _connection = null;
        foreach (OvsdbReplica each in _replicas) each.MarkStale();
        Waits.Look();
    }

    /// <summary>Between half and all of what is due, so that a fleet's controllers do not come back in step.</summary>
    private TimeSpan NextWait()
    {
        TimeSpan due = _nextWait;
        _nextWait = due > _options.DelayMax / 2 ? _options.DelayMax : due * 2;
        return due * (0.5 + (_line.Random.NextDouble() / 2));
    }

    [LoggerMessage(160, LogLevel.Information, "{Server}: its database is connected and watched.")]
    private static partial void LogReady(ILogger logger, string server);

    [LoggerMessage(161, LogLevel.Warning, "{Server}: no database: {Cause} Next attempt in {Seconds:F1} s.")]
    private static partial void LogEnded(ILogger logger, string server, OvsdbCloseCause cause, double seconds);
}
