using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Fleet;

/// <summary>One switch of a fleet: a socket, a small buffer, and answers.</summary>
/// <remarks>Life cycle: <see cref="RunAsync"/> once. Threading: times and failure may be read when it has ended or
/// while it waits.</remarks>
internal sealed class FleetSwitch(OpenFlowCodec codec, FleetAnswers answers, Stopwatch clock)
{
    private readonly ArrayBufferWriter<byte> _toSend = new(256);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[256];
    private int _filled;
    private uint _xid;
    private bool _hasToldPorts;

    /// <summary>When TCP had connected.</summary>
    public TimeSpan? Connected { get; private set; }

    /// <summary>When the controller went on after the handshake.</summary>
    public TimeSpan? Ready { get; private set; }

    /// <summary>Why it is not connected any more, if it was not told to leave.</summary>
    public string? Failure { get; private set; }

    /// <summary>Completes when it is ready, or will never be.</summary>
    public Task Settled => _ready.Task;

    /// <summary>Connects and answers until <paramref name="leave"/>, or until the controller ends it.</summary>
    public async Task RunAsync(EndPoint controller, CancellationToken leave)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(controller, leave);
            Connected = clock.Elapsed;
            Say(answers.Hello, ++_xid);
            await ConverseAsync(socket, leave);
            Failure = "the controller closed the connection";
        }
        catch (Exception exception) when (!leave.IsCancellationRequested)
        {
            Failure = exception.Message;
        }
        catch (OperationCanceledException) when (Ready is null)
        {
            Failure = Connected is null ? "not connected in time" : "not ready in time";
        }
        catch (OperationCanceledException)
        {
            Failure = null;
        }
        finally
        {
            _ready.TrySetResult();
        }
    }

    private async Task ConverseAsync(Socket socket, CancellationToken leave)
    {
        while (true)
        {
            if (_toSend.WrittenCount > 0)
            {
                // A short send means more will follow: the loop goes round until the kernel has it all.
                ReadOnlyMemory<byte> rest = _toSend.WrittenMemory;
                while (rest.Length > 0) rest = rest[await socket.SendAsync(rest, leave)..];
                _toSend.ResetWrittenCount();
            }
            int received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), leave);
            if (received == 0) return;
            _filled += received;
            TakeFrames();
        }
    }

    private void TakeFrames()
    {
        int start = 0;
        while (_filled - start >= FrameHeader.SizeBytes)
        {
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(start + 2));
            if (bytes < FrameHeader.SizeBytes) throw new InvalidDataException("The controller's framing is lost.");
            if (bytes > _filled - start)
            {
                MakeRoom(ref start, bytes);
                break;
            }
            Take(_buffer.AsSpan(start, bytes));
            start += bytes;
        }
        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
    }

    private void MakeRoom(ref int start, int frameBytes)
    {
        if (frameBytes <= _buffer.Length) return;
        byte[] larger = new byte[frameBytes];
        _buffer.AsSpan(start, _filled - start).CopyTo(larger);
        _filled -= start;
        start = 0;
        _buffer = larger;
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        FrameHeader header = FrameHeader.Read(frame);
        MessageKind kind = codec.KindOf(header.Type);
        if (kind == MessageKind.Hello) return;
        if (kind == MessageKind.Error) throw new InvalidDataException("The controller refused something.");
        if (_hasToldPorts && Ready is null && kind is not (MessageKind.EchoRequest or MessageKind.EchoReply))
        {
            Ready = clock.Elapsed;
            _ready.TrySetResult();
        }
        if (kind is MessageKind.FlowMod or MessageKind.PacketOut) return;
        if (answers.To(codec.ReadMessage(frame)) is not { } answer) return;
        Say(answer, header.Xid.Value);
        _hasToldPorts |= answers.EndsHandshake(answer);
    }

    private void Say(OpenFlowMessage message, uint xid)
    {
        int bytes = codec.SizeOf(message);
        codec.Write(_toSend.GetSpan(bytes)[..bytes], new Xid(xid), message);
        _toSend.Advance(bytes);
    }
}
