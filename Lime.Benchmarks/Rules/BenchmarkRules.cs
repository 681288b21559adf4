using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Benchmarks.Rules;

/// <summary>Rules as a controller of a large network has them: exact conversations, and some that are wider.</summary>
/// <remarks>One in sixteen matches whatever goes to an address, at a lower priority; the others match a conversation
/// between two addresses of its own. Threading: static and pure.</remarks>
internal static class BenchmarkRules
{
    private const ushort EthTypeIpv4 = 0x0800;
    private const int WideEvery = 16;
    private static readonly ActionList Output = ActionList.Output(new PortNumber(2));

    public static FlowMod Add(int number) => new()
    {
        Match = MatchOf(number),
        Priority = number % WideEvery == 0 ? (ushort)50 : (ushort)100,
        Cookie = new Cookie((ulong)number),
        Actions = Output,
    };

    /// <summary>The packet that the rule of this number matches.</summary>
    public static PacketFields Packet(int number)
    {
        var packet = new byte[64];
        packet[0] = 0x02;
        packet[6] = 0x02;
        packet[12] = 0x08;
        packet[14] = 0x45;
        packet[23] = 6;
        Put(packet, 26, Source(number));
        Put(packet, 30, Destination(number));
        return PacketParser.Parse(new PortNumber(1), packet);
    }

    private static Match MatchOf(int number) => number % WideEvery == 0
        ? Match.Any.WithEthType(EthTypeIpv4).WithIpv4Destination(new Ipv4Address(Destination(number)))
        : Match.Any.WithInPort(new PortNumber(1)).WithEthType(EthTypeIpv4)
            .WithIpv4Source(new Ipv4Address(Source(number))).WithIpv4Destination(new Ipv4Address(Destination(number)));

    private static uint Source(int number) => 0x0a00_0000 + (uint)number;

    private static uint Destination(int number) => 0x0b00_0000 + (uint)number;

    private static void Put(byte[] packet, int at, uint address)
    {
        for (int i = 0; i < 4; i++) packet[at + i] = (byte)(address >> (24 - (8 * i)));
    }
}
