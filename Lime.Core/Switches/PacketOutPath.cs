using Lime.Core.Apps;
using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>An app's packet-out on its way to the instance that holds the packet, or to the first
/// one.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class PacketOutPath(VirtualSwitch virtualSwitch)
{
    public SendResult Send(in PacketOut message)
    {
        Instance? instance = virtualSwitch.Primary;
        BufferId bufferId = message.BufferId;
        if (bufferId != BufferId.None && virtualSwitch.Buffers.Take(bufferId) is { } held)
        {
            instance = held.Instance;
            bufferId = held.Physical;
        }
        if (instance is not { Physical.Channel: { } channel })
            return new SendResult(SendOutcome.NotConnected, default);
        if (instance.Physical.IsCongested) return new SendResult(SendOutcome.OutboxFull, default);
        Xid appXid = virtualSwitch.NextXid();
        if (!instance.Map.IsIdentity || bufferId != message.BufferId)
            virtualSwitch.Quotes.Remember(channel.Codec!, appXid, message);
        if (!instance.Map.HasPort(message.InPort) || !instance.Map.HasPortsOf(message.Actions))
        {
            virtualSwitch.Refuse(
                appXid, (ErrorType.BadAction, ErrorCodes.ActionBadOutPort),
                virtualSwitch.Quotes.Find(appXid) ?? []);
            return new SendResult(SendOutcome.Queued, appXid);
        }
        Xid xid = channel.NextXid();
        instance.Trail.Add(xid, appXid);
        return new SendResult(Send(channel, xid, instance.Map, message, bufferId), appXid);
    }

    private static SendOutcome Send(
        OpenFlowChannel channel, Xid xid, InstanceMap map, in PacketOut message, BufferId bufferId)
    {
        if (map.IsIdentity && bufferId == message.BufferId) return channel.Send(xid, message);
        PortNumber physicalIn = message.InPort.IsPhysical && map.PlaceOf(message.InPort) is { } place
            ? place.Egress
            : message.InPort;
        PortNumber virtualIn = message.InPort.IsPhysical ? message.InPort : PortNumber.Any;
        return channel.Send(xid, new PacketOut
        {
            BufferId = bufferId,
            InPort = physicalIn,
            Actions = ActionTranslation.Translate(message.Actions, map, virtualIn, physicalIn),
            Data = message.Data,
        });
    }
}
