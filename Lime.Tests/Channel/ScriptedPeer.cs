using System.Buffers;
using System.IO.Pipelines;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Channel;

/// <summary>The other end of a channel's transport: says what the test tells it to, byte for byte, and
/// keeps what it hears, decoded by the production codec.</summary>
internal sealed class ScriptedPeer(IDuplexPipe transport, OpenFlowVersion version = OpenFlowVersion.V10)
{
    private static readonly OpenFlowCodec V10 = OpenFlowCodecs.V10;

    private readonly OpenFlowCodec _codec = OpenFlowCodecs.For(version);

    private readonly byte[] _scratch = new byte[FrameHeader.FrameBytesMax];

    public static int FlowModBytes { get; } = V10.SizeOf(new FlowMod());

    /// <summary>Everything heard so far, a frame each.</summary>
    public List<byte[]> Heard { get; } = [];

    /// <summary>Whether the channel ended its stream.</summary>
    public bool IsEnded { get; private set; }

    public IEnumerable<MessageKind> HeardKinds => Heard.Select(frame => _codec.KindOf(frame[1]));

    public static byte[] Frame(OpenFlowMessage message, uint xid = 0) => Frame(V10, message, xid);

    private static byte[] Frame(OpenFlowCodec codec, OpenFlowMessage message, uint xid)
    {
        byte[] frame = new byte[codec.SizeOf(message)];
        codec.Write(frame, new Xid(xid), message);
        return frame;
    }

    public static byte[] PacketInFrame(int dataBytes = 60)
    {
        var message = new PacketIn
        {
            BufferId = new BufferId(1),
            TotalBytes = (ushort)dataBytes,
            InPort = new PortNumber(1),
            Data = new byte[dataBytes],
        };
        byte[] frame = new byte[V10.SizeOf(in message)];
        V10.Write(frame, default, in message);
        return frame;
    }

    public static FeaturesReply Features(ulong datapath = 1) =>
        new(new DatapathId(datapath), 256, 1, 0, 0xfff, []);

    /// <summary>The frames of one kind that were heard.</summary>
    public List<byte[]> HeardOf(MessageKind kind) => Heard.FindAll(frame => _codec.KindOf(frame[1]) == kind);

    public T HeardOnly<T>()
        where T : OpenFlowMessage
    {
        List<T> found = [.. Heard.Where(IsControl).Select(frame => _codec.ReadMessage(frame)).OfType<T>()];
        Assert.That(found, Has.Count.EqualTo(1), typeof(T).Name);
        return found[0];
    }

    /// <summary>The xid of the last message heard of a kind.</summary>
    public uint XidOfLast(MessageKind kind) => FrameHeader.Read(HeardOf(kind)[^1]).Xid.Value;

    public void Say(OpenFlowMessage message, uint xid = 0) => SayBytes(Frame(_codec, message, xid));

    public void SayBytes(ReadOnlySpan<byte> bytes)
    {
        transport.Output.Write(bytes);
        ValueTask<FlushResult> flush = transport.Output.FlushAsync();
        // No constraint here: it would allocate, and this is on the measured way.
        if (!flush.IsCompleted) Assert.Fail("The channel does not take what the peer says.");
    }

    /// <summary>Reads all that is there; a peer that is not told to listen reads nothing.</summary>
    public void Listen()
    {
        while (!IsEnded && transport.Input.TryRead(out ReadResult result))
        {
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (FrameReader.TryRead(ref buffer, _scratch, out ReadOnlySpan<byte> frame))
                Heard.Add(frame.ToArray());
            transport.Input.AdvanceTo(buffer.Start, buffer.End);
            IsEnded = result.IsCompleted;
        }
    }

    /// <summary>Reads and forgets, without allocating.</summary>
    public long Skim()
    {
        if (!transport.Input.TryRead(out ReadResult result)) return 0;
        long bytes = result.Buffer.Length;
        transport.Input.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    public void Leave(Exception? exception = null)
    {
        transport.Output.Complete(exception);
        transport.Input.Complete();
    }

    private bool IsControl(byte[] frame) => _codec.KindOf(frame[1])
        is not (MessageKind.PacketIn or MessageKind.PacketOut or MessageKind.FlowMod);
}
