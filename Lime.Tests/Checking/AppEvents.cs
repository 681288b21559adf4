using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Checking;

/// <summary>The app was handed a packet.</summary>
internal sealed record PacketInReceived(TimeSpan At, SeenPacket Packet) : TraceEvent(At)
{
    public override string Text =>
        $"app received packet-in from {Packet.InPort}, {Packet.Reason}, table {Packet.Table.Value}, "
        + $"cookie {Packet.Cookie.Value:x}, {Packet.TotalBytes} bytes in all: {Describe(Packet.Frame)}";
}

/// <summary>What a packet-in says; <see cref="PacketIn"/> itself is a view that nobody can keep.</summary>
internal sealed record SeenPacket(
    BufferId BufferId,
    ushort TotalBytes,
    PortNumber InPort,
    PacketInReason Reason,
    TableId Table,
    Cookie Cookie,
    byte[] Frame);

/// <summary>The app was told that a rule is gone.</summary>
internal sealed record FlowRemovedReceived(TimeSpan At, FlowRemoved Message) : TraceEvent(At)
{
    public override string Text =>
        $"app received flow-removed, {Message.Reason}: table {Message.Table.Value} priority {Message.Priority} "
        + $"{Message.Match} cookie {Message.Cookie.Value:x}, {Message.PacketCount} packets {Message.ByteCount} bytes";
}

/// <summary>The app was told of a port.</summary>
internal sealed record PortStatusReceived(TimeSpan At, PortStatus Message) : TraceEvent(At)
{
    public override string Text =>
        $"app received port status, {Message.Reason}: {Message.Port.Port} {Message.Port.State}";
}

/// <summary>A command was refused.</summary>
internal sealed record ErrorReceived(TimeSpan At, Xid Xid, ErrorMessage Error) : TraceEvent(At)
{
    public override string Text => $"app received error {Error.Type}/{Error.Code} xid {Xid.Value}: "
        + Convert.ToHexStringLower(Error.Bytes.AsSpan());
}
