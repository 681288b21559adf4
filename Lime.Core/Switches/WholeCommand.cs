using System.Numerics;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Says a MODIFY or DELETE that changes several rules in one command to the one instance there is, so that no
/// packet meets the table half changed, as on a switch that carries it out at once.</summary>
/// <remarks>Only where it selects the same entries there as it does rules in the shadow table. Where it doesn't, the
/// rules are changed one by one (<see cref="InOrder"/>). Threading: the owner loop's.</remarks>
internal static class WholeCommand
{
    /// <summary>A bit of the cookie by which Lime's own rule for misses is told apart where apps' cookies have it as
    /// 0.</summary>
    private static readonly ulong MissMark = TableMissRule.Mark.Value;

    /// <summary>The command in the instance's terms; null: it can't be said at once.</summary>
    public static FlowMod? Find(
        VirtualSwitch virtualSwitch, Instance instance, in FlowMod flowMod, List<RuleChange> changes)
    {
        bool isDelete = flowMod.Command == FlowModCommand.Delete;
        bool isKind = isDelete || flowMod.Command == FlowModCommand.Modify;
        PhysicalSwitch physical = instance.Physical;
        // On a shared switch others' entries might be among those that it selects.
        bool isKnown = physical is { IsReconciled: true, ForeignRules: 0 }
            && instance is { IsPart: false, Bundle: null };
        if (!isKind || changes.Count < 2 || !isKnown) return null;
        var translated = new List<PhysicalRule>();
        RuleTranslation.Translate(flowMod.Match, InstructionSet.Drop, instance.Map, translated);
        if (translated.Count != 1) return null;
        FlowMod whole = flowMod with
        {
            Match = translated[0].Match,
            OutPort = PortNumber.Any,
            OutGroup = GroupId.Any,
            BufferId = BufferId.None,
            Flags = isDelete ? FlowModFlags.None : flowMod.Flags & FlowModFlags.ResetCounts,
        };
        if (WithMissSpared(virtualSwitch, whole, changes) is not { } spared) return null;
        if (!SelectsAlike(virtualSwitch, instance, spared, changes)) return null;
        return isDelete ? spared : WithActions(instance, spared, changes);
    }

    /// <summary>Deletions so that each packet meets the table as it was or as it will be, though not all packets at one
    /// moment: a rule goes behind those that it outranks.</summary>
    public static void InOrder(List<RuleChange> changes)
    {
        if (changes.Count < 2 || changes.Exists(each => each.Kind != RuleChangeKind.Removed)) return;
        RuleChange[] ordered = [.. changes.OrderBy(each => each.Rule.Key.Table.Value)
            .ThenBy(each => each.Rule.Key.Priority)];
        changes.Clear();
        changes.AddRange(ordered);
    }

    private static FlowMod? WithMissSpared(VirtualSwitch virtualSwitch, FlowMod whole, List<RuleChange> changes)
    {
        if (virtualSwitch.Table.Semantics.MissGoesToController)
            return whole with { CookieMask = default };
        bool mayBeSelected = virtualSwitch.Miss.IsWanted && whole.Match == Match.Any
            && (whole.Table == TableId.All || whole.Table == default);
        if (!mayBeSelected) return whole with { Cookie = default, CookieMask = default };
        ulong apart = changes.Aggregate(MissMark, (bits, each) => bits & ~each.Rule.Cookie.Value);
        if (apart == 0) return null;
        ulong bit = 1UL << BitOperations.Log2(apart);
        return whole with { Cookie = default, CookieMask = new Cookie(bit) };
    }

    /// <summary>Whether the entries that it selects are those of the rules that have changed.</summary>
    private static bool SelectsAlike(
        VirtualSwitch virtualSwitch, Instance instance, in FlowMod whole, List<RuleChange> changes)
    {
        var changed = new HashSet<FlowRule>();
        foreach (RuleChange each in changes)
        {
            changed.Add(each.Rule);
            if (!SelectsAll(instance, whole, each.Rule, each.Before ?? each.Rule.Instructions)) return false;
        }
        foreach (FlowRule rule in virtualSwitch.Table.Rules)
        {
            if (!changed.Contains(rule) && SelectsAny(instance, whole, rule)) return false;
        }
        return true;
    }

    private static bool SelectsAll(Instance instance, in FlowMod whole, FlowRule rule, in InstructionSet before)
    {
        if (instance.VirtualSwitch.ControllerFirst.Concerns(before, rule.Key.Table)
            && instance.VirtualSwitch.ControllerFirst.IsActive) return false;
        foreach (PhysicalRule entry in instance.EntriesOf(rule, before))
        {
            if (!Selects(whole, rule, entry)) return false;
        }
        return true;
    }

    private static bool SelectsAny(Instance instance, in FlowMod whole, FlowRule rule)
    {
        bool isElsewhere = whole.Table != TableId.All && instance.VirtualSwitch.Table.Semantics.HasTables
            && rule.Key.Table != whole.Table;
        if (isElsewhere) return false;
        foreach (PhysicalRule entry in instance.EntriesOf(rule, rule.Instructions))
        {
            if (Selects(whole, rule, entry)) return true;
        }
        return false;
    }

    private static bool Selects(in FlowMod whole, FlowRule rule, in PhysicalRule entry) =>
        MatchNormalisation.Normalise(whole.Match).Covers(MatchNormalisation.Normalise(entry.Match))
        && (rule.Cookie.Value & whole.CookieMask.Value) == 0;

    /// <summary>A MODIFY, if all entries are to do the same.</summary>
    private static FlowMod? WithActions(Instance instance, in FlowMod whole, List<RuleChange> changes)
    {
        InstructionSet? same = null;
        foreach (RuleChange each in changes)
        {
            FlowRule rule = each.Rule;
            bool isPlain = each.Kind == RuleChangeKind.Modified
                && instance.VirtualSwitch.ControllerFirst.FormOf(rule) is null
                && instance.EntriesOf(rule, each.Before!.Value).Count
                    == instance.EntriesOf(rule, rule.Instructions).Count;
            if (!isPlain) return null;
            foreach (PhysicalRule entry in instance.EntriesOf(rule, rule.Instructions))
            {
                if (same is { } known && !known.Equals(entry.Instructions)) return null;
                same = entry.Instructions;
            }
        }
        if (same is not { } instructions) return null;
        // The cookie is what a MODIFY gives in 1.0, and what it selects by from 1.1 on.
        bool isGiven = instance.VirtualSwitch.Table.Semantics.ModifyChangesCookie;
        Cookie cookie = isGiven ? changes[0].Rule.Cookie : whole.Cookie;
        return whole with { Actions = instructions.Actions, Instructions = instructions.Others, Cookie = cookie };
    }
}
