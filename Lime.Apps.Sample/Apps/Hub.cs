using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Apps;

/// <summary>Sends every packet out of every other port and installs no rule: the smallest app there
/// is.</summary>
public sealed class Hub : IControllerApp
{
    public string Name => "hub";

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        virtualSwitch.Send(new PacketOut
        {
            BufferId = packetIn.BufferId,
            InPort = packetIn.InPort,
            Actions = ActionList.Flood,
            // A switch that holds the packet needs no copy of it, and may have sent us its front only.
            Data = packetIn.BufferId == BufferId.None ? packetIn.Data : default,
        });
        // A later app must not answer the same packet again.
        return AppVerdict.Stop;
    }
}
