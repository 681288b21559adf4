using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>One connection to a database server (RFC 7047 section 4).</summary>
/// <remarks>
/// Life cycle: <see cref="RunAsync"/> once; closed for one cause, the first that occurs; then both pipe ends are
/// completed, the transport is disposed if it can be, and every request that waits has failed.
/// Threading: everything, <see cref="RunAsync"/> included, is called on the owner loop, which is also the scheduler of
/// the transport's reader and writer and where timers fire.
/// </remarks>
internal sealed class OvsdbConnection
{
    private readonly IDuplexPipe _transport;
    private readonly Action<JsonElement, JsonElement> _onUpdate;
    private readonly OvsdbOptions _options;
    private readonly JsonScanner _scanner;
    private readonly OvsdbOutbox _outbox;
    private readonly PendingRequests _requests;
    private readonly OvsdbKeepAlive _keepAlive;
    private OvsdbCloseCause? _cause;
    private long _leftoverBytes;

    /// <param name="transport">The bytes; owned by the connection.</param>
    /// <param name="onUpdate">Gets the monitor's id and the table updates of each update notification; valid during the
    /// call.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The loop's clock.</param>
    public OvsdbConnection(
        IDuplexPipe transport, Action<JsonElement, JsonElement> onUpdate, OvsdbOptions options, TimeProvider time)
    {
        options.Validate();
        _transport = transport;
        _onUpdate = onUpdate;
        _options = options;
        _scanner = new JsonScanner(options.MessageBytesMax);
        _outbox = new OvsdbOutbox(transport.Output, options, time, Close);
        _requests = new PendingRequests(time, options.PendingRequestsMax);
        _keepAlive = new OvsdbKeepAlive(time, options, AskEcho, GiveUp);
    }

    public bool IsOpen => _cause is null;

    /// <summary>Messages that nobody asked for or waits for any more: late answers, methods that no client
    /// has.</summary>
    public long IgnoredCount { get; private set; }

