using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Cbench;

/// <summary>One switch of the generator: a socket, and where its stream of packet-ins stands.</summary>
/// <remarks>
/// Nothing that is to be sent is kept: packet-ins follow from their ids, so after a short write the rest is made again.
/// Life cycle: connected when made; <see cref="Dispose"/> ends it. Threading: one thread.
/// </remarks>
internal sealed class GeneratedSwitch : IDisposable
{
    /// <summary>The largest OpenFlow message.</summary>
    public const int RestBytesMax = 65_535;

    /// <summary>64 KiB, as the original: with a thousand switches the last one waits for all others, and meanwhile
    /// nobody reads what a controller that waits for room has to say.</summary>
    private const int BlocksAtOnce = 2;

    private readonly Socket _socket;
    private readonly SwitchDialogue _dialogue;
    private readonly AnswerScanner _scanner;
    private readonly PacketInTemplate _template;
    private byte[] _rest = new byte[256];
    private int _restBytes;
    private int _dialogueSent;
    private int _frameSent;
    private uint _nextId = 1;
    private bool _isTaught;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public GeneratedSwitch(CbenchOptions options, PacketInTemplate template, AnswerTally tally, DatapathId datapath)
    {
        _template = template;
        Tally = tally;
        _scanner = AnswerScanner.For(options.Version);
        _dialogue = new SwitchDialogue(OpenFlowCodecs.For(options.Version), datapath);
        tally.Control = _dialogue.Take;
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Connect(options.Controller);
        _socket.Blocking = false;
    }

    public AnswerTally Tally { get; }

    public Socket Socket => _socket;

    /// <summary>Why it is not connected any more; null while it is.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the controller knows the switch.</summary>
    public bool IsIntroduced => _dialogue.IsIntroduced;

    /// <summary>Whether there are bytes that the kernel had no room for.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Tells the controller where the packets' destination is.</summary>
    public void Teach()
    {
        if (_isTaught) return;
        _isTaught = true;
        _dialogue.Say(_template.Teach(Tally.Identity));
    }

    /// <summary>Reads once and takes what is whole.</summary>
    /// <param name="buffer">Scratch, at least twice <see cref="RestBytesMax"/>.</param>
    public void Receive(Span<byte> buffer)
    {
        _rest.AsSpan(0, _restBytes).CopyTo(buffer);
        int received = _socket.Receive(buffer[_restBytes..], SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock) return;
        if (error != SocketError.Success || received == 0)
        {
            Failure = error == SocketError.Success ? "the controller closed the connection" : error.ToString();
            return;
        }
        Tally.NowTicks = Stopwatch.GetTimestamp();
        Span<byte> filled = buffer[..(_restBytes + received)];
        Keep(filled[_scanner.Scan(filled, Tally)..]);
    }

    /// <summary>Sends what the dialogue has to say, then packet-ins.</summary>
    /// <param name="block">Of the template, any switch's.</param>
    /// <param name="until">The id after the last packet-in that may be sent.</param>
    public void Send(Span<byte> block, long until)
    {
        IsBlocked = false;
        // A frame that was begun comes first: messages must not be mixed.
        if (_frameSent > 0) SendPacketIns(block, _nextId + 1u);
        if (!IsBlocked && _dialogue.ToSend.Length > 0) SendDialogue();
        if (!IsBlocked) SendPacketIns(block, Math.Min(until, PacketInTemplate.IdMax));
        Tally.Errors += _dialogue.Unreadable - Unreadable;
        Unreadable = _dialogue.Unreadable;
    }

    public void Dispose() => _socket.Dispose();

    private int Unreadable { get; set; }

    private void Connect(EndPoint controller)
    {
        try
        {
            _socket.Connect(controller);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    private void SendDialogue()
    {
        ReadOnlySpan<byte> rest = _dialogue.ToSend[_dialogueSent..];
        int sent = Send(rest);
        _dialogueSent += sent;
        IsBlocked = sent < rest.Length;
        if (IsBlocked) return;
        _dialogue.Sent();
        _dialogueSent = 0;
    }

    private void SendPacketIns(Span<byte> block, long until)
    {
        int framesMax = block.Length / _template.FrameBytes;
        for (int blocks = 0; blocks < BlocksAtOnce && _nextId < until && !IsBlocked; blocks++)
        {
            int count = (int)Math.Min(until - _nextId, framesMax);
            _template.Patch(block, Tally.Identity, _nextId, count);
            Span<byte> rest = block[_frameSent..(count * _template.FrameBytes)];
            int sent = Send(rest);
            IsBlocked = sent < rest.Length;
            (int whole, int part) = Math.DivRem(_frameSent + sent, _template.FrameBytes);
            _nextId += (uint)whole;
            _frameSent = part;
            Tally.Sent = part > 0 ? _nextId : _nextId - 1;
        }
    }

    private int Send(ReadOnlySpan<byte> bytes)
    {
        int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success) return sent;
        if (error != SocketError.WouldBlock) Failure = error.ToString();
        return 0;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _rest.Length) _rest = new byte[RestBytesMax];
        rest.CopyTo(_rest);
        _restBytes = rest.Length;
    }
}
