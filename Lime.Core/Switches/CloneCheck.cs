using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Finds what two instances can't do together as one switch would, of what a virtual switch has.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class CloneCheck
{
    public static void Check(MigrationScope scope, MigrationPlan plan, PlanFindings findings)
    {
        CheckSelectGroups(scope.Moved, plan, findings);
        if (plan.Method != MigrationMethod.Clone) return;
        CheckMeters(scope.Moved, findings);
        CheckGroups(scope.Moved, findings);
        foreach (FlowRule rule in scope.Moved.Table.ToController.Where(scope.Moved.ControllerFirst.Concerns))
            CheckControllerRule(scope.Moved, rule, findings);
    }

    /// <summary>Which bucket a flow gets is the switch's own choice (1.3.5 section 5.6.1: by an algorithm outside of
    /// the specification), and even the same switch may choose by a seed of its own, as Open vSwitch's dp_hash does. So
    /// no description of a switch shows that a flow keeps its bucket (H-60).</summary>
    private static void CheckSelectGroups(VirtualSwitch moved, MigrationPlan plan, PlanFindings findings)
    {
        ShadowGroup[] select =
        [
            .. moved.Groups.InOrder.Where(each => each.Type == GroupType.Select && each.Buckets.Distinct().Count() > 1),
        ];
        if (select.Length == 0) return;
        string text = $"{select.Length} groups of {moved.Name} select a bucket for each flow (group {select[0].Id}). "
            + "The target may choose other buckets, so that flows may change theirs.";
        if (plan.RequireSelectAffinity) findings.Refuse(FindingTopic.Groups, text);
        else findings.Note(FindingTopic.Groups, text);
    }

    private static void CheckMeters(VirtualSwitch moved, PlanFindings findings)
    {
        foreach (ShadowMeter meter in moved.Meters.InOrder)
        {
            if (MeterDivision.CanDivide(meter.Flags, meter.Bands)) continue;
            findings.Refuse(
                FindingTopic.Meters,
                $"Meter {meter.Id} of {moved.Name} can't be divided between two switches: its rate is too small, or it "
                + "has a band of an unknown kind.");
        }
    }

    /// <summary>A group's packets can't be shown to apps before they go on, since what a bucket does with them can't be
    /// asked for in a packet-out.</summary>
    private static void CheckGroups(VirtualSwitch moved, PlanFindings findings)
    {
        foreach (ShadowGroup group in moved.Groups.InOrder)
        {
            if (!group.Buckets.Any(each => each.Actions.SendsTo(PortNumber.Controller))) continue;
            findings.Refuse(
                FindingTopic.Groups,
                $"Group {group.Id} of {moved.Name} sends to the controller. On two switches its packets could come up "
                + "in another order than they were met in.");
        }
    }

    /// <summary>Lime has to know what becomes of the packets of a rule that sends them to the controller
    /// too.</summary>
    private static void CheckControllerRule(VirtualSwitch moved, FlowRule rule, PlanFindings findings)
    {
        bool isKnown = rule.Instructions.Others.Opaque.IsEmpty
            && rule.Instructions.AllActions.All(each => FrameEdit.CanApply(each))
            && (rule.Instructions.Others.GoToTable is not { } next || CanFollow(moved.Table, next));
        if (isKnown) return;
        findings.Refuse(
            FindingTopic.Actions,
            $"The rule {rule.Match} priority {rule.Priority} sends to the controller and does more than Lime can do in "
            + "its place while two switches carry traffic.");
    }

    private static bool CanFollow(ShadowFlowTable table, TableId from) => table.Rules.All(rule =>
        rule.Key.Table.Value < from.Value
        || (rule.Instructions.Others.Opaque.IsEmpty
            && rule.Key.Match.Further.All(each => PacketFurtherFields.CanRead(each))
            && rule.Instructions.AllActions.All(each => FrameEdit.CanApply(each))));
}