    /// <summary>Runs the connection until it ends; never throws for what the server or the transport do.</summary>
    /// <param name="stop">Closes it with <see cref="OvsdbCloseReason.ClosedByUs"/>.</param>
    public async Task<OvsdbCloseCause> RunAsync(CancellationToken stop)
    {
        PipeReader input = _transport.Input;
        using CancellationTokenRegistration registration =
            stop.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), input);
        while (IsOpen)
        {
            try
            {
                ValueTask<ReadResult> read = input.ReadAsync(CancellationToken.None);
                // The server sends faster than we read: let the loop's others have their turn.
                if (read.IsCompleted && SynchronizationContext.Current is not null) await Task.Yield();
                Take(input, await read.ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                Close(OvsdbCloseCause.Of(OvsdbCloseReason.TransportFailed, exception));
            }
            if (stop.IsCancellationRequested) Close(new(OvsdbCloseReason.ClosedByUs, "Stopped."));
        }
        input.Complete();
        _outbox.End();
        (_transport as IDisposable)?.Dispose();
        return _cause!;
    }

    /// <summary>Ends the connection; the cause is kept only if nothing ended it before.</summary>
    public void Close(OvsdbCloseCause cause)
    {
        if (!IsOpen) return;
        _cause = cause;
        _keepAlive.Stop();
        _outbox.Stop();
        _requests.End(cause);
        _transport.Input.CancelPendingRead();
    }

    /// <summary>Asks and awaits the answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="timeout">Null: <see cref="OvsdbOptions.RequestTimeout"/>.</param>
    /// <exception cref="OvsdbRequestException">Refused, no answer in time, closed, or too much waits.</exception>
    public Task<T> RequestAsync<T>(OvsdbRequest<T> request, TimeSpan? timeout = null)
    {
        var pending = new PendingRequestOf<T>(request);
        if (!IsOpen)
        {
            pending.Fail(new OvsdbRequestException(
                OvsdbRequestFailure.NotConnected, $"{request.Method}: the connection ended ({_cause})."));
            return pending.Answer;
        }
        if (_requests.IsFull)
        {
            string text = $"{request.Method}: {_options.PendingRequestsMax} requests wait for answers already.";
            pending.Fail(new OvsdbRequestException(OvsdbRequestFailure.Overloaded, text));
            return pending.Answer;
        }
        long id = _requests.Add(pending, timeout ?? _options.RequestTimeout);
        byte[] message = RpcMessages.Request(id, request.Method, request.WriteParameters);
        // A send that fails at once has closed the connection, and the request with it.
        if (_outbox.TrySend(message) || !IsOpen) return pending.Answer;
        _requests.Withdraw(id);
        pending.Fail(new OvsdbRequestException(
            OvsdbRequestFailure.Overloaded,
            $"{request.Method}: {message.Length} bytes do not fit into the outbox of {_options.OutboxBytesMax}."));
        return pending.Answer;
    }

    private void Take(PipeReader input, ReadResult result)
    {
        ReadOnlySequence<byte> buffer = result.Buffer;
        if (buffer.Length > _leftoverBytes) _keepAlive.Heard();
        try
        {
            while (IsOpen && _scanner.TryTake(ref buffer, out ReadOnlySequence<byte> message)) Dispatch(message);
        }
        catch (OvsdbProtocolException exception)
        {
            Close(new(OvsdbCloseReason.ProtocolBroken, exception.Message));
        }
        catch (Exception exception)
        {
            Close(OvsdbCloseCause.Of(OvsdbCloseReason.HandlerFailed, exception));
        }
        _leftoverBytes = buffer.Length;
        input.AdvanceTo(buffer.Start, buffer.End);
        if (!result.IsCompleted) return;
        Close(_scanner.IsWithinMessage
            ? new(OvsdbCloseReason.HalfMessage, $"The stream ended {_scanner.PartialBytes} bytes into a message.")
            : new(OvsdbCloseReason.ClosedByServer, "The server ended the connection."));
    }

    private void Dispatch(ReadOnlySequence<byte> message)
    {
        using JsonDocument document = JsonReading.Parse(message);
        JsonElement root = document.RootElement;
        if (JsonReading.Member(root, "method") is { } method) TakeRequest(JsonReading.Text(method, "method"), root);
        else TakeResponse(root);
    }

    private void TakeRequest(string method, JsonElement root)
    {
        JsonElement? id = JsonReading.Member(root, "id");
        JsonElement? parameters = JsonReading.Member(root, "params");
        if (method == "update" && parameters is { } update)
        {
            (JsonElement monitor, JsonElement tables) = JsonReading.Pair(update, "the params of an update");
            _onUpdate(monitor, tables);
            return;
        }
        if (method != "echo") IgnoredCount++;
        // An answer that doesn't fit is left out: the server asks again, or gives up.
        if (id is not { } asked) return;
        bool isEcho = method == "echo";
        _outbox.TrySend(isEcho ? RpcMessages.EchoReply(asked, parameters) : RpcMessages.UnknownMethod(asked));
    }

    private void TakeResponse(JsonElement root)
    {
        JsonElement id = JsonReading.Member(root, "id")
            ?? throw JsonReading.Expected("a method or an id", root, "a message");
        if (id.ValueKind == JsonValueKind.String && id.ValueEquals(RpcMessages.EchoId)) return;
        long number = JsonReading.Integer(id, "the id of an answer");
        bool isKnown = JsonReading.Member(root, "error") is { } error
            ? _requests.TryRefuse(number, OvsdbError.Read(error, "the error of an answer"))
            : _requests.TryTake(number, root.TryGetProperty("result", out JsonElement result) ? result : default);
        if (!isKnown) IgnoredCount++;
    }

    private void AskEcho() => _outbox.TrySend(RpcMessages.Echo());

    private void GiveUp() => Close(new(
        OvsdbCloseReason.ServerSilent,
        $"Nothing was heard for {_options.EchoInterval}, nor for {_options.EchoTimeout} after an echo was sent."));
}
