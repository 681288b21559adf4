using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Hosting;

/// <summary>What other threads see of the controller's switches.</summary>
/// <remarks>Kept up switch by switch: taking all anew for each of a thousand switches that connect at once would
/// cost a million entries. Threading: refreshed on the owner loop, read anywhere.</remarks>
internal sealed class ControllerSnapshots
{
    private volatile ImmutableSortedDictionary<string, IVirtualSwitch> _virtual =
        ImmutableSortedDictionary.Create<string, IVirtualSwitch>(StringComparer.Ordinal);

    private volatile ImmutableSortedDictionary<DatapathId, PhysicalSwitchStatus> _physical =
        ImmutableSortedDictionary<DatapathId, PhysicalSwitchStatus>.Empty;

    public ControllerSnapshots(SwitchRegistry registry)
    {
        foreach (VirtualSwitch each in registry.VirtualSwitches) _virtual = _virtual.Add(each.Name, each);
        foreach (PhysicalSwitch each in registry.PhysicalSwitches) Refresh(each);
        registry.Changed = Refresh;
    }

    public ImmutableArray<IVirtualSwitch> VirtualSwitches => [.. _virtual.Values];

    public ImmutableArray<PhysicalSwitchStatus> PhysicalSwitches => [.. _physical.Values];

    /// <summary>What each virtual switch uses and has lost to its quota.</summary>
    public ImmutableArray<VirtualSwitchUse> Uses => [.. _virtual.Values.OfType<VirtualSwitch>().Select(UseOf)];

    /// <summary>Takes account of what has become of a switch; on the owner loop.</summary>
    public void Refresh(PhysicalSwitch physical)
    {
        _physical = _physical.SetItem(physical.Datapath, StatusOf(physical));
        foreach (Instance instance in physical.Instances)
        {
            VirtualSwitch realised = instance.VirtualSwitch;
            if (!_virtual.ContainsKey(realised.Name)) _virtual = _virtual.Add(realised.Name, realised);
        }
    }

    private static VirtualSwitchUse UseOf(VirtualSwitch virtualSwitch) => new(virtualSwitch.Name)
    {
        Quota = virtualSwitch.Limits.Quota,
        Rules = virtualSwitch.Table.Count,
        Groups = virtualSwitch.Groups.Count,
        Meters = virtualSwitch.Meters.Count,
        PacketInsDropped = virtualSwitch.PacketInQuota?.Dropped ?? 0,
        PacketOutsDropped = virtualSwitch.PacketOutQuota?.Dropped ?? 0,
    };

    private static PhysicalSwitchStatus StatusOf(PhysicalSwitch physical)
    {
        PhysicalSwitchUse use = physical.Instances.Count > 0
            ? PhysicalSwitchUse.Instance
            : physical.IsSpare ? PhysicalSwitchUse.Spare : PhysicalSwitchUse.Unknown;
        return new PhysicalSwitchStatus(physical.Datapath, physical.Name, use, physical.IsConnected)
        {
            Realises = physical.Instances.Count > 0 ? physical.Instances[0].VirtualSwitch.Name : null,
            RealisesAll = [.. physical.Instances.Select(each => each.VirtualSwitch.Name)],
            Ports = physical.Ports,
            AuxiliaryConnections = physical.Auxiliaries.Count,
            LastCloseCause = physical.LastCloseCause?.ToString(),
        };
    }
}
