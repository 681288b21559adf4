using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>Changes rules at random in three tables, with table-miss rules, write-actions, groups of all four types and
/// meters (OpenFlow 1.3; H-59 to H-62).</summary>
/// <remarks>Rules mark packets by their type of service, buckets by their source port, so that a packet tells which it
/// met. Packet-outs name ports: one through the tables might be dropped by a meter, and nobody could tell.</remarks>
internal sealed class PipelineApp : SimulatedApp
{
    private const int Groups = 4, Meters = 2;

    private static readonly GroupType[] Types =
        [GroupType.All, GroupType.Select, GroupType.Indirect, GroupType.FastFailover];

    private readonly (byte Table, Match Match)[] _patterns;
    private readonly HashSet<int> _groups = [], _meters = [];
    private int _versions;
    private ushort _buckets = 4000;
    private bool _isBegun;

    public PipelineApp(Scenario scenario, Random dice) : base(scenario, dice)
    {
        Match ip = Match.Any.WithEthType(0x0800);
        Match udp = ip.WithIpProtocol(17);
        IEnumerable<uint> hosts = Enumerable.Range(1, scenario.Hosts).Select(i => (uint)i);
        _patterns =
        [
            (0, Match.Any),
            (0, ip),
            .. hosts.Select(i => ((byte)0, ip.WithInPort(new PortNumber(i)))),
            (0, udp.WithTransportDestination(2001)),
            (1, Match.Any),
            .. hosts.Select(i => ((byte)1, ip.WithIpv4Destination(MarkedFrame.IpOf(i)))),
            (1, udp.WithTransportDestination(2002)),
            (1, udp.WithInPort(new PortNumber(1)).WithTransportDestination(2003)),
            (2, Match.Any),
            (2, ip.WithInPort(new PortNumber(2))),
            (2, udp.WithTransportDestination(2000)),
        ];
    }

    /// <summary>Without meters, which let through what a switch's clock says.</summary>
    private bool HasMeters => Scenario.ClockRates.IsEmpty;

