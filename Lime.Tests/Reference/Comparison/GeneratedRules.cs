using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Makes flow-mods, group-mods and meter-mods whose matches, priorities and numbers often meet.</summary>
internal sealed class GeneratedRules(GeneratedFrames frames, OpenFlowVersion version, GeneratorOptions options)
{
    public const int TableCount = 3;

    private const uint PortCount = 4;

    private static readonly ushort[] Priorities = [0, 10, 10, 20, 0x8000];

    private static readonly ulong[] Cookies = [0, 1, 2, 0x11];

    private bool Is10 => version == OpenFlowVersion.V10;

    public FlowMod FlowMod()
    {
        FlowModCommand command = frames.One(FlowModCommand.Add, FlowModCommand.Add, FlowModCommand.Add,
            FlowModCommand.Add, FlowModCommand.Modify, FlowModCommand.ModifyStrict, FlowModCommand.Delete,
            FlowModCommand.DeleteStrict);
        bool isDelete = command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        byte table = Is10 ? (byte)0 : isDelete ? frames.One<byte>(0, 1, 2, 255) : frames.One<byte>(0, 0, 1, 2, 2, 9);
        Match match = Match();
        FlowModFlags flags = frames.Chance(0.6) ? FlowModFlags.SendFlowRemoved : FlowModFlags.None;
        if (frames.Chance(0.15)) flags |= FlowModFlags.CheckOverlap;
        if (!Is10 && frames.Chance(0.15)) flags |= FlowModFlags.ResetCounts;
        if (Is10 && frames.Chance(0.02)) flags |= FlowModFlags.Emergency;
        return new FlowMod
        {
            Command = command,
            Match = match,
            Table = new(table),
            Cookie = new(frames.One(Cookies)),
            CookieMask = new(!Is10 && frames.Chance(0.2) ? frames.One<ulong>(1, 0x10, ulong.MaxValue) : 0),
            IdleTimeoutSeconds = (ushort)(frames.Chance(0.25) ? frames.One(1, 2, 4) : 0),
            HardTimeoutSeconds = (ushort)(frames.Chance(0.2) ? frames.One(2, 3, 6) : 0),
            Priority = frames.One(Priorities),
            OutPort = isDelete && frames.Chance(0.3) ? new(frames.One<uint>(1, 2, 3)) : PortNumber.Any,
            OutGroup = !Is10 && isDelete && frames.Chance(0.15) ? new(frames.One<uint>(1, 2)) : GroupId.Any,
            Flags = flags,
            Actions = isDelete ? ActionList.Drop : Actions(match),
            Instructions = isDelete || Is10 ? FlowInstructions.None : Instructions(match, table),
        };
    }

    public GroupMod GroupMod()
    {
        GroupType type = frames.One(GroupType.All, GroupType.Select, GroupType.Indirect, GroupType.FastFailover);
        int count = type == GroupType.Indirect && frames.Chance(0.9) ? 1 : frames.One(1, 2, 2, 3);
        GroupModCommand command = frames.One(
            GroupModCommand.Add, GroupModCommand.Add, GroupModCommand.Modify, GroupModCommand.Delete);
        return new GroupMod(
            command, type, frames.Chance(0.03) ? GroupId.All : new(frames.One<uint>(1, 2, 3)),
            command == GroupModCommand.Delete ? [] : [.. Enumerable.Range(0, count).Select(_ => Bucket(type))]);
    }

    /// <summary>The rates are such that no bucket is ever just full or just empty at the times that are
    /// generated.</summary>
    public MeterMod MeterMod()
    {
        bool isPackets = frames.Chance(0.7);
        MeterBand drop = new(MeterBandType.Drop, isPackets ? 3u : 2u, frames.One<uint>(1, 2));
        MeterBand remark = new(MeterBandType.DscpRemark, 1, 1) { PrecedenceLevel = frames.One<byte>(1, 2) };
        MeterFlags flags = MeterFlags.Burst | MeterFlags.Statistics
            | (isPackets ? MeterFlags.PacketsPerSecond : MeterFlags.KilobitsPerSecond);
        return new MeterMod(
            frames.One(MeterModCommand.Add, MeterModCommand.Add, MeterModCommand.Modify, MeterModCommand.Delete),
            flags, new(frames.One<uint>(1, 2)),
            frames.One<ImmutableArray<MeterBand>>([drop], [remark], [drop, remark]));
    }

