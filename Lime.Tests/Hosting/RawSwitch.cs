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

    public RawSwitch(ControllerBed bed, DatapathId datapath, OpenFlowVersion version = OpenFlowVersion.V10)
    {
        Codec = OpenFlowCodecs.For(version);
        _datapath = datapath;
        (IDuplexPipe ours, IDuplexPipe theirs) =
            InMemoryTransport.CreatePair(bed.Loop.Scheduler, bed.Loop.Scheduler);
        _transport = theirs;
        bed.Controller.Attach(ours);
        bed.Loop.Post(() => _ = RunAsync());
    }

    /// <summary>What it speaks.</summary>
    public OpenFlowCodec Codec { get; }

    public bool AnswersEchoes { get; set; } = true;

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

    private async Task RunAsync()
    {
        Send((byte)Codec.Version, 0, 0, 8, 0, 0, 0, 1);
        while (true)
        {
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
        OpenFlowMessage? answer = Codec.KindOf(header.Type) switch
        {
            MessageKind.EchoRequest when AnswersEchoes => new EchoReply([.. frame.AsSpan(FrameHeader.SizeBytes)]),
            MessageKind.FeaturesRequest => new FeaturesReply(_datapath, 0, 1, 0, 0, []),
            MessageKind.BarrierRequest => new BarrierReply(),
            MessageKind.MultipartRequest when Codec.ReadMessage(frame) is PortDescriptionRequest =>
                new PortDescriptionReply([]),
            _ => null,
        };
        if (answer is null) return;
        var bytes = new byte[Codec.SizeOf(answer)];
        Codec.Write(bytes, header.Xid, answer);
        Send(bytes);
    }
}
