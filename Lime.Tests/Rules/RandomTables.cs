using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Emulation;

namespace Lime.Tests.Rules;

/// <summary>Tables of OpenFlow 1.3 whose rules look at what rules before have written.</summary>
internal static class RandomTables
{
    private const int Tables = 4;

    public static IEnumerable<FlowMod> Make(Random random)
    {
        for (byte table = 0; table < Tables; table++)
        {
            int rules = random.Next(2, 7);
            for (int i = 0; i < rules; i++)
            {
                Match match = i == 0 ? Match.Any : MatchOf(random);
                ActionList actions = Actions(random, match, isSet: false);
                // What is written is carried out behind what is applied: on packets whose tag is gone.
                Match left = actions.Any(each => each.Kind == FlowActionKind.StripVlan) ? Match.Any : match;
                yield return new FlowMod
                {
                    Table = new TableId(table),
                    Priority = (ushort)(i == 0 ? 0 : (10 * i)),
                    Match = match,
                    Cookie = new Cookie((ulong)((table * 100) + i)),
                    Actions = actions,
                    Instructions = Instructions(random, left, table),
                };
            }
        }
    }

    public static byte[] Frame(Random random) => random.Next(6) switch
    {
        0 => TestFrames.Tcp((ushort)random.Next(1, 4), 80),
        1 => TestFrames.Tagged(TestFrames.Udp(1000, (ushort)random.Next(1, 4)), random.Next(1, 4), random.Next(8)),
        2 => TestFrames.Arp(),
        3 => TestFrames.Ipv6Udp(),
        _ => TestFrames.Udp((ushort)random.Next(1, 4), (ushort)random.Next(1, 4)),
    };

    private static Match MatchOf(Random random) => random.Next(13) switch
    {
        0 => Match.Any.WithInPort(new((uint)random.Next(1, 3))),
        1 => Match.Any.WithEthDestination(Mac(random)),
        2 => Match.Any.WithVlanId((ushort)random.Next(1, 4)),
        3 => Match.Any.WithoutVlanTag(),
        4 => Match.Any.WithEthType(0x0800).WithIpv4Destination(Address(random)),
        5 => Match.Any.WithEthType(0x0800).WithIpTos((byte)(random.Next(2) * 4)),
        6 => Match.Any.WithEthType(0x0800).WithIpProtocol(17).WithTransportDestination((ushort)random.Next(1, 4)),
        10 or 11 => Match.Any.WithEthType(0x0800),
        12 => Match.Any.WithEthType(0x0800).WithIpProtocol(17),
        7 => Match.Any.WithFurther(FurtherFields.Of(OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, (byte)random.Next(1, 4)]))),
        8 => Match.Any.WithEthType(0x86dd).WithFurther(FurtherFields.Of(
            OxmField.Of(OxmId.Ipv6Source, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa]))),
        _ => Match.Any,
    };

    /// <summary>What is set has to be there in every packet that the match lets through (1.3.5 section 6.4).</summary>
    private static ActionList Actions(Random random, in Match match, bool isSet)
    {
        var actions = new List<FlowAction>();
        for (int i = random.Next(4); i > 0; i--)
        {
            FlowAction action = Action(random);
            bool isUntagged = actions.Exists(each => each.Kind == FlowActionKind.StripVlan);
            if (IsConsistent(action, match) && !(isUntagged && IsOnTag(action))) actions.Add(action);
        }
        return ActionList.Of([.. isSet ? actions.DistinctBy(each => each.Kind) : actions]);
    }

    private static FlowAction Action(Random random) => random.Next(13) switch
    {
        0 or 1 => FlowAction.Output(new((uint)random.Next(1, 4))),
        2 => FlowAction.Output(PortNumber.Controller),
        3 => FlowAction.SetEthDestination(Mac(random)),
        4 => FlowAction.SetIpv4Destination(Address(random)),
        5 => FlowAction.SetIpv4Source(Address(random)),
        6 => FlowAction.SetIpTos((byte)(random.Next(2) * 4)),
        7 => FlowAction.StripVlan(),
        8 => FlowAction.SetField(OxmField.Of(OxmId.VlanId, [0x10, (byte)random.Next(1, 4)])),
        9 => FlowAction.SetField(OxmField.Of(OxmId.UdpDestination, [0, (byte)random.Next(1, 4)])),
        10 => FlowAction.Output(PortNumber.Flood),
        11 => FlowAction.SetEthSource(Mac(random)),
        _ => FlowAction.SetField(OxmField.Of(OxmId.IpEcn, [(byte)random.Next(4)])),
    };

    private static bool IsOnTag(in FlowAction action) => action.Kind == FlowActionKind.StripVlan
        || (action.Kind == FlowActionKind.SetField && OxmField.FromBytes(action.Bytes).Id == OxmId.VlanId);

    private static bool IsConsistent(in FlowAction action, in Match match)
    {
        bool isIpv4 = match.Mask.EthType == ushort.MaxValue && match.Values.EthType == 0x0800;
        bool isIp = isIpv4 || (match.Mask.EthType == ushort.MaxValue && match.Values.EthType == 0x86dd);
        bool isUdp = isIp && match.Mask.IpProtocol == byte.MaxValue && match.Values.IpProtocol == 17;
        bool isTagged = match.Mask.VlanId != 0 && match.Values.VlanId != 0;
        return action.Kind switch
        {
            FlowActionKind.SetIpv4Source or FlowActionKind.SetIpv4Destination => isIpv4,
            FlowActionKind.SetIpTos => isIp,
            FlowActionKind.StripVlan => isTagged,
            FlowActionKind.SetField => OxmField.FromBytes(action.Bytes).Id switch
            {
                OxmId.VlanId => isTagged,
                OxmId.UdpDestination => isUdp,
                _ => isIp,
            },
            _ => true,
        };
    }

    private static FlowInstructions Instructions(Random random, in Match match, byte table) => new()
    {
        ClearsActions = random.Next(5) == 0,
        WriteActions = random.Next(3) == 0 ? Actions(random, match, isSet: true) : null,
        Metadata = (ulong)random.Next(4),
        MetadataMask = (ulong)random.Next(4),
        GoToTable = table + 1 < Tables && random.Next(4) > 0 ? new TableId((byte)random.Next(table + 1, Tables)) : null,
    };

    private static MacAddress Mac(Random random) => new((ulong)(0x0200_0000_000a + random.Next(3)));

    private static Ipv4Address Address(Random random) => new((uint)(0x0a00_0001 + random.Next(3)));
}
