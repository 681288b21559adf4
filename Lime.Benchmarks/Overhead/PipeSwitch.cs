using System.Buffers;
using System.IO.Pipelines;
using Lime.Benchmarks.Cbench;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Overhead;

/// <summary>A generated switch in memory: prepared bytes in, answers checked and counted.</summary>
/// <remarks>Life cycle: <see cref="RunAsync"/> once. Threading: the loop's.</remarks>
internal sealed class PipeSwitch
{
    private readonly IDuplexPipe _transport;
    private readonly PacketInTemplate _template;
    private readonly SwitchDialogue _dialogue;
    private readonly AnswerScanner _scanner;
    private readonly byte[] _block;
    private byte[] _received = new byte[256 * 1024];
    private int _receivedBytes;

    public PipeSwitch(IDuplexPipe transport, OpenFlowVersion version, DatapathId datapath, int addresses)
    {
        _transport = transport;
        _template = PacketInTemplate.Of(version);
        _block = _template.CreateBlock(32 * 1024);
        _scanner = AnswerScanner.For(version);
        _dialogue = new SwitchDialogue(OpenFlowCodecs.For(version), datapath);
        Tally = new AnswerTally(new SwitchIdentity((uint)datapath.Value, (uint)addresses)) { Control = _dialogue.Take };
    }

    public AnswerTally Tally { get; }

    public bool IsIntroduced => _dialogue.IsIntroduced;

    /// <summary>The most packet-ins that <see cref="Offer"/> sends at once.</summary>
    public int OfferMax => _block.Length / _template.FrameBytes;

    /// <summary>Sends the next packet-ins.</summary>
    public void Offer(int count)
    {
        _template.Patch(_block, Tally.Identity, Tally.Sent + 1, count);
        Tally.Sent += (uint)count;
        Write(_block.AsSpan(0, count * _template.FrameBytes));
    }

    public void Teach()
    {
        _dialogue.Say(_template.Teach(Tally.Identity));
        SayAll();
    }

    /// <summary>Answers and counts until the controller ends the connection.</summary>
    public async Task RunAsync()
    {
        SayAll();
        while (true)
        {
            ReadResult result = await _transport.Input.ReadAsync();
            foreach (ReadOnlyMemory<byte> segment in result.Buffer) Take(segment.Span);
            _transport.Input.AdvanceTo(result.Buffer.End);
            SayAll();
            if (result.IsCompleted) return;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_received.Length < _receivedBytes + bytes.Length)
            Array.Resize(ref _received, 2 * (_receivedBytes + bytes.Length));
        bytes.CopyTo(_received.AsSpan(_receivedBytes));
        _receivedBytes += bytes.Length;
        int taken = _scanner.Scan(_received.AsSpan(0, _receivedBytes), Tally);
        _receivedBytes -= taken;
        _received.AsSpan(taken, _receivedBytes).CopyTo(_received);
    }

    private void SayAll()
    {
        if (_dialogue.ToSend.IsEmpty) return;
        Write(_dialogue.ToSend);
        _dialogue.Sent();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _transport.Output.Write(bytes);
        ValueTask<FlushResult> flush = _transport.Output.FlushAsync();
        if (!flush.IsCompleted)
            throw new InvalidOperationException("The controller does not keep up.");
    }
}
