using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Finds what a target cannot have, and neighbours cannot follow, of what a virtual switch has: rules, groups,
/// meters, ports.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class ReproductionCheck
{
    public static async Task CheckAsync(MigrationScope scope, PlanFindings findings)
    {
        CheckVersion(scope, findings);
        PortCheck.Check(scope, findings);
        await CheckTimeoutsAsync(scope.Moved, findings);
        foreach (NeighbourEnd end in scope.Neighbours) CheckNeighbour(end, findings);
        await ActionCheck.CheckAsync(scope, findings);
        await findings.CheckAsync(FindingTopic.Tables, () => TableCheck.CheckAsync(scope, findings));
        if (scope.Moved.Groups.Count > 0)
            await findings.CheckAsync(FindingTopic.Groups, () => CheckGroupsAsync(scope, findings));
        if (scope.Moved.Meters.Count > 0)
            await findings.CheckAsync(FindingTopic.Meters, () => CheckMetersAsync(scope, findings));
    }

    /// <summary>A rule means the same at both only if both carry commands out alike.</summary>
    private static void CheckVersion(MigrationScope scope, PlanFindings findings)
    {
        if (scope.Target.Semantics == scope.Source.Physical.Semantics) return;
        findings.Refuse(
            FindingTopic.Version,
            $"{scope.Target.Name} and {scope.Source.Physical.Name} speak different versions of OpenFlow.");
    }

    /// <summary>Taking over a timeout makes the rule permanent by adding it again, and in 1.0 an ADD zeroes counters
    /// (1.0.0 section 4.6); they are read just before.</summary>
    private static async Task CheckTimeoutsAsync(VirtualSwitch moved, PlanFindings findings)
    {
        if (!moved.Table.Semantics.AddResetsCounters) return;
        int timed = 0;
        await RuleWalk.EachAsync(moved, rule => timed += rule.IsTimed && rule.Emulated is null ? 1 : 0);
        if (timed == 0) return;
        findings.Note(
            FindingTopic.Timeouts,
            $"{timed} rules of {moved.Name} have timeouts. Their switch zeroes counters when such a rule is taken "
            + "over: packets between the last reading and that moment are not counted.");
    }

    /// <summary>While a neighbour's port has two attachments, a group that may send packets back where they came from
    /// would send them by the other one.</summary>
    private static void CheckNeighbour(NeighbourEnd end, PlanFindings findings)
    {
        InstanceMap between = end.Instance.Map.IsIdentity
            ? InstanceMap.Identity
            : end.Instance.Map.With(end.VirtualPort, new PortPlace(end.PortAfter, [end.PortBefore, end.PortAfter]));
        foreach (ShadowGroup group in end.Instance.VirtualSwitch.Groups.InOrder)
        {
            if (!GroupTranslation.DependOnIngress(group.Type, group.Buckets, between)) continue;
            findings.Refuse(
                FindingTopic.Groups,
                $"Group {group.Id} of the neighbour {end.Instance.VirtualSwitch.Name} may send packets back to port "
                + $"{end.VirtualPort}, which is about to have two cables.");
        }
    }

    private static async Task CheckGroupsAsync(MigrationScope scope, PlanFindings findings)
    {
        GroupFeaturesReply? features = (await Questions.AskAsync(scope.Target, new GroupFeaturesRequest()))
            .OfType<GroupFeaturesReply>().FirstOrDefault();
        if (features is null)
        {
            findings.Refuse(FindingTopic.Groups, $"The target {scope.Target.Name} has no groups.");
            return;
        }
        foreach (IGrouping<GroupType, ShadowGroup> each in scope.Moved.Groups.InOrder.GroupBy(group => group.Type))
        {
            int index = (int)each.Key;
            bool hasType = (features.Types & (1u << index)) != 0;
            bool hasRoom = index >= features.GroupsMax.Length || features.GroupsMax[index] >= each.Count();
            if (hasType && hasRoom) continue;
            findings.Refuse(
                FindingTopic.Groups,
                $"The target {scope.Target.Name} cannot have {each.Count()} groups of type {each.Key}.");
        }
    }

    private static async Task CheckMetersAsync(MigrationScope scope, PlanFindings findings)
    {
        MeterFeaturesReply? features = (await Questions.AskAsync(scope.Target, new MeterFeaturesRequest()))
            .OfType<MeterFeaturesReply>().FirstOrDefault();
        bool hasRoom = features is not null && features.MetersMax >= scope.Moved.Meters.Count;
        bool hasBands = hasRoom && scope.Moved.Meters.InOrder.All(meter => meter.Bands.Length <= features!.BandsMax
            && meter.Bands.All(band => (ushort)band.Type > 31 || (features.BandTypes & (1u << (int)band.Type)) != 0));
        if (hasBands) return;
        findings.Refuse(
            FindingTopic.Meters,
            $"The target {scope.Target.Name} cannot have the {scope.Moved.Meters.Count} meters of {scope.Moved.Name}.");
    }
}
