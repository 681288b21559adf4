using Lime.Core.Apps;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Exploration;

/// <summary>An app that does what its scenario says when a packet comes up, and else nothing by itself.</summary>
internal sealed class ScriptedApp : IControllerApp
{
    public delegate void PacketInReaction(IVirtualSwitch virtualSwitch, in PacketIn packetIn);

    /// <summary>The switch that moves, as the app sees it.</summary>
    public IVirtualSwitch? Switch { get; private set; }

    public PacketInReaction? React { get; set; }

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => Switch = virtualSwitch;

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        React?.Invoke(virtualSwitch, packetIn);
        return AppVerdict.Continue;
    }
}
