using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Sends packets on that came up in the place of a rule: as the shadow tables say now, at the instance that
/// they came from, counted once under each rule that they meet (H-32).</summary>
/// <remarks>Apps see their copy first. Threading: the owner loop's.</remarks>
internal sealed class PacketRelease(VirtualSwitch virtualSwitch)
{
    private readonly ShadowPipeline _pipeline = new(virtualSwitch.Table, () => virtualSwitch.Miss.IsWanted);

    public void Send(HeldPacket packet)
    {
        // If the instance that sent it up is lost, it leaves by the one that stays.
        Instance? instance = virtualSwitch.Live.Find(
            each => each.Physical.Datapath == packet.Instance && each.Physical.IsConnected)
            ?? virtualSwitch.Live.Find(static each => each.Physical.IsConnected);
        FlowRule? met = packet.Instructions is null && packet.Guarded is { IsRemoved: true } ? null : packet.Guarded;
        ShadowRun run = _pipeline.Run(new PacketAtTable(packet.InPort, packet.Bytes)
        {
            Table = packet.Table,
            Metadata = packet.Metadata,
            TunnelId = packet.TunnelId,
            Met = met,
            Instructions = packet.Instructions,
            Cookie = packet.Cookie,
        });
        bool isForApps = packet.Guarded is { } rule && virtualSwitch.ControllerFirst.Concerns(rule);
        if (!run.IsDecided) SendUndecided(packet, instance, isForApps);
        else SendDecided(packet, instance, run);
    }

    /// <summary>Sends a packet by the tables, if what they do with it is known here.</summary>
    /// <returns>False if it isn't.</returns>
    public bool TrySend(HeldPacket packet)
    {
        ShadowRun run = _pipeline.Run(new PacketAtTable(packet.InPort, packet.Bytes));
        Instance? instance = virtualSwitch.Live.Find(static each => each.Physical.IsConnected);
        if (run.IsDecided) SendDecided(packet, instance, run);
        return run.IsDecided;
    }

    private void SendDecided(HeldPacket packet, Instance? instance, ShadowRun run)
    {
        foreach ((FlowRule each, FlowCounters counters) in run.Met) each.Retired += counters;
        foreach (HandUp up in run.HandUps) Show(up, packet.InPort, instance);
        ActionList actions = run.Actions;
        if (actions.Count == 0) return;
        if (run.HandUps.Count > 0) virtualSwitch.ControllerFirst.Forwarded++;
        Send(packet, instance, actions);
    }

    private static void Send(HeldPacket packet, Instance? instance, ActionList actions)
    {
        if (instance?.Physical.Channel is not { } channel) return;
        PortNumber physicalPort = PhysicalPort(packet, instance);
        bool isThere = packet.BufferId != BufferId.None && instance.Physical.Datapath == packet.Instance;
        ActionList sent = ActionTranslation.Translate(actions, instance.Map, packet.InPort, physicalPort);
        instance.Physical.Send(channel.NextXid(), new PacketOut
        {
            BufferId = isThere ? packet.BufferId : BufferId.None,
            InPort = physicalPort,
            Actions = instance.Ids?.ToPhysical(sent) ?? sent,
            Data = isThere ? default : packet.Bytes,
        });
    }

    /// <summary>Only the switch can say what becomes of the packet: its tables as they are now decide, so that rules
    /// before the guard's count it twice. A packet that apps see first would come up again, so it ends there.</summary>
    private void SendUndecided(HeldPacket packet, Instance? instance, bool isForApps)
    {
        if (isForApps)
        {
            virtualSwitch.ControllerFirst.NotForwarded++;
            Show(
                new HandUp(packet.Guarded, packet.Bytes, ushort.MaxValue)
                {
                    Cookie = packet.Cookie ?? packet.Guarded?.Cookie,
                    Table = packet.Table,
                    Reason = PacketInReason.Action,
                    Metadata = packet.Metadata,
                    TunnelId = packet.TunnelId,
                },
                packet.InPort, instance);
        }
        else
        {
            Send(packet, instance, ActionList.Output(PortNumber.Table));
        }
    }

    private static PortNumber PhysicalPort(HeldPacket packet, Instance instance) =>
        instance.Map.PlaceOf(packet.InPort)?.Egress ?? packet.InPort;

    /// <summary>As one switch would send it up: with the rule's cookie and table, and no more of the packet than was
    /// asked for.</summary>
    private void Show(HandUp up, PortNumber inPort, Instance? instance)
    {
        bool isOf13 = virtualSwitch.Table.Semantics.PacketInNamesRule;
        // What no rule matched nobody but the app's settings asks for.
        ushort bytesMax = up.Rule is null ? virtualSwitch.Resources.Settings.Present.MissSendBytes : up.BytesMax;
        ReadOnlySpan<byte> shown = virtualSwitch.Buffers.Keep(
            new VirtualBuffers.Packet(instance, inPort, up.Frame), bytesMax, out BufferId bufferId);
        virtualSwitch.Apps.PacketIn(virtualSwitch, new PacketIn
        {
            BufferId = bufferId,
            TotalBytes = (ushort)up.Frame.Length,
            InPort = inPort,
            Reason = up.Reason,
            Table = isOf13 ? up.Table : default,
            Cookie = !isOf13 ? default : up.Cookie ?? TableMissRule.NoRule,
            MatchFields = isOf13 ? PacketFurtherFields.Write(inPort, up.Metadata, up.TunnelId) : default,
            Data = shown,
        });
    }
}
