using System.Collections.Immutable;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Tenants;

/// <summary>What one tenant's app and hosts do, from a seed: the same on whatever realises its switch.</summary>
/// <remarks>Priorities differ, since which of two rules of one a packet meets is a switch's choice.</remarks>
internal sealed class TenantScript(TenantBed bed, VirtualSwitch own, int seed, OpenFlowVersion version)
{
    private static readonly PortNumber[] Targets =
    [
        new(1), new(2), new(3), new(9), PortNumber.Flood, PortNumber.All, PortNumber.InPort, PortNumber.Controller,
    ];

    private readonly Random _random = new(seed);
    private readonly List<FlowMod> _added = [];
    private ushort _priority = 10;

    public List<string> Told { get; } = [];

    public void Step()
    {
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                Add();
                break;
            case 3:
                Change();
                break;
            case 4 when version == OpenFlowVersion.V13:
                ChangeGroup();
                break;
            case 5:
                SendPacket();
                break;
            default:
                bed.Inject($"{own.Name[0]}{_random.Next(1, 4)}", (ushort)(2000 + _random.Next(3)));
                break;
        }
    }

    /// <summary>Writes down what the switch tells when asked.</summary>
    public void Ask()
    {
        foreach (FlowStatistics each in bed.Bed.Flows(own).OrderBy(each => each.Priority))
        {
            Told.Add($"{each.Table} {each.Priority} {each.Match} {each.Cookie} {each.Actions} {each.Instructions} "
                + $"{each.PacketCount} {each.ByteCount}");
        }
        ImmutableArray<PortStatistics> ports =
            bed.Bed.Await(() => own.GetPortStatisticsAsync(PortNumber.Any));
        Told.AddRange(ports.Select(each => $"port {each.Port} {each.ReceivedPackets} {each.SentPackets}"));
        Told.AddRange(bed.Bed.Await(() => own.GetGroupsAsync()).Select(each =>
            $"{each.Group} {each.Type} {string.Join('|', each.Buckets.Select(bucket => bucket.Actions))}"));
        Told.AddRange(bed.Bed.Await(() => own.GetGroupStatisticsAsync(GroupId.All)).Select(each =>
            $"{each.Group} {each.ReferenceCount} {each.PacketCount} {each.ByteCount}"));
    }

    private void Add()
    {
        var rule = new FlowMod
        {
            Match = RandomMatch(),
            Priority = _priority++,
            Cookie = new Cookie((ulong)_random.Next(4)),
            Table = version == OpenFlowVersion.V13 ? new TableId((byte)_random.Next(2)) : default,
            Flags = _random.Next(2) == 0 ? FlowModFlags.SendFlowRemoved : FlowModFlags.None,
            Actions = RandomActions(),
        };
        if (version == OpenFlowVersion.V13 && rule.Table == default && _random.Next(2) == 0)
            rule = rule with { Instructions = new FlowInstructions { GoToTable = new TableId(1) } };
        _added.Add(rule);
        bed.Send(own, rule);
    }

    private void Change()
    {
        if (_added.Count == 0) return;
        FlowMod rule = _added[_random.Next(_added.Count)];
        FlowModCommand command = (FlowModCommand)_random.Next(1, 5);
        bed.Send(own, rule with { Command = command, Actions = RandomActions(), Flags = FlowModFlags.None });
    }

    private void ChangeGroup()
    {
        var id = new GroupId((uint)_random.Next(1, 4));
        GroupModCommand command = (GroupModCommand)_random.Next(3);
        if (command == GroupModCommand.Delete && _random.Next(3) == 0) id = GroupId.All;
        ImmutableArray<GroupBucket> buckets = command == GroupModCommand.Delete
            ? []
            : [.. Enumerable.Range(0, _random.Next(1, 3))
                .Select(_ => new GroupBucket(RandomActions(withGroup: false)))];
        bed.Do(() => own.Send(new GroupMod(command, GroupType.All, id, buckets)));
    }

    private void SendPacket()
    {
        PortNumber from = _random.Next(3) == 0 ? PortNumber.Controller : new PortNumber((uint)_random.Next(1, 5));
        if (version == OpenFlowVersion.V10 && !from.IsPhysical) from = PortNumber.Any;
        bool isThroughTable = _random.Next(3) == 0 && from.IsPhysical;
        ActionList actions = isThroughTable ? ActionList.Output(PortNumber.Table) : RandomActions();
        if (!from.IsPhysical && (actions.SendsTo(PortNumber.Controller) || actions.SendsTo(PortNumber.InPort))) return;
        byte[] frame = TenantBed.Frame($"{own.Name[0]}0");
        bed.Do(() => own.Send(new PacketOut { InPort = from, Actions = actions, Data = frame }));
    }

    private Match RandomMatch()
    {
        Match match = Match.Any;
        if (_random.Next(2) == 0) match = match.WithInPort(new PortNumber((uint)_random.Next(1, 4)));
        if (_random.Next(2) == 0)
        {
            match = match.WithEthType(0x0800).WithIpProtocol(17)
                .WithTransportDestination((ushort)(2000 + _random.Next(3)));
        }
        return match;
    }

    private ActionList RandomActions(bool withGroup = true)
    {
        var actions = new List<FlowAction>();
        for (int i = _random.Next(3); i >= 0; i--)
        {
            var group = new GroupId((uint)_random.Next(1, 4));
            PortNumber port = Targets[_random.Next(Targets.Length)];
            // An unknown group is refused by the switch, and so in its own time, where it is the tenant's alone.
            bool isToGroup = withGroup && own.Groups.Find(group) is not null && _random.Next(2) == 0;
            actions.Add(isToGroup ? FlowAction.Group(group) : FlowAction.Output(port));
        }
        return ActionList.Of([.. actions]);
    }
}
