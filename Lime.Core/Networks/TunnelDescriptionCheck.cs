using System.Collections.Immutable;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Finds what contradicts itself in what a network description says of tunnels.</summary>
internal static class TunnelDescriptionCheck
{
    /// <summary>802.1Q reserves 0 and 4095.</summary>
    private const ushort LabelMax = 4094;

    public static void Check(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        TunnelLabels labels = network.TunnelLabels;
        if (labels.First < 1 || labels.Last > LabelMax || labels.First > labels.Last)
        {
            faults.Add(new(
                "$.tunnelLabels", $"{labels.First} to {labels.Last}; expected two numbers in order, 1 to {LabelMax}."));
        }
        CheckCarriers(network, faults);
        for (int i = 0; i < network.PhysicalLinks.Length; i++)
        {
            if (network.PhysicalLinks[i].Mtu is < 68 or > ushort.MaxValue)
                faults.Add(new(
                    $"$.physicalLinks[{i}].mtu", $"{network.PhysicalLinks[i].Mtu} bytes; expected 68 to 65,535."));
        }
        for (int i = 0; i < network.PhysicalSwitches.Length; i++)
        {
            if (network.PhysicalSwitches[i].Database is { } database)
                CheckDatabase(database, $"$.physicalSwitches[{i}].database", faults);
        }
    }

    private static void CheckCarriers(NetworkDescription network, ImmutableArray<NetworkFault>.Builder faults)
    {
        HashSet<DatapathId> carriers =
            [.. network.PhysicalSwitches.Where(each => each.CarriesTunnels).Select(each => each.Datapath)];
        for (int i = 0; i < network.VirtualSwitches.Length; i++)
        {
            if (carriers.Contains(network.VirtualSwitches[i].RealisedBy))
                faults.Add(new(
                    $"$.virtualSwitches[{i}].on",
                    $"{network.VirtualSwitches[i].RealisedBy} carries tunnels and realises no virtual switch."));
        }
    }

    private static void CheckDatabase(
        SwitchDatabaseDescription database, string path, ImmutableArray<NetworkFault>.Builder faults)
    {
        try
        {
            OvsdbAddress.Parse(database.Address);
        }
        catch (FormatException exception)
        {
            faults.Add(new($"{path}.address", exception.Message));
        }
        if (new TunnelSpec(database.Type, database.TunnelAddress, 1).FindFault() is not null)
            faults.Add(new($"{path}.tunnelAddress", $"{database.TunnelAddress} is not one host's address."));
    }
}
