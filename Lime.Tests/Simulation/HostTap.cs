using Lime.Core.Emulation;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>Records what hosts send and receive, on their cables.</summary>
/// <remarks>Only frames with a <see cref="PacketMark"/>: hosts may speak ARP besides. Set it as the network's
/// <see cref="EmulatedNetwork.Tap"/>. Threading: the loop's.</remarks>
internal sealed class HostTap(EmulatedNetwork network, ITraceSink sink)
{
    private readonly HashSet<string> _hosts = [.. network.Hosts.Select(each => each.Name)];

    /// <summary>Called after a marked frame has been recorded as received, with host and frame.</summary>
    public Action<string, byte[]>? Received { get; set; }

    public void Look(in FrameEvent frameEvent)
    {
        bool isSent = frameEvent.Kind == FrameEventKind.Sent && _hosts.Contains(frameEvent.From.Node);
        bool isReceived = frameEvent.Kind == FrameEventKind.Delivered && _hosts.Contains(frameEvent.To.Node);
        if (!isSent && !isReceived) return;
        if (PacketMark.TryRead(frameEvent.Frame) is not { } id) return;
        byte[] frame = frameEvent.Frame.ToArray();
        if (isSent)
        {
            sink.Add(new HostSent(sink.Now, frameEvent.From.Node, id, frame));
            return;
        }
        sink.Add(new HostReceived(sink.Now, frameEvent.To.Node, frame));
        Received?.Invoke(frameEvent.To.Node, frame);
    }
}
