using System.Buffers;
using System.IO.Pipelines;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Transport;
using Lime.OpenFlow.Wire;

namespace Lime.Tests.Hosting;

/// <summary>A switch made of bytes: shakes hands, answers echoes as long as it is told to, and sends what a
/// test wants.</summary>
internal sealed class RawSwitch
{
    private readonly IDuplexPipe _transport;
    private readonly DatapathId _datapath;
    private readonly OpenFlowCodec _codec;
    private TaskCompletionSource _reading = new();

    public RawSwitch(ControllerBed bed, DatapathId datapath, OpenFlowVersion version = OpenFlowVersion.V10)
    {
        _datapath = datapath;
        _codec = OpenFlowCodecs.For(version);
        _reading.SetResult();
        (IDuplexPipe ours, IDuplexPipe theirs) =
            InMemoryTransport.CreatePair(bed.Loop.Scheduler, bed.Loop.Scheduler);
        _transport = theirs;
        bed.Controller.Attach(ours);
        bed.Loop.Post(() => _ = RunAsync());
    }

    /// <summary>What it speaks.</summary>
    public OpenFlowCodec Codec => _codec;

    public bool AnswersEchoes { get; set; } = true;

    /// <summary>Other than 0 makes it an auxiliary connection.</summary>
    public byte AuxiliaryId { get; init; }

    public bool AnswersFeatures { get; init; } = true;

    /// <summary>What it answers to questions for statistics; null: nothing.</summary>
    public Func<MultipartRequest, MultipartReply?> Statistics { get; set; } = _ => null;

    /// <summary>Whether it takes what the controller sends; off, its side of the connection fills.</summary>
    public bool IsReading
    {
        get => _reading.Task.IsCompleted;
        set
        {
            if (value) _reading.TrySetResult();
            else _reading = new TaskCompletionSource();
        }
    }

    /// <summary>Whether what comes is only counted, at no cost.</summary>
    public bool DiscardsMessages { get; set; }

    public long DiscardedBytes { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Types of the messages that came.</summary>
    public List<byte> Received { get; } = [];

    public void Send(params ReadOnlySpan<byte> bytes)
    {
        _transport.Output.Write(bytes);
        ValueTask<FlushResult> flush = _transport.Output.FlushAsync();
        if (!flush.IsCompleted) throw new InvalidOperationException("The controller does not keep up.");
    }

    public void Say(OpenFlowMessage message, uint xid = 0)
    {
        var bytes = new byte[_codec.SizeOf(message)];
        _codec.Write(bytes, new Xid(xid), message);
        Send(bytes);
    }

    private async Task RunAsync()
    {
        Send((byte)_codec.Version, 0, 0, 8, 0, 0, 0, 1);
        while (true)
        {
            await _reading.Task;
            ReadResult result = await _transport.Input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (DiscardsMessages)
            {
                DiscardedBytes += buffer.Length;
                buffer = buffer.Slice(buffer.End);
            }
            while (TryTake(ref buffer, out byte[] frame)) Answer(frame);
            _transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted) continue;
            IsClosed = true;
            return;
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out byte[] frame)
    {
        frame = [];
        if (buffer.Length < FrameHeader.SizeBytes) return false;
        FrameHeader header = FrameHeader.Read(buffer.Slice(0, FrameHeader.SizeBytes).ToArray());
        if (buffer.Length < header.LengthBytes) return false;
        frame = buffer.Slice(0, header.LengthBytes).ToArray();
        buffer = buffer.Slice(header.LengthBytes);
        return true;
    }

    private void Answer(byte[] frame)
    {
        FrameHeader header = FrameHeader.Read(frame);
        Received.Add(header.Type);
        OpenFlowMessage? answer = _codec.KindOf(header.Type) switch
        {
            MessageKind.EchoRequest when AnswersEchoes => new EchoReply([.. frame.AsSpan(FrameHeader.SizeBytes)]),
            MessageKind.FeaturesRequest when AnswersFeatures =>
                new FeaturesReply(_datapath, 0, 1, 0, 0, []) { AuxiliaryId = AuxiliaryId },
            MessageKind.BarrierRequest => new BarrierReply(),
            MessageKind.MultipartRequest when _codec.ReadMessage(frame) is PortDescriptionRequest =>
                new PortDescriptionReply([]),
            MessageKind.MultipartRequest => Statistics((MultipartRequest)_codec.ReadMessage(frame)),
            _ => null,
        };
        if (answer is not null) Say(answer, header.Xid.Value);
    }
}
