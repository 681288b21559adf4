using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>An app's packet-out on its way to the instance that holds the packet, or to the first
/// one.</summary>
/// <remarks>One that comes straight from an app is refused where the outbox is full. One that was taken before is not
/// lost: it waits in line. Threading: the owner loop's.</remarks>
internal sealed class PacketOutPath(VirtualSwitch virtualSwitch)
{
    private PacketRelease? _release;

    public SendResult Send(in PacketOut message, Xid appXid)
    {
        if (virtualSwitch.Primary is not { Physical.Channel: not null } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (primary.Physical.IsCongested) return new SendResult(SendOutcome.OutboxFull, default);
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        if (virtualSwitch.PacketOutQuota is { } quota && !quota.TryTake(virtualSwitch.Loop.NowTicks))
            return new SendResult(SendOutcome.Queued, appXid);
        return Issue(message, appXid, mayWait: false);
    }

    /// <summary>Sends one that an app was told is taken.</summary>
    public SendResult SendTaken(in PacketOut message, Xid appXid)
    {
        if (virtualSwitch.Primary is not { Physical.Channel: not null })
            return new SendResult(SendOutcome.NotConnected, default);
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        return Issue(message, appXid, mayWait: true);
    }

    /// <summary>As <see cref="SendTaken"/>, its place among the commands told already.</summary>
    public void SendClaimed(in PacketOut message, Xid appXid) => Issue(message, appXid, mayWait: true);

    private SendResult Issue(in PacketOut message, Xid appXid, bool mayWait)
    {
        if (virtualSwitch.Primary is not { Physical.Channel: not null } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (!primary.Map.IsIdentity || virtualSwitch.Buffers.IsActive)
            virtualSwitch.Quotes.Remember(primary.Physical.Channel!.Codec!, appXid, message);
        bool isKnown = primary.Map.HasPort(message.InPort) && primary.Map.HasPortsOf(message.Actions);
        if (!isKnown) return Refuse(message, appXid, (ErrorType.BadAction, ErrorCodes.ActionBadOutPort));
        if (primary.IsPart && FindFaultOfPart(message.Actions) is { } fault) return Refuse(message, appXid, fault);
        bool isOurs = message.BufferId != BufferId.None && virtualSwitch.Buffers.IsActive;
        if (!isOurs)
        {
            bool goesByShadow = primary.IsPart && !message.InPort.IsPhysical
                && message.Actions.SendsTo(PortNumber.Table);
            if (goesByShadow) return SendByShadow(primary, appXid, message);
            NoteIfThroughTables(message.Actions, message.Data);
            return SendBy(primary, appXid, message, mayWait);
        }
        if (virtualSwitch.Buffers.Take(message.BufferId) is not { } held)
            return Refuse(message, appXid, virtualSwitch.Buffers.FaultOf(message.BufferId));
        return SendHeld(held, appXid, message, mayWait);
    }

    /// <summary>A packet that a flow-mod named is sent by the tables as they are now (H-04).</summary>
    /// <returns>What a switch says if there is no such packet.</returns>
    public (ErrorType Type, ushort Code)? ReleaseThroughTable(BufferId bufferId)
    {
        if (virtualSwitch.Buffers.Take(bufferId) is not { InPort.IsPhysical: true } held)
            return virtualSwitch.Buffers.FaultOf(bufferId);
        SendHeld(held, virtualSwitch.NextXid(), new PacketOut
        {
            InPort = held.InPort,
            Actions = ActionList.Output(PortNumber.Table),
        }, mayWait: true);
        return null;
    }

    /// <summary>From the instance that it came in by, or, if that is gone, from the first one (H-03).</summary>
    private SendResult SendHeld(in VirtualBuffers.Entry held, Xid appXid, in PacketOut message, bool mayWait)
    {
        bool isThere = held.Instance is { Physical.IsConnected: true } at && virtualSwitch.Live.Contains(at);
        Instance? instance = isThere ? held.Instance : virtualSwitch.Primary;
        if (instance is null) return new SendResult(SendOutcome.NotConnected, default);
        NoteIfThroughTables(message.Actions, held.Frame);
        return SendBy(instance, appXid, new PacketOut
        {
            BufferId = held.Physical,
            InPort = message.InPort,
            Actions = message.Actions,
            Data = held.Frame,
        }, mayWait);
    }

    private void NoteIfThroughTables(ActionList actions, ReadOnlySpan<byte> frame)
    {
        if (actions.SendsTo(PortNumber.Table)) virtualSwitch.ControllerFirst.SendsThroughTables(frame);
    }

    private (ErrorType Type, ushort Code)? FindFaultOfPart(ActionList actions)
    {
        if (PartBounds.FindFault(actions) is { } beyond) return beyond;
        foreach (FlowAction action in actions)
        {
            bool isUnknown = action.Kind == FlowActionKind.Group
                && virtualSwitch.Groups.Find(new GroupId((uint)action.Value)) is null;
            if (isUnknown) return (ErrorType.BadAction, ErrorCodes.ActionBadOutGroup);
        }
        return null;
    }

    /// <summary>A packet that is said to come from nowhere would meet everybody's rules on a shared switch; it meets
    /// the virtual switch's own here. One whose way can't be told is lost.</summary>
    private SendResult SendByShadow(Instance part, Xid appXid, in PacketOut message)
    {
        _release ??= new PacketRelease(virtualSwitch);
        _release.TrySend(
            new HeldPacket(part.Physical.Datapath, BufferId.None, message.InPort, message.Data.ToArray()));
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private static SendResult SendBy(Instance instance, Xid appXid, in PacketOut message, bool mayWait)
    {
        if (instance.Physical.Channel is not { } channel) return new SendResult(SendOutcome.NotConnected, default);
        Xid xid = channel.NextXid();
        instance.Trail.Add(xid, appXid);
        SendOutcome outcome = instance.Map.IsIdentity
            ? Send(instance.Physical, channel, xid, message, mayWait)
            : Send(instance.Physical, channel, xid, Translate(instance, message), mayWait);
        return new SendResult(outcome, appXid);
    }

    private static SendOutcome Send(
        PhysicalSwitch physical, OpenFlowChannel channel, Xid xid, in PacketOut message, bool mayWait) =>
        mayWait ? physical.Send(xid, message) : channel.Send(xid, message);

    private static PacketOut Translate(Instance instance, in PacketOut message)
    {
        InstanceMap map = instance.Map;
        PortNumber physicalIn = message.InPort.IsPhysical && map.PlaceOf(message.InPort) is { } place
            ? place.Egress
            : message.InPort;
        PortNumber virtualIn = message.InPort.IsPhysical ? message.InPort : PortNumber.Any;
        ActionList actions = ActionTranslation.Translate(message.Actions, map, virtualIn, physicalIn);
        return new PacketOut
        {
            BufferId = message.BufferId,
            InPort = physicalIn,
            Actions = instance.Ids?.ToPhysical(actions) ?? actions,
            Data = message.Data,
        };
    }

    private SendResult Refuse(in PacketOut message, Xid appXid, (ErrorType Type, ushort Code) fault)
    {
        ImmutableArray<byte> quote = virtualSwitch.Primary?.Physical.Channel?.Codec is { } codec
            ? CommandPath.Quote(codec, appXid, message)
            : [];
        virtualSwitch.Refuse(appXid, fault, quote);
        return new SendResult(SendOutcome.Queued, appXid);
    }
}
