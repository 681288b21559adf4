using Lime.Core.Apps;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Tenants;

/// <summary>One tenant's app: writes down what it sees of its own virtual switch, and that anything came of
/// another.</summary>
internal sealed class TenantApp(string tenant) : IControllerApp
{
    public string Name => tenant;

    public List<string> Seen { get; } = [];

    public List<(Xid Xid, ErrorMessage Error)> Errors { get; } = [];

    public List<FlowRemoved> Removed { get; } = [];

    public int PacketIns { get; private set; }

    /// <summary>Answers each packet; null: nothing.</summary>
    public Action<IVirtualSwitch, PortNumber, byte[]>? Answer { get; set; }

    /// <summary>Called when its switch comes up.</summary>
    public Action<IVirtualSwitch>? Up { get; set; }

    public void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
        if (virtualSwitch.Name == tenant) Up?.Invoke(virtualSwitch);
    }

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (virtualSwitch.Name != tenant) return AppVerdict.Continue;
        PacketIns++;
        Seen.Add($"packet-in {packetIn.InPort} {packetIn.Reason} {packetIn.Table} {packetIn.Cookie} "
            + $"{packetIn.BufferId} {packetIn.TotalBytes} {Convert.ToHexStringLower(packetIn.MatchFields)} "
            + Convert.ToHexStringLower(packetIn.Data));
        Answer?.Invoke(virtualSwitch, packetIn.InPort, packetIn.Data.ToArray());
        return AppVerdict.Continue;
    }

    public AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved flowRemoved)
    {
        if (virtualSwitch.Name != tenant) return AppVerdict.Continue;
        Removed.Add(flowRemoved);
        Seen.Add($"flow-removed {flowRemoved.Match} {flowRemoved.Priority} {flowRemoved.Cookie} {flowRemoved.Reason} "
            + $"{flowRemoved.PacketCount} {flowRemoved.ByteCount}");
        return AppVerdict.Continue;
    }

    public AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus portStatus)
    {
        if (virtualSwitch.Name == tenant) Seen.Add($"port-status {portStatus.Port.Port} {portStatus.Port.IsUp}");
        return AppVerdict.Continue;
    }

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error)
    {
        if (virtualSwitch.Name != tenant) return AppVerdict.Continue;
        Errors.Add((xid, error));
        Seen.Add($"error {xid} {error.Type} {error.Code} {Convert.ToHexStringLower(error.Bytes.AsSpan())}");
        return AppVerdict.Continue;
    }
}
