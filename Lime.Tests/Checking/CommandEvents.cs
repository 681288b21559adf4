using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Checking;

/// <summary>The app has sent a command that changes the switch; the virtual switch took it.</summary>
/// <param name="At">When.</param>
/// <param name="Xid">What the app was told would name it in an error.</param>
/// <param name="Original">What one switch would have got: the bytes of the app's own message, of which an error quotes
/// at least the first 64; empty: not known, and not compared.</param>
internal abstract record CommandSent(TimeSpan At, Xid Xid, byte[] Original) : TraceEvent(At);

/// <summary>A flow-mod.</summary>
internal sealed record FlowModSent(TimeSpan At, Xid Xid, FlowMod FlowMod, byte[] Original)
    : CommandSent(At, Xid, Original)
{
    public override string Text =>
        $"app sent {FlowMod.Command} xid {Xid.Value}: table {FlowMod.Table.Value} priority {FlowMod.Priority} "
        + $"{FlowMod.Match} cookie {FlowMod.Cookie.Value:x} idle {FlowMod.IdleTimeoutSeconds} "
        + $"hard {FlowMod.HardTimeoutSeconds} flags {FlowMod.Flags} -> {FlowMod.Actions}";
}

/// <summary>A group-mod, meter-mod, port-mod or table-mod.</summary>
internal sealed record ResourceSent(TimeSpan At, Xid Xid, OpenFlowMessage Message, byte[] Original)
    : CommandSent(At, Xid, Original)
{
    public override string Text => $"app sent xid {Xid.Value}: {Message}";
}

/// <summary>A packet-out. <paramref name="Frame"/> is empty if it names a held packet.</summary>
internal sealed record PacketOutSent(TimeSpan At, Xid Xid, SentPacket Packet, byte[] Original)
    : CommandSent(At, Xid, Original)
{
    public override string Text =>
        $"app sent packet-out xid {Xid.Value}: from {Packet.InPort} -> {Packet.Actions}, {Describe(Packet.Frame)}";
}

/// <summary>What a packet-out says; <see cref="PacketOut"/> itself is a view that nobody can keep.</summary>
internal sealed record SentPacket(BufferId BufferId, PortNumber InPort, ActionList Actions, byte[] Frame);