    public override AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (Dice.Next(2) == 0) SendOut(virtualSwitch, packetIn, Dice.Next(4) == 0 ? PortNumber.Flood : AnyHost());
        return AppVerdict.Continue;
    }

    public override void Begin()
    {
        _isBegun = true;
        for (int i = 0; i < Groups; i++) ChangeGroup(Switch!, i);
        for (int i = 0; i < Meters && HasMeters; i++) ChangeMeter(Switch!, i);
        for (int i = 0; i < _patterns.Length; i++)
        {
            if (Dice.Next(3) > 0) Switch!.Send(NewVersion(i));
        }
    }

    protected override void Ask(IVirtualSwitch connected)
    {
        if (Dice.Next(2) == 0) _ = Quietly(async () => await connected.GetGroupsAsync());
        else _ = Quietly(async () => await connected.GetMetersAsync());
    }

    protected override void Change(IVirtualSwitch connected)
    {
        if (!_isBegun) Begin();
        FlowMod change = NewVersion(Dice.Next(_patterns.Length));
        switch (Dice.Next(14))
        {
            case < 5:
                connected.Send(change);
                break;
            case < 8:
                connected.Send(change with { Command = FlowModCommand.ModifyStrict });
                break;
            case 8:
                connected.Send(change with { Command = FlowModCommand.Modify });
                break;
            case 9:
                connected.Send(change with { Command = FlowModCommand.DeleteStrict });
                break;
            case 10:
                DeleteSome(connected, change);
                break;
            case 11 when HasMeters:
                ChangeMeter(connected, Dice.Next(Meters));
                break;
            default:
                ChangeGroup(connected, Dice.Next(Groups));
                break;
        }
    }

    /// <summary>In one table or in all, by port, by group, or all of that pattern.</summary>
    private void DeleteSome(IVirtualSwitch connected, FlowMod change) => connected.Send(change with
    {
        Command = FlowModCommand.Delete,
        Table = Dice.Next(3) == 0 ? TableId.All : change.Table,
        OutPort = Dice.Next(3) == 0 ? AnyHost() : PortNumber.Any,
        OutGroup = Dice.Next(3) == 0 ? new GroupId((uint)Dice.Next(1, Groups + 1)) : GroupId.Any,
    });

    private void ChangeGroup(IVirtualSwitch connected, int index)
    {
        var id = new GroupId((uint)index + 1);
        bool isThere = _groups.Contains(index);
        if (isThere && Dice.Next(5) == 0)
        {
            _groups.Remove(index);
            connected.Send(new GroupMod(GroupModCommand.Delete, Types[index], id, []));
            return;
        }
        _groups.Add(index);
        connected.Send(new GroupMod(
            isThere ? GroupModCommand.Modify : GroupModCommand.Add, Types[index], id, NewBuckets(Types[index])));
    }

    private ImmutableArray<GroupBucket> NewBuckets(GroupType type) =>
    [
        .. Enumerable.Range(0, type == GroupType.Indirect ? 1 : 2).Select(_ => AnyHost()).Select(port =>
            new GroupBucket(ActionList.Of(Mark(++_buckets), FlowAction.Output(port)))
            {
                Weight = (ushort)(type == GroupType.Select ? Dice.Next(1, 4) : 0),
                WatchPort = type == GroupType.FastFailover ? port : PortNumber.Any,
            }),
    ];

    private static FlowAction Mark(ushort bucket) =>
        FlowAction.SetField(OxmField.Of(OxmId.UdpSource, [(byte)(bucket >> 8), (byte)bucket]));

    private void ChangeMeter(IVirtualSwitch connected, int index)
    {
        var id = new MeterId((uint)index + 1);
        bool isThere = _meters.Contains(index);
        if (isThere && Dice.Next(6) == 0)
        {
            _meters.Remove(index);
            connected.Send(new MeterMod(MeterModCommand.Delete, MeterFlags.PacketsPerSecond, id, []));
            return;
        }
        _meters.Add(index);
        var band = new MeterBand(MeterBandType.Drop, (uint)Dice.Next(40, 200), (uint)Dice.Next(4, 20));
        connected.Send(new MeterMod(
            isThere ? MeterModCommand.Modify : MeterModCommand.Add,
            MeterFlags.PacketsPerSecond | MeterFlags.Burst, id, [band]));
    }

    private FlowMod NewVersion(int pattern)
    {
        (byte table, Match match) = _patterns[pattern];
        FlowAction mark = FlowAction.SetIpTos((byte)((++_versions % 63 * 4) + 4));
        (ActionList actions, FlowInstructions others) = table switch
        {
            _ when match == Match.Any => (ForMisses(table), NextFor(table)),
            0 => InFirst(mark),
            1 => InSecond(mark),
            _ => InLast(mark),
        };
        return new FlowMod
        {
            Table = new TableId(table),
            Match = match,
            Priority = (ushort)(match == Match.Any ? 0 : 100 + pattern),
            Cookie = new Cookie((ulong)_versions),
            Flags = Dice.Next(2) == 0 ? FlowModFlags.SendFlowRemoved : FlowModFlags.None,
            IdleTimeoutSeconds = (ushort)(Scenario.HasTimeouts ? Dice.Next(3) : 0),
            Actions = actions,
            Instructions = others,
        };
    }

    /// <summary>A table-miss rule can't change packets of which it knows nothing.</summary>
    private ActionList ForMisses(byte table) => Dice.Next(3) switch
    {
        0 => ActionList.ToController,
        1 when table == 2 => ActionList.Output(AnyHost()),
        _ => ActionList.Drop,
    };

    private FlowInstructions NextFor(byte table) =>
        table < 2 && Dice.Next(2) == 0 ? new() { GoToTable = new((byte)(table + 1)) } : FlowInstructions.None;

    /// <summary>Only here are meters: one in a later table can't measure what was held for a rule before it.</summary>
    private (ActionList, FlowInstructions) InFirst(FlowAction mark) => Dice.Next(10) switch
    {
        0 => (ActionList.ToController, FlowInstructions.None),
        1 => (ActionList.Of(mark, FlowAction.Output(AnyHost())), FlowInstructions.None),
        2 or 3 when HasMeters => (
            ActionList.Of(mark, FlowAction.Output(AnyHost())),
            new() { Meter = new MeterId((uint)Dice.Next(1, Meters + 1)) }),
        4 => (ActionList.Drop, new() { GoToTable = new(2), Metadata = 1, MetadataMask = 3 }),
        _ => (ActionList.Drop, new() { GoToTable = new(1) }),
    };

    private (ActionList, FlowInstructions) InSecond(FlowAction mark) => Dice.Next(10) switch
    {
        0 => (ActionList.Of(mark, FlowAction.Output(PortNumber.Controller)), FlowInstructions.None),
        1 => (ActionList.Drop, new() { GoToTable = new(2), ClearsActions = true }),
        3 or 4 or 5 => (ActionList.Of(mark, AnyGroup()), FlowInstructions.None),
        6 => (ActionList.Of(mark, FlowAction.Output(AnyHost())), new() { ClearsActions = true }),
        _ => (ActionList.Of(mark, FlowAction.Output(AnyHost())), FlowInstructions.None),
    };

    /// <summary>Only here are actions written: what earlier tables have written no packet-in tells, so that Lime can't
    /// always say what becomes of a packet that it holds for a rule in a later one.</summary>
    private (ActionList, FlowInstructions) InLast(FlowAction mark) => Dice.Next(6) switch
    {
        0 => (ActionList.Of(mark, FlowAction.Output(PortNumber.Flood)), FlowInstructions.None),
        1 => (ActionList.Of(mark, AnyGroup()), FlowInstructions.None),
        2 => (ActionList.ToController, FlowInstructions.None),
        3 => (ActionList.Drop, new() { WriteActions = ActionList.Of(mark, FlowAction.Output(AnyHost())) }),
        _ => (ActionList.Of(mark, FlowAction.Output(AnyHost())), FlowInstructions.None),
    };

    private FlowAction AnyGroup() => FlowAction.Group(new GroupId((uint)Dice.Next(1, Groups + 1)));

    private PortNumber AnyHost() => new((uint)Dice.Next(1, Scenario.Hosts + 1));
}
