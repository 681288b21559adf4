using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;

namespace Lime.Core.Switches;

/// <summary>Finds what stands against delivering to hosts through another instance.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class HostCheck
{
    public static async Task CheckAsync(MigrationScope scope, PlanFindings findings)
    {
        if (!scope.Attachments.Any(each => each.RelayPort is not null)) return;
        if (scope.Source.IsPart)
        {
            findings.Refuse(
                FindingTopic.Ports,
                $"{scope.Moved.Name} is on a part of {scope.Source.Physical.Name}; hosts can't move one by one from a "
                + "switch that several virtual ones share.");
        }
        List<FlowRule> taking = await RuleWalk.WhereAsync(scope.Moved, static rule => rule.Key.Table.Value == 0
            && rule.Match.InPort is null && rule.Priority >= HostPort.RelayPriority);
        foreach (FlowRule rule in taking)
        {
            findings.Refuse(
                FindingTopic.Tables,
                $"The rule {rule.Match} priority {rule.Priority} of {scope.Moved.Name} would take packets on their way "
                + $"to hosts at the other place; rules without an ingress port may have up to "
                + $"{HostPort.RelayPriority - 1}.");
        }
        InstanceMap map = scope.TargetMap;
        foreach (ShadowGroup group in scope.Moved.Groups.InOrder)
        {
            if (!GroupTranslation.DependOnIngress(group.Type, group.Buckets, map)) continue;
            findings.Refuse(
                FindingTopic.Groups,
                $"Group {group.Id} of {scope.Moved.Name} may send packets back to a host that is about to move; what "
                + "that is would differ between the two places.");
        }
    }
}
