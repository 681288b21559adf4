using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Channel;

/// <summary>Writes down what a channel calls, and answers packet-ins if told how.</summary>
internal sealed class RecordingHandler : IChannelHandler
{
    public List<string> Calls { get; } = [];

    /// <summary>All calls in a line.</summary>
    public string Story => string.Join(", ", Calls);

    public List<OpenFlowMessage> Messages { get; } = [];

    public ChannelCloseCause? Cause { get; private set; }

    public Action<OpenFlowChannel>? WhenReady { get; set; }

    public Action<OpenFlowChannel, Xid>? WhenPacketIn { get; set; }

    public Action<OpenFlowChannel>? WhenDrained { get; set; }

    /// <summary>Off where allocation is measured.</summary>
    public bool IsRecording { get; set; } = true;

    public int PacketInCount { get; private set; }

    public int FlowModCount { get; private set; }

    public int ClosedCount { get; private set; }

    public void OnReady(OpenFlowChannel channel)
    {
        Calls.Add("ready");
        WhenReady?.Invoke(channel);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message)
    {
        PacketInCount++;
        if (IsRecording) Calls.Add($"packet-in {message.Data.Length}");
        WhenPacketIn?.Invoke(channel, xid);
    }

    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message)
    {
        if (IsRecording) Calls.Add($"packet-out {message.Data.Length}");
    }

    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame)
    {
        FlowModCount++;
        if (IsRecording) Calls.Add($"flow-mod {frame.Length}");
    }

    public void OnMessage(OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame)
    {
        Calls.Add($"{message.Kind} {xid.Value}");
        Messages.Add(message);
    }

    public void OnOutboxDrained(OpenFlowChannel channel)
    {
        Calls.Add("drained");
        WhenDrained?.Invoke(channel);
    }

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause)
    {
        ClosedCount++;
        Calls.Add($"closed {cause.Reason}");
        Cause = cause;
    }
}
