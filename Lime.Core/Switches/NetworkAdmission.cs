using System.Collections.Immutable;
using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>Judges a virtual network that is to be made or changed against what is there.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class NetworkAdmission(SwitchRegistry registry)
{
    /// <summary>Every fault of a network.</summary>
    /// <param name="network">The network as it is to be.</param>
    /// <param name="replaced">The network as it is, if it is there.</param>
    public NetworkOutcome Check(VirtualNetworkDescription network, VirtualNetworkDescription? replaced)
    {
        var description = new NetworkDescription
        {
            PhysicalSwitches =
            [
                .. registry.PhysicalSwitches.Select(each => new PhysicalSwitchDescription(each.Name, each.Datapath)),
            ],
            VirtualSwitches = network.VirtualSwitches,
            VirtualLinks = network.VirtualLinks,
        };
        var faults = NetworkDescriptionCheck.FindFaults(description).ToBuilder();
        if (string.IsNullOrWhiteSpace(network.Name)) faults.Add(new("$.name", "a virtual network has a name."));
        if (faults.Count > 0) return new NetworkOutcome(NetworkRefusal.Unsound, faults.ToImmutable());
        var before = (replaced?.VirtualSwitches ?? []).ToDictionary(each => each.Name, StringComparer.Ordinal);
        for (int i = 0; i < network.VirtualSwitches.Length; i++)
        {
            VirtualSwitchDescription each = network.VirtualSwitches[i];
            string path = $"$.virtualSwitches[{i}]";
            if (before.Remove(each.Name, out VirtualSwitchDescription? known)) CheckKept(each, known, path, faults);
            else CheckNew(each, path, faults);
        }
        if (faults.Count > 0) return new NetworkOutcome(NetworkRefusal.Unsound, faults.ToImmutable());
        for (int i = 0; i < network.VirtualSwitches.Length; i++)
        {
            if (FindBusyPlace(network.VirtualSwitches[i]) is { } reason)
                return NetworkOutcome.Refused(NetworkRefusal.Busy, $"$.virtualSwitches[{i}].on", reason);
        }
        return FindBusy([.. before.Values]) is { } busy
            ? NetworkOutcome.Refused(NetworkRefusal.Busy, "$.virtualSwitches", busy)
            : NetworkOutcome.Done;
    }

    /// <summary>Why switches can't go now; null: they can.</summary>
    public string? FindBusy(ImmutableArray<VirtualSwitchDescription> going)
    {
        foreach (VirtualSwitchDescription each in going)
        {
            bool isMoving = registry.FindVirtual(each.Name) is { } present
                && registry.Reserved.TryGetValue(present, out int migration);
            if (isMoving) return $"{each.Name} takes part in a migration that is under way.";
        }
        return null;
    }

    private static void CheckKept(
        VirtualSwitchDescription each, VirtualSwitchDescription known, string path,
        ImmutableArray<NetworkFault>.Builder faults)
    {
        const string Stays = "can't be changed while the switch is there";
        if (each.Datapath != known.Datapath)
            faults.Add(new($"{path}.datapath", $"{Stays}; it is {known.Datapath}."));
        if (each.RealisedBy != known.RealisedBy)
            faults.Add(new($"{path}.on", $"{Stays}, but by a migration; it is {known.RealisedBy}."));
        if (!each.Ports.SequenceEqual(known.Ports)) faults.Add(new($"{path}.ports", $"{Stays}."));
    }

    private void CheckNew(VirtualSwitchDescription each, string path, ImmutableArray<NetworkFault>.Builder faults)
    {
        if (registry.VirtualSwitches.Any(other => other.Name == each.Name))
            faults.Add(new($"{path}.name", $"there is a virtual switch '{each.Name}' already."));
        if (registry.VirtualSwitches.Any(other => other.Datapath == each.Datapath))
            faults.Add(new($"{path}.datapath", $"a virtual switch has the datapath id {each.Datapath} already."));
        PhysicalSwitch physical = registry.FindPhysical(each.RealisedBy)!;
        if (physical.Instance is { } whole)
        {
            faults.Add(new(
                $"{path}.on", $"{physical.Name} is all {whole.VirtualSwitch.Name}'s; it would have to be shared."));
            return;
        }
        for (int i = 0; i < each.Ports.Length; i++) CheckPort(physical, each.Ports[i], $"{path}.ports[{i}]", faults);
    }

    private static void CheckPort(
        PhysicalSwitch physical, PortMapping port, string path, ImmutableArray<NetworkFault>.Builder faults)
    {
        if (physical.Parts?.OwnerOf(port.PhysicalPort) is { } owner)
        {
            faults.Add(new(
                $"{path}.physical",
                $"port {port.PhysicalPort} of {physical.Name} belongs to {owner.VirtualSwitch.Name}."));
        }
        bool isMissing = physical.IsConnected && physical.Ports.All(each => each.Port != port.PhysicalPort);
        if (isMissing) faults.Add(new($"{path}.physical", $"{physical.Name} has no port {port.PhysicalPort}."));
    }

    private string? FindBusyPlace(VirtualSwitchDescription each)
    {
        if (registry.FindVirtual(each.Name) is not null) return null;
        PhysicalSwitch physical = registry.FindPhysical(each.RealisedBy)!;
        if (physical.Trouble is not null)
            return $"{physical.Name} takes part in a migration that is under way.";
        bool isBeingEmptied = physical.Leftovers.Exists(
            left => left.IsOfAll || each.Ports.Any(port => left.IsAt(port.PhysicalPort)));
        return isBeingEmptied ? $"{physical.Name} is still being emptied at these ports." : null;
    }
}
