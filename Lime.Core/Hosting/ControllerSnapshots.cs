using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Switches;

namespace Lime.Core.Hosting;

/// <summary>What other threads see of the controller's switches.</summary>
/// <remarks>Threading: refreshed on the owner loop, read anywhere.</remarks>
internal sealed class ControllerSnapshots
{
    private readonly SwitchRegistry _registry;
    private volatile Snapshot _snapshot;

    public ControllerSnapshots(SwitchRegistry registry)
    {
        _registry = registry;
        _snapshot = Take();
        registry.Changed = Refresh;
    }

    public ImmutableArray<IVirtualSwitch> VirtualSwitches => _snapshot.VirtualSwitches;

    public ImmutableArray<PhysicalSwitchStatus> PhysicalSwitches => _snapshot.PhysicalSwitches;

    /// <summary>Takes a new snapshot; on the owner loop.</summary>
    public void Refresh() => _snapshot = Take();

    private Snapshot Take() => new(
        [.. _registry.VirtualSwitches.OrderBy(each => each.Name, StringComparer.Ordinal)],
        [.. _registry.PhysicalSwitches.OrderBy(each => each.Datapath).Select(StatusOf)]);

    private static PhysicalSwitchStatus StatusOf(PhysicalSwitch physical)
    {
        PhysicalSwitchUse use = physical.Instance is not null
            ? PhysicalSwitchUse.Instance
            : physical.IsSpare ? PhysicalSwitchUse.Spare : PhysicalSwitchUse.Unknown;
        return new PhysicalSwitchStatus(physical.Datapath, physical.Name, use, physical.IsConnected)
        {
            Realises = physical.Instance?.VirtualSwitch.Name,
            Ports = physical.Ports,
            LastCloseCause = physical.LastCloseCause?.ToString(),
        };
    }

    private sealed record Snapshot(
        ImmutableArray<IVirtualSwitch> VirtualSwitches,
        ImmutableArray<PhysicalSwitchStatus> PhysicalSwitches);
}