    /// <summary>Actions that mostly fit the match: some change what the packets may not have.</summary>
    public ActionList Actions(Match? match)
    {
        List<FlowAction> actions = [];
        while (frames.Chance(0.35)) actions.Add(Change(match));
        int outputs = frames.One(0, 1, 1, 1, 2);
        for (int i = 0; i < outputs; i++) actions.Insert(frames.One(0, actions.Count), Output());
        return ActionList.Of([.. actions]);
    }

    public Match Match()
    {
        if (Is10 && frames.Chance(0.15)) return ExactMatch();
        Match match = Lime.OpenFlow.Matching.Match.Any;
        if (frames.Chance(0.3)) match = match.WithInPort(new(frames.One<uint>(1, 2, 3)));
        if (frames.Chance(0.25)) match = match.WithEthDestination(new(frames.One(GeneratedFrames.Macs)));
        if (frames.Chance(0.2)) match = match.WithEthSource(new(frames.One(GeneratedFrames.Macs)));
        if (frames.Chance(0.25)) match = WithVlan(match);
        if (frames.Chance(0.5)) match = WithNetwork(match, frames.One<ushort>(0x0800, 0x0800, 0x0800, 0x0806));
        if (!Is10 && frames.Chance(0.1)) match = WithMetadata(match);
        return match;
    }

    private Match WithVlan(Match match)
    {
        if (frames.Chance(0.3)) return match.WithoutVlanTag();
        match = match.WithVlanId(frames.One(GeneratedFrames.VlanIds));
        return frames.Chance(0.3) ? match.WithVlanPriority(frames.One<byte>(0, 3)) : match;
    }

    private Match WithNetwork(Match match, ushort type)
    {
        match = match.WithEthType(type);
        bool isArp = type == 0x0806;
        if (frames.Chance(0.35))
            match = match.WithIpv4Source(new(frames.One(GeneratedFrames.Addresses)), frames.One(32, 32, 24));
        if (frames.Chance(0.35))
            match = match.WithIpv4Destination(new(frames.One(GeneratedFrames.Addresses)), frames.One(32, 24, 8));
        if (!isArp && frames.Chance(0.2)) match = match.WithIpTos(frames.One(GeneratedFrames.Services));
        if (!frames.Chance(0.5)) return match;
        match = match.WithIpProtocol(isArp ? frames.One<byte>(1, 2) : frames.One<byte>(6, 17, 1));
        if (isArp) return match;
        bool isIcmp = match.Values.IpProtocol == 1;
        if (frames.Chance(0.3))
            match = match.WithTransportSource(isIcmp ? (ushort)8 : frames.One(GeneratedFrames.Ports));
        if (frames.Chance(0.4))
            match = match.WithTransportDestination(isIcmp ? (ushort)0 : frames.One(GeneratedFrames.Ports));
        return match;
    }

