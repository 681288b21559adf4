using System.Net.Sockets;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Tests.Reference.Comparison;

/// <summary>One OpenFlow connection, blocking: what was sent is followed by a barrier, and all that comes until its
/// reply is kept.</summary>
internal sealed class OvsConnection : IDisposable
{
    private const uint FirstBarrier = 0x7000_0000;

    private readonly Socket _socket;
    private readonly OpenFlowCodec _codec;
    private uint _barrier = FirstBarrier;

    /// <param name="socket">Accepted just now; the hello is exchanged here.</param>
    public OvsConnection(Socket socket, OpenFlowVersion version)
    {
        _socket = socket;
        _socket.ReceiveTimeout = 20_000;
        _codec = OpenFlowCodecs.For(version);
        _socket.Send([(byte)version, 0, 0, 8, 0, 0, 0, 1]);
        Sync([]);
    }

    public void Send(Xid xid, OpenFlowMessage message)
    {
        byte[] frame = new byte[_codec.SizeOf(message)];
        _socket.Send(frame.AsSpan(0, _codec.Write(frame, xid, message)));
    }

    public void Send(Xid xid, in FlowMod message)
    {
        byte[] frame = new byte[_codec.SizeOf(message)];
        _socket.Send(frame.AsSpan(0, _codec.Write(frame, xid, message)));
    }

    public void Send(Xid xid, in PacketOut message)
    {
        byte[] frame = new byte[_codec.SizeOf(message)];
        _socket.Send(frame.AsSpan(0, _codec.Write(frame, xid, message)));
    }

    /// <summary>Asks for a barrier and adds what comes before its reply.</summary>
    public void Sync(List<ReferenceOutput> outputs)
    {
        Xid barrier = new(_barrier++);
        Send(barrier, new BarrierRequest());
        while (true)
        {
            byte[] frame = ReadFrame();
            var header = FrameHeader.Read(frame);
            MessageKind kind = _codec.KindOf(header.Type);
            if (kind == MessageKind.BarrierReply && header.Xid == barrier) return;
            if (kind == MessageKind.Hello) continue;
            if (kind == MessageKind.EchoRequest) Answer(header.Xid, frame);
            else if (ToOutput(kind, header.Xid, frame) is { } output) outputs.Add(output);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Answer(Xid xid, byte[] frame) =>
        Send(xid, new EchoReply(((EchoRequest)_codec.ReadMessage(frame)).Bytes));

    private ReferenceOutput? ToOutput(MessageKind kind, Xid xid, byte[] frame)
    {
        if (kind == MessageKind.PacketIn)
        {
            PacketIn seen = _codec.ReadPacketIn(frame);
            return new PacketInOutput(seen.Reason, seen.InPort, [.. seen.Data])
            {
                Table = seen.Table,
                Cookie = seen.Cookie,
                Buffer = seen.BufferId,
                TotalBytes = seen.TotalBytes,
                Metadata = EmulatedSubject.MetadataOf(seen.MatchFields),
            };
        }
        OpenFlowMessage message = _codec.ReadMessage(frame);
        bool isUnasked = message is FlowRemoved or PortStatus;
        return message is MultipartReply { HasMore: true }
            ? throw new InvalidOperationException("A reply in parts is not expected here.")
            : new MessageOutput(isUnasked ? null : xid, message);
    }

    private byte[] ReadFrame()
    {
        byte[] header = ReadExactly(FrameHeader.SizeBytes);
        return [.. header, .. ReadExactly(FrameHeader.Read(header).LengthBytes - FrameHeader.SizeBytes)];
    }

    private byte[] ReadExactly(int count)
    {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count;)
        {
            int more = _socket.Receive(bytes.AsSpan(have));
            if (more == 0) throw new InvalidOperationException("Open vSwitch has closed the connection.");
            have += more;
        }
        return bytes;
    }
}
