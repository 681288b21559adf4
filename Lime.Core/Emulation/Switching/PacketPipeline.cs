using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>What happens to a packet in an emulated switch: look-up, actions, or to the controller.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class PacketPipeline(
    SwitchPorts ports, FlowTable table, PacketBuffers buffers, SwitchConfiguration configuration)
{
    /// <summary>As a length to hand up: all of the packet, and don't hold it.</summary>
    private const int WholePacket = ushort.MaxValue;

    public PacketInSink? PacketIn { get; set; }

    /// <summary>A frame from outside, by a port.</summary>
    public void Receive(SwitchPort port, byte[] frame)
    {
        if (!port.Accept(frame)) return;
        if (configuration.DropsFragments && FrameLayout.Of(frame).IsFragment) return;
        LookUp(frame, port.Number);
    }

    /// <summary>Does the actions in order; those before an output show in what it sends.</summary>
    public void Execute(ActionList actions, byte[] frame, PortNumber inPort)
    {
        var working = new WorkingFrame(frame);
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (action.Kind == FlowActionKind.Output) Output(action, working.Share(), inPort);
            else FrameRewriter.Apply(action, ref working);
        }
    }

    private void LookUp(byte[] frame, PortNumber inPort)
    {
        FlowEntry? entry = table.Match(PacketParser.Parse(inPort, frame), frame.Length);
        if (entry is not null) Execute(entry.Actions, frame, inPort);
        else HandUp(frame, inPort, PacketInReason.NoMatch, configuration.MissSendBytes);
    }

    private void Output(in FlowAction action, byte[] frame, PortNumber inPort)
    {
        PortNumber port = action.Port;
        if (port == PortNumber.Controller) HandUp(frame, inPort, PacketInReason.Action, (int)action.Value);
        else if (port == PortNumber.Flood) ports.SendToAll(frame, inPort, isFlood: true);
        else if (port == PortNumber.All) ports.SendToAll(frame, inPort, isFlood: false);
        else if (port == PortNumber.InPort) ports.Find(inPort)?.Send(frame);
        else if (port == PortNumber.Table) LookUp(frame, inPort);
        // Out of the ingress port only when IN_PORT says so (section 3.3).
        else if (port != inPort) ports.Find(port)?.Send(frame);
    }

    private void HandUp(byte[] frame, PortNumber inPort, PacketInReason reason, int bytesMax)
    {
        if (PacketIn is null) return;
        bool isMuted = ports.Find(inPort)?.Has(PortConfig.NoPacketIn) ?? false;
        if (isMuted) return;
        bool isHeld = buffers.CanHold && bytesMax != WholePacket;
        PacketIn(new PacketIn
        {
            BufferId = isHeld ? buffers.Hold(frame, inPort) : BufferId.None,
            TotalBytes = (ushort)frame.Length,
            InPort = inPort,
            Reason = reason,
            Data = isHeld ? frame.AsSpan(0, Math.Min(frame.Length, bytesMax)) : frame,
        });
    }
}
