namespace Lime.Tests.Checking;

/// <summary>A host has sent a marked packet.</summary>
internal sealed record HostSent(TimeSpan At, string Host, uint Packet, byte[] Frame) : TraceEvent(At)
{
    public override string Text => $"{Host} sent {Describe(Frame)}";
}

/// <summary>A frame has reached a host.</summary>
internal sealed record HostReceived(TimeSpan At, string Host, byte[] Frame) : TraceEvent(At)
{
    public override string Text => $"{Host} received {Describe(Frame)}";
}
