using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Finds what contradicts itself in a network description.</summary>
public static class NetworkDescriptionCheck
{
    /// <summary>Every fault of <paramref name="network"/>, with its JSON path; empty if it is
    /// sound.</summary>
    public static ImmutableArray<NetworkFault> FindFaults(NetworkDescription network)
    {
        var faults = ImmutableArray.CreateBuilder<NetworkFault>();
        CheckPhysicalSwitches(network, faults);
        CheckPhysicalLinks(network, faults);
        CheckVirtualSwitches(network, faults);
        CheckVirtualLinks(network, faults);
        TunnelDescriptionCheck.Check(network, faults);
        return faults.ToImmutable();
    }

    private const int QuotaMax = 10_000_000;

    private static void CheckPhysicalSwitches(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var datapaths = new HashSet<DatapathId>();
        for (int i = 0; i < network.PhysicalSwitches.Length; i++)
        {
            PhysicalSwitchDescription each = network.PhysicalSwitches[i];
            string path = $"$.physicalSwitches[{i}]";
            if (!names.Add(each.Name)) faults.Add(new($"{path}.name", $"the name '{each.Name}' is used twice."));
            if (!datapaths.Add(each.Datapath))
                faults.Add(new($"{path}.datapath", $"the datapath id {each.Datapath} is used twice."));
            if (each.Mtu is < 68 or > ushort.MaxValue)
                faults.Add(new($"{path}.mtu", $"{each.Mtu} bytes; expected 68 to 65,535."));
        }
    }

    private static void CheckPhysicalLinks(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        var known = network.PhysicalSwitches.Select(each => each.Datapath).ToHashSet();
        var used = new HashSet<PhysicalPort>();
        for (int i = 0; i < network.PhysicalLinks.Length; i++)
        {
            PhysicalLink link = network.PhysicalLinks[i];
            foreach ((PhysicalPort end, string name) in new[] { (link.A, "a"), (link.B, "b") })
            {
                string path = $"$.physicalLinks[{i}].{name}";
                if (!known.Contains(end.Datapath))
                    faults.Add(new(path, $"no physical switch has the datapath id {end.Datapath}."));
                if (!end.Port.IsPhysical) faults.Add(new(path, $"{end.Port} is not a port number."));
                if (!used.Add(end)) faults.Add(new(path, $"port {end.Port} of {end.Datapath} has a link already."));
            }
        }
    }

    private static void CheckVirtualSwitches(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        var known = network.PhysicalSwitches.Select(each => each.Datapath).ToHashSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var datapaths = new HashSet<DatapathId>();
        var owners = new Dictionary<PhysicalPort, string>();
        for (int i = 0; i < network.VirtualSwitches.Length; i++)
        {
            VirtualSwitchDescription each = network.VirtualSwitches[i];
            string path = $"$.virtualSwitches[{i}]";
            if (!names.Add(each.Name)) faults.Add(new($"{path}.name", $"the name '{each.Name}' is used twice."));
            if (!datapaths.Add(each.Datapath))
                faults.Add(new($"{path}.datapath", $"the datapath id {each.Datapath} is used twice."));
            if (!known.Contains(each.RealisedBy))
                faults.Add(new($"{path}.on", $"no physical switch has the datapath id {each.RealisedBy}."));
            CheckPorts(each, path, faults);
            CheckOwners(each, path, owners, faults);
            CheckQuota(each.Quota, $"{path}.quota", faults);
        }
    }

    private static void CheckPorts(
        VirtualSwitchDescription each, string path, ImmutableArray<NetworkFault>.Builder faults)
    {
        var virtualPorts = new HashSet<PortNumber>();
        var physicalPorts = new HashSet<PortNumber>();
        for (int i = 0; i < each.Ports.Length; i++)
        {
            PortMapping port = each.Ports[i];
            string portPath = $"{path}.ports[{i}]";
            if (!port.VirtualPort.IsPhysical || !virtualPorts.Add(port.VirtualPort))
                faults.Add(new($"{portPath}.virtual", $"{port.VirtualPort} is not a port number, or is used twice."));
            if (!port.PhysicalPort.IsPhysical || !physicalPorts.Add(port.PhysicalPort))
                faults.Add(new($"{portPath}.physical", $"{port.PhysicalPort} is not a port number, or is used twice."));
        }
    }

    /// <summary>A physical port belongs to one virtual switch.</summary>
    private static void CheckOwners(
        VirtualSwitchDescription each,
        string path,
        Dictionary<PhysicalPort, string> owners,
        ImmutableArray<NetworkFault>.Builder faults)
    {
        HashSet<PortNumber> own = [];
        for (int i = 0; i < each.Ports.Length; i++)
        {
            var port = new PhysicalPort(each.RealisedBy, each.Ports[i].PhysicalPort);
            if (!own.Add(port.Port) || owners.TryAdd(port, each.Name)) continue;
            faults.Add(new(
                $"{path}.ports[{i}].physical",
                $"port {port.Port} of {port.Datapath} belongs to the virtual switch '{owners[port]}' already."));
        }
    }

    private static void CheckQuota(
        VirtualSwitchQuota quota, string path, ImmutableArray<NetworkFault>.Builder faults)
    {
        foreach ((string name, int? value, int least) in new[]
        {
            ("rules", quota.RulesMax, 0), ("groups", quota.GroupsMax, 0), ("meters", quota.MetersMax, 0),
            ("packetInsPerSecond", quota.PacketInsPerSecond, 1), ("packetOutsPerSecond", quota.PacketOutsPerSecond, 1),
        })
        {
            if (value < least || value > QuotaMax)
                faults.Add(new($"{path}.{name}", $"{value}; expected {least} to {QuotaMax}."));
        }
    }

    private static void CheckVirtualLinks(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        var known = network.VirtualSwitches
            .SelectMany(each => each.Ports.Select(port => new VirtualPort(each.Name, port.VirtualPort))).ToHashSet();
        var used = new HashSet<VirtualPort>();
        for (int i = 0; i < network.VirtualLinks.Length; i++)
        {
            VirtualLink link = network.VirtualLinks[i];
            foreach ((VirtualPort end, string name) in new[] { (link.A, "a"), (link.B, "b") })
            {
                string path = $"$.virtualLinks[{i}].{name}";
                if (!known.Contains(end)) faults.Add(new(path, $"there is no virtual port {end}."));
                else if (!used.Add(end)) faults.Add(new(path, $"the virtual port {end} has a link already."));
            }
        }
    }
}
