using System.Collections.Immutable;
using Lime.Core.Hosting;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A virtual network that was made at run time, in the form in which it is created.</summary>
internal sealed record VirtualNetworkDocument(
    string Name, ImmutableArray<VirtualSwitchDocument> VirtualSwitches, ImmutableArray<LinkDocument> VirtualLinks)
{
    public static VirtualNetworkDocument Of(
        VirtualNetworkDescription network, ImmutableArray<PhysicalSwitchStatus> physicalSwitches) => new(
        network.Name,
        [.. network.VirtualSwitches.Select(each => VirtualSwitchDocument.Of(each, physicalSwitches))],
        [.. network.VirtualLinks.Select(each => new LinkDocument($"{each.A}", $"{each.B}"))]);
}

/// <summary>A virtual switch of one.</summary>
internal sealed record VirtualSwitchDocument(
    string Name, string Datapath, string On, ImmutableArray<PortPairDocument> Ports, QuotaDocument? Quota)
{
    public static VirtualSwitchDocument Of(
        VirtualSwitchDescription each, ImmutableArray<PhysicalSwitchStatus> physicalSwitches) => new(
        each.Name,
        each.Datapath.ToString(),
        physicalSwitches.FirstOrDefault(status => status.Datapath == each.RealisedBy)?.Name
            ?? each.RealisedBy.ToString(),
        [.. each.Ports.Select(port => new PortPairDocument(port.VirtualPort.Value, port.PhysicalPort.Value))],
        each.Quota == VirtualSwitchQuota.None ? null : QuotaDocument.Of(each.Quota));
}

/// <summary>Where a virtual port is.</summary>
internal sealed record PortPairDocument(uint Virtual, uint Physical);

/// <summary>What a virtual switch may use; null: as much as there is.</summary>
internal sealed record QuotaDocument(
    int? Rules, int? Groups, int? Meters, int? PacketInsPerSecond, int? PacketOutsPerSecond)
{
    public static QuotaDocument Of(VirtualSwitchQuota quota) => new(
        quota.RulesMax, quota.GroupsMax, quota.MetersMax, quota.PacketInsPerSecond, quota.PacketOutsPerSecond);
}