    private Match WithMetadata(Match match) => match.WithFurther(FurtherFields.Of(
        OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, frames.One<byte>(1, 2)], [0, 0, 0, 0, 0, 0, 0, 3])));

    /// <summary>All twelve fields of 1.0.</summary>
    private Match ExactMatch()
    {
        Match match = Lime.OpenFlow.Matching.Match.Any
            .WithInPort(new(frames.One<uint>(1, 2)))
            .WithEthSource(new(frames.One(GeneratedFrames.Macs)))
            .WithEthDestination(new(frames.One(GeneratedFrames.Macs)));
        match = frames.Chance(0.7) ? match.WithoutVlanTag() : match.WithVlanId(frames.One(GeneratedFrames.VlanIds));
        return match.WithVlanPriority(0)
            .WithEthType(0x0800)
            .WithIpTos(frames.One(GeneratedFrames.Services))
            .WithIpProtocol(17)
            .WithIpv4Source(new(frames.One(GeneratedFrames.Addresses)))
            .WithIpv4Destination(new(frames.One(GeneratedFrames.Addresses)))
            .WithTransportSource(frames.One(GeneratedFrames.Ports))
            .WithTransportDestination(frames.One(GeneratedFrames.Ports));
    }

    private FlowInstructions Instructions(in Match match, byte table)
    {
        if (frames.Chance(0.4)) return FlowInstructions.None;
        bool setsMetadata = frames.Chance(0.3);
        return new FlowInstructions
        {
            Meter = options.HasMeters && frames.Chance(0.25) ? new(frames.One<uint>(1, 2)) : null,
            ClearsActions = frames.Chance(0.1),
            WriteActions = frames.Chance(0.4) ? Actions(match) : null,
            Metadata = setsMetadata ? frames.One<ulong>(1, 2) : 0,
            MetadataMask = setsMetadata ? 3u : 0,
            GoToTable = frames.Chance(0.5) ? new((byte)(table + frames.One(1, 1, 1, 0))) : null,
        };
    }

    private GroupBucket Bucket(GroupType type) => 
        new(options.ChainsGroups ? Actions(null) : WithoutGroups(Actions(null)))
    {
        Weight = type == GroupType.Select ? frames.One<ushort>(1, 1, 5, 0) : (ushort)0,
        WatchPort = type == GroupType.FastFailover ? new(1 + (uint)frames.One(0, 1, 2, 3)) : PortNumber.Any,
    };

    private static ActionList WithoutGroups(ActionList actions) =>
        ActionList.Of([.. actions.Where(action => action.Kind != FlowActionKind.Group)]);

    private FlowAction Output() => frames.One(0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6) switch
    {
        1 => FlowAction.Output(PortNumber.Flood),
        2 => FlowAction.Output(PortNumber.All),
        3 => FlowAction.Output(PortNumber.InPort),
        4 => FlowAction.Output(PortNumber.Controller, frames.One<ushort>(64, 0xffff)),
        5 when !Is10 => FlowAction.Group(new(frames.One<uint>(1, 2, 3))),
        6 => FlowAction.Output(frames.One(options.SendsToTable ? PortNumber.Table : new(98), new(99), new(1))),
        _ => FlowAction.Output(new(frames.One<uint>(1, 2, 3, PortCount))),
    };

    private FlowAction Change(Match? match)
    {
        bool isAnything = frames.Chance(0.15) || match is null || Is10;
        List<FlowAction> fitting = [Mac(isSource: true), Mac(isSource: false)];
        Match known = match ?? default;
        bool isIpv4 = isAnything || (known.Mask.EthType != 0 && known.Values.EthType == 0x0800);
        if (isIpv4)
        {
            fitting.Add(FlowAction.SetIpv4Source(new(frames.One(GeneratedFrames.Addresses))));
            fitting.Add(FlowAction.SetIpv4Destination(new(frames.One(GeneratedFrames.Addresses))));
            fitting.Add(FlowAction.SetIpTos(frames.One(GeneratedFrames.Services)));
            if (!Is10) fitting.Add(FlowAction.DecrementIpTtl());
            if (!Is10) fitting.Add(FlowAction.SetIpTtl(7));
        }
        int protocol = known.Mask.IpProtocol == 0 ? -1 : known.Values.IpProtocol;
        bool mayLackPorts = isAnything && options.RewritesIcmp;
        if (isIpv4 && (mayLackPorts || protocol is 6 or 17)) fitting.Add(Port(protocol));
        bool isTagged = isAnything || (known.Values.VlanId & PacketFields.VlanPresent) != 0;
        if (isTagged) fitting.AddRange([FlowAction.StripVlan(), VlanId(), VlanPriority()]);
        if (!Is10) fitting.Add(FlowAction.PushVlan(frames.One<ushort>(0x8100, 0x8100, 0x88a8, 0x0800)));
        return frames.One([.. fitting]);
    }

    private FlowAction Mac(bool isSource)
    {
        MacAddress address = new(frames.One(GeneratedFrames.Macs));
        return isSource ? FlowAction.SetEthSource(address) : FlowAction.SetEthDestination(address);
    }

    private FlowAction Port(int protocol)
    {
        ushort port = frames.One(GeneratedFrames.Ports);
        if (Is10)
            return frames.Chance(0.5) ? FlowAction.SetTransportSource(port) : FlowAction.SetTransportDestination(port);
        OxmId field = protocol == 6 ? OxmId.TcpDestination : OxmId.UdpDestination;
        return FlowAction.SetField(OxmField.Of(field, [(byte)(port >> 8), (byte)port]));
    }

    private FlowAction VlanId()
    {
        ushort id = frames.One<ushort>(10, 20, 30);
        return Is10
            ? FlowAction.SetVlanId(id)
            : FlowAction.SetField(OxmField.Of(OxmId.VlanId, [0x10, (byte)id]));
    }

    private FlowAction VlanPriority() => Is10
        ? FlowAction.SetVlanPriority(frames.One<byte>(0, 5))
        : FlowAction.SetField(OxmField.Of(OxmId.VlanPriority, [frames.One<byte>(0, 5)]));
}
