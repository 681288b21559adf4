using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>What a migration is about, once its plan is found to hold.</summary>
/// <param name="Moved">The virtual switch that moves.</param>
/// <param name="Source">The instance it moves from.</param>
/// <param name="Target">The physical switch it moves to.</param>
/// <param name="Attachments">Its attachments, in the order in which they move.</param>
internal sealed record MigrationScope(
    VirtualSwitch Moved,
    Instance Source,
    PhysicalSwitch Target,
    ImmutableArray<AttachmentMove> Attachments)
{
    /// <summary>The neighbours' ends of its attachments.</summary>
    public IEnumerable<NeighbourEnd> Neighbours => Attachments.Select(each => each.Neighbour).OfType<NeighbourEnd>();

    /// <summary>Every physical switch that takes part.</summary>
    public IEnumerable<PhysicalSwitch> PhysicalSwitches =>
        Neighbours.Select(each => each.Instance.Physical).Append(Source.Physical).Append(Target).Distinct();

    /// <summary>The map that the target is to have: a part of a switch moves to a part of one, where others may come
    /// to.</summary>
    public InstanceMap TargetMap => Attachments.Where(each => each.RelayPort is not null).Aggregate(
        InstanceMap.Of(
            Attachments.Select(each => new PortMapping(each.VirtualPort, each.TargetPort)), Source.IsPart),
        (map, each) => map.With(each.VirtualPort, each.PlaceAtTarget));

    /// <summary>The target in its role of realising the one that moves, once it has it.</summary>
    public Instance? TargetInstance => Target.Instances.FirstOrDefault(each => each.VirtualSwitch == Moved);

    /// <summary>The same migration back: every port to the place it had.</summary>
    public MigrationPlan WayBack(MigrationPlan plan) => plan with
    {
        Target = Source.Physical.Datapath,
        TargetPorts =
        [
            .. Attachments.Where(each => each.SourcePortOf(this) is not null && !each.ComesFromTunnel)
                .Select(each => new PortMapping(each.VirtualPort, each.SourcePortOf(this)!.Value)),
        ],
    };
}
