using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Rules of all kinds that OpenFlow 1.0 has, none of which any packet of the tests
/// meets.</summary>
internal static class MixedRules
{
    private const int KindCount = 8;
    private const ulong CookieBase = 0xfedc_0000_0000_0000;

    private static readonly PortNumber PortOne = new(1);
    private static readonly PortNumber PortTwo = new(2);

    /// <returns>So many different rules, each with a cookie of its own.</returns>
    public static IReadOnlyList<FlowMod> Make(int count) => [.. Enumerable.Range(0, count).Select(MakeOne)];

    private static FlowMod MakeOne(int number)
    {
        uint low = (uint)number;
        (Match match, ActionList actions) = (number % KindCount) switch
        {
            0 => (Ip.WithIpv4Destination(Address(low)), ActionList.Output(PortTwo)),
            1 => (Tcp.WithIpv4Source(Address(low << 8), 24).WithTransportDestination((ushort)low),
                ActionList.Of(FlowAction.Output(PortOne), FlowAction.Output(PortTwo))),
            2 => (Match.Any.WithEthDestination(Mac(low)),
                ActionList.Of(FlowAction.SetEthDestination(Mac(low + 1)), FlowAction.Output(PortOne))),
            3 => (Arp.WithIpv4Destination(Address(low)), ActionList.Drop),
            4 => (
                Match.Any.WithInPort(PortOne).WithVlanId((ushort)(1 + (low % 4000))).WithEthSource(Mac(low)),
                ActionList.Of(FlowAction.StripVlan(), FlowAction.Output(PortTwo))),
            5 => (Match.Exact(ExactFields(low)), ActionList.Output(PortTwo)),
            6 => (Udp.WithIpv4Source(Address(low)).WithTransportSource(53), ActionList.Of(
                FlowAction.SetIpv4Source(Address(low + 1)), FlowAction.SetTransportDestination(99),
                FlowAction.Output(PortTwo))),
            // The transport port means nothing without a protocol: switches drop it from the match.
            _ => (Match.Any.WithEthDestination(Mac(low)).WithTransportDestination(80),
                ActionList.ToController),
        };
        return new FlowMod
        {
            Match = match,
            Priority = (ushort)(1 + (number % 60)),
            Cookie = new Cookie(CookieBase + low),
            Actions = actions,
        };
    }

    private static Match Ip => Match.Any.WithEthType(0x0800);

    private static Match Arp => Match.Any.WithEthType(0x0806);

    private static Match Tcp => Ip.WithIpProtocol(6);

    private static Match Udp => Ip.WithIpProtocol(17);

    /// <summary>Network 10.100.0.0 and above: far from the hosts'.</summary>
    private static Ipv4Address Address(uint low) => new(0x0a64_0000 + low);

    private static MacAddress Mac(uint low) => new(0x0200_0100_0000UL + low);

    private static PacketFields ExactFields(uint low) => new(
        (1UL << 32) | (0x0800UL << 16) | PacketFields.VlanPresent | 5,
        (Mac(low).Value << 16) | (3 << 8) | 6,
        (Mac(1).Value << 16) | (32 << 8),
        ((ulong)Address(low).Value << 32) | Address(1).Value,
        (80UL << 48) | ((ulong)(ushort)low << 32));
}
