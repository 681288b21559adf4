using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Wire;

/// <summary>The codec's share of the packet path: a packet-in read and parsed, and the flow-mod that answers
/// it written.</summary>
/// <remarks>Measures computing only: no pipe, no socket, no loop, and every byte is in the cache. So these
/// numbers are an upper bound of what a controller can do, and say nothing of its rate over a
/// network.</remarks>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const int PacketBytes = 64;

    private readonly byte[] _answer = new byte[256];
    private readonly ActionList _actions = ActionList.Output(new PortNumber(2));
    private OpenFlowCodec _codec = OpenFlowCodecs.V10;
    private byte[] _frame = [];

    /// <summary>Whose codec.</summary>
    [ParamsAllValues]
    public OpenFlowVersion Version { get; set; }

    /// <summary>Encodes a packet-in with the front of a TCP segment.</summary>
    [GlobalSetup]
    public void Encode()
    {
        _codec = OpenFlowCodecs.For(Version);
        byte[] packet = new byte[PacketBytes];
        BinaryPrimitives.WriteUInt64BigEndian(packet, 0x0200_0000_0001_0200);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), 0x0800);
        packet[14] = 0x45;
        packet[23] = 6;
        var packetIn = new PacketIn { InPort = new PortNumber(1), TotalBytes = PacketBytes, Data = packet };
        _frame = new byte[_codec.SizeOf(packetIn)];
        _codec.Write(_frame, new Xid(1), packetIn);
    }

    /// <summary>Reads the packet-in and each of its fields, and packs its header fields.</summary>
    [Benchmark]
    public ulong ReadPacketIn()
    {
        PacketIn packetIn = _codec.ReadPacketIn(_frame);
        PacketFields key = PacketParser.Parse(packetIn.InPort, packetIn.Data);
        return packetIn.BufferId.Value + packetIn.TotalBytes + (ulong)packetIn.Reason + packetIn.Table.Value
            + packetIn.Cookie.Value + (ulong)packetIn.MatchFields.Length + key.W0 + key.W1 + key.W2 + key.W3 + key.W4;
    }

    /// <summary>The same, and writes the exact rule that a learning switch would answer with.</summary>
    [Benchmark]
    public int AnswerPacketIn()
    {
        PacketIn packetIn = _codec.ReadPacketIn(_frame);
        var flowMod = new FlowMod
        {
            Match = MatchNormalisation.Normalise(Match.Exact(PacketParser.Parse(packetIn.InPort, packetIn.Data))),
            BufferId = packetIn.BufferId,
            Actions = _actions,
        };
        return _codec.Write(_answer, new Xid(2), flowMod);
    }

    /// <summary>Reads the packet-in and writes the packet-out that answers it.</summary>
    [Benchmark]
    public int ReturnPacketIn()
    {
        PacketIn packetIn = _codec.ReadPacketIn(_frame);
        var packetOut = new PacketOut { InPort = packetIn.InPort, Actions = _actions, Data = packetIn.Data };
        return _codec.Write(_answer, new Xid(2), packetOut);
    }
}
