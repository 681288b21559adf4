using BenchmarkDotNet.Attributes;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks;

/// <summary>What a packet-in and its answer cost in OpenFlow 1.0: decode, match key, encode.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private static readonly OpenFlowCodec Codec = OpenFlowCodecs.V10;

    private readonly byte[] _packetIn = new byte[82];
    private readonly byte[] _frame = new byte[128];
    private FlowMod _flowMod;

    [GlobalSetup]
    public void SetUp()
    {
        var packet = new byte[64];
        new MacAddress(0x0200_0000_0002).Write(packet);
        new MacAddress(0x0200_0000_0001).Write(packet.AsSpan(6));
        packet[12] = 0x08; // IPv4, header of 20 bytes, TCP
        packet[14] = 0x45;
        packet[23] = 6;
        var message = new PacketIn
        {
            BufferId = new BufferId(7),
            TotalBytes = 64,
            InPort = new PortNumber(1),
            Data = packet,
        };
        Codec.Write(_packetIn, new Xid(1), message);
        _flowMod = new FlowMod
        {
            Match = Match.Exact(PacketParser.Parse(message.InPort, packet)),
            BufferId = message.BufferId,
            Actions = ActionList.Output(new PortNumber(2)),
        };
    }

    /// <summary>Every field read and the match key built.</summary>
    [Benchmark]
    public PacketFields DecodePacketIn()
    {
        PacketIn message = Codec.ReadPacketIn(_packetIn);
        return PacketParser.Parse(message.InPort, message.Data);
    }

    [Benchmark]
    public int EncodeFlowMod() => Codec.Write(_frame, new Xid(1), _flowMod);
}
