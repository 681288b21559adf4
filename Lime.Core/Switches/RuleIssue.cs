using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Issues a change of a rule to every live instance at once, without a guard.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class RuleIssue
{
    public static void Issue(VirtualSwitch virtualSwitch, in RuleChange change)
    {
        if (change.Kind == RuleChangeKind.Removed)
        {
            Delete(virtualSwitch, change);
            return;
        }
        FlowModCommand command =
            change.Kind == RuleChangeKind.Modified ? FlowModCommand.ModifyStrict : FlowModCommand.Add;
        foreach (Instance instance in virtualSwitch.Live)
            instance.Install(change.Rule, command, change.Before, BufferId.None, change.CountsAnew);
    }

    /// <summary>Deletes a rule's entries, or its guards, everywhere; the app is told once, with what all had
    /// counted.</summary>
    public static void Delete(VirtualSwitch virtualSwitch, in RuleChange change)
    {
        var removal = new Removal(change.Rule, change.Reason, virtualSwitch.Loop.NowTicks);
        foreach (Instance instance in virtualSwitch.Live)
            instance.Deletions.Delete(change.Rule, change.Before!.Value, removal);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
        else virtualSwitch.Leaving.Add(removal);
    }
}
