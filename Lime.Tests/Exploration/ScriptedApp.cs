using Lime.Core.Apps;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Exploration;

/// <summary>What an app does with a packet that comes up.</summary>
internal delegate void PacketInReaction(ExploredWorld world, in PacketIn packetIn);

/// <summary>An app that does what its scenario says when a packet comes up, and else nothing by itself.</summary>
internal sealed class ScriptedApp(ExploredWorld world) : IControllerApp
{
    /// <summary>The switch that moves, as the app sees it.</summary>
    public IVirtualSwitch? Switch { get; private set; }

    public PacketInReaction? React { get; set; }

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => Switch = virtualSwitch;

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        React?.Invoke(world, packetIn);
        return AppVerdict.Continue;
    }
}
