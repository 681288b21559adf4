using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Runs action lists and action sets (1.0.0 section 3.3, 1.3.5 sections 5.10 to 5.12).</summary>
internal static class ActionRun
{
    /// <summary>OFPCML_NO_BUFFER: the whole packet.</summary>
    private const int NoBuffer = 0xffff;

    /// <summary>A list, in its order; packets leave at once, as they then are.</summary>
    public static PacketWalk Apply(PacketWalk walk, IEnumerable<FlowAction> actions)
    {
        foreach (FlowAction action in actions)
        {
            if (walk.IsDropped) break;
            walk = action.Kind switch
            {
                FlowActionKind.Output => Output(walk, action),
                FlowActionKind.Enqueue => ToPort(walk, action.Port),
                FlowActionKind.Group => GroupCommands.Pass(walk, (uint)action.Value),
                FlowActionKind.DecrementIpTtl => DecrementTtl(walk),
                FlowActionKind.PushVlan when walk.State.Options.PushesEmptyTags => PushEmptyTag(walk, action),
                FlowActionKind.SetField when GivesTag(walk, action) =>
                    walk with { Packet = walk.Packet.PushTag(ReferencePacket.Vlan).Rewrite(action) },
                _ => walk with { Packet = walk.Packet.Rewrite(action) },
            };
        }
        return walk;
    }

    private static bool GivesTag(PacketWalk walk, in FlowAction action) => walk.State.Options.TagsByFields
        && !walk.Packet.IsTagged
        && OxmField.FromBytes(action.Bytes).Id is OxmId.VlanId or OxmId.VlanPriority;

    private static PacketWalk PushEmptyTag(PacketWalk walk, FlowAction action)
    {
        ReferencePacket pushed = walk.Packet.Rewrite(action);
        return walk with
        {
            Packet = pushed.Set(OxmId.VlanId, PacketFields.VlanPresent).Set(OxmId.VlanPriority, 0),
        };
    }

    /// <summary>Adds to the set in place of an action of the same kind; set-fields of different fields are different
    /// kinds (1.3.5 section 5.10).</summary>
    public static PacketWalk Add(PacketWalk walk, FlowAction action) => walk with
    {
        ActionSet = [.. walk.ActionSet.Where(each => Slot(each) != Slot(action)), action],
    };

    /// <summary>The set at the end of the pipeline: in the order of 1.3.5 section 5.10, and a group instead of an
    /// output if there are both.</summary>
    public static PacketWalk ApplySet(PacketWalk walk)
    {
        bool hasGroup = walk.ActionSet.Any(action => action.Kind == FlowActionKind.Group);
        return Apply(walk with { ActionSet = [] }, walk.ActionSet
            .Where(action => !hasGroup || action.Kind != FlowActionKind.Output)
            .OrderBy(Order));
    }

    public static PacketWalk ToController(PacketWalk walk, int bytesMax)
    {
        ReferenceState state = walk.State;
        bool isMuted = walk.IsMiss && state.Ports.TryGetValue(walk.InPort.Value, out ReferencePort? port)
            && port.Config.HasFlag(PortConfig.NoPacketIn);
        if (isMuted) return walk;
        return PacketIn(walk, walk.IsMiss ? PacketInReason.NoMatch : PacketInReason.Action, bytesMax);
    }

    /// <summary>To one port: the port it came by takes no packet unless IN_PORT was asked for (1.0.0 section 3.3, 1.3.5
    /// section 4.5).</summary>
    public static PacketWalk ToPort(PacketWalk walk, PortNumber number) =>
        number == PortNumber.InPort ? Transmit(walk, walk.InPort)
        : number == walk.InPort ? walk
        : Transmit(walk, number);

    private static PacketWalk Output(PacketWalk walk, in FlowAction action)
    {
        if (action.Port == PortNumber.Controller) return ToController(walk, (int)action.Value);
        if (action.Port == PortNumber.Table)
            return walk.IsPacketOut ? walk.After(Pipeline.Enter(walk with { IsPacketOut = false })) : walk;
        if (action.Port != PortNumber.All && action.Port != PortNumber.Flood) return ToPort(walk, action.Port);
        bool isFlood = action.Port == PortNumber.Flood;
        foreach (ReferencePort port in walk.State.Ports.Values)
        {
            bool isLeftOut = port.Description.Port == walk.InPort
                || (isFlood && port.Config.HasFlag(PortConfig.NoFlood));
            if (!isLeftOut) walk = Transmit(walk, port.Description.Port);
        }
        return walk;
    }

    private static PacketWalk Transmit(PacketWalk walk, PortNumber number)
    {
        if (!walk.State.Ports.TryGetValue(number.Value, out ReferencePort? port)) return walk;
        if (!port.IsLive || port.Config.HasFlag(PortConfig.NoForward)) return walk;
        port = port with
        {
            SentPackets = port.SentPackets + 1,
            SentBytes = port.SentBytes + (ulong)walk.Packet.Bytes.Length,
        };
        ReferenceState state = walk.State with { Ports = walk.State.Ports.SetItem(number.Value, port) };
        return (walk with { State = state }).Emit(new FrameOutput(number, walk.Packet.Bytes));
    }

    /// <summary>A TTL that would become 0 is invalid: the packet ends here (1.3.5 section 5.12,
    /// OFPR_INVALID_TTL).</summary>
    private static PacketWalk DecrementTtl(PacketWalk walk)
    {
        if (walk.Packet.Ttl() is not { } ttl) return walk;
        if (ttl > 1) return walk with { Packet = walk.Packet.SetTtl((byte)(ttl - 1)) };
        walk = walk with { IsDropped = true };
        return walk.State.Options.ReportsInvalidTtl
            ? PacketIn(walk, PacketInReason.InvalidTtl, walk.State.MissSendBytes)
            : walk;
    }

    /// <summary>A packet that is kept is sent up to a length, another one whole (1.0.0 section 5.4.1, 1.3.5 section
    /// 7.4.1).</summary>
    private static PacketWalk PacketIn(PacketWalk walk, PacketInReason reason, int bytesMax)
    {
        ReferenceState state = walk.State;
        ImmutableArray<byte> bytes = walk.Packet.Bytes;
        BufferId buffer = BufferId.None;
        bool mayKeep = state.Is10 || bytesMax != NoBuffer;
        if (mayKeep && state.Buffers.Count < state.Options.BufferCount)
        {
            buffer = new BufferId(state.NextBuffer);
            state = state with
            {
                Buffers = state.Buffers.Add(buffer.Value, new FrameInput(walk.InPort, bytes)),
                NextBuffer = state.NextBuffer + 1,
            };
        }
        bool isCut = buffer != BufferId.None && bytesMax < bytes.Length;
        return (walk with { State = state }).Emit(new PacketInOutput(
            reason, walk.InPort, isCut ? bytes[..bytesMax] : bytes)
        {
            Table = walk.Table,
            Cookie = walk.Cookie,
            Buffer = buffer,
            TotalBytes = bytes.Length,
            Metadata = walk.Metadata,
        });
    }

    private static (FlowActionKind Kind, OxmId? Field) Slot(FlowAction action) =>
        (action.Kind, action.Kind == FlowActionKind.SetField ? OxmField.FromBytes(action.Bytes).Id : null);

    /// <summary>The place of an action in a set.</summary>
    public static int Order(FlowAction action) => action.Kind switch
    {
        FlowActionKind.CopyTtlIn => 1,
        FlowActionKind.StripVlan or FlowActionKind.PopMpls or FlowActionKind.PopPbb => 2,
        FlowActionKind.PushMpls => 3,
        FlowActionKind.PushPbb => 4,
        FlowActionKind.PushVlan => 5,
        FlowActionKind.CopyTtlOut => 6,
        FlowActionKind.DecrementIpTtl or FlowActionKind.DecrementMplsTtl => 7,
        FlowActionKind.SetQueue => 9,
        FlowActionKind.Group => 10,
        FlowActionKind.Output => 11,
        _ => 8,
    };
}
