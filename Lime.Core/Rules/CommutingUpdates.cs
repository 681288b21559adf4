using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>Finds updates that nobody can tell the order of from packets at several instances: neither by what becomes
/// of packets, nor by what counts them. They need no guard.</summary>
/// <remarks>
/// Updates are made one transaction after the other, each confirmed everywhere, so that the only others in flight are
/// those of the same transaction; rules that it changes are not relied on.
///
/// What is not taken for commuting, though packets are treated alike: a new rule that does what its packets meet
/// already, or the deletion of such a rule. The first packet may count under the new rule at one instance, and the
/// answer to it under the old rule at another. Byte counts tell that from every order on one switch where the two
/// differ in length. Nor is a rule where nothing matched so far: that is the very case in which an answer may come
/// before its permission (paper section 4.1).
/// </remarks>
internal static class CommutingUpdates
{
    /// <summary>Whether each change commutes, in their order.</summary>
    /// <param name="changes">The changes of one transaction, carried out on the table already.</param>
    /// <param name="table">The table.</param>
    public static bool[] Find(IReadOnlyList<RuleChange> changes, ShadowFlowTable table)
    {
        var changed = changes.Select(each => each.Rule).ToHashSet();
        (TableId From, TableId To)[] leadsBefore = [.. changes
            .Where(each => each.Before?.Others.GoToTable is not null)
            .Select(each => (each.Rule.Key.Table, each.Before!.Value.Others.GoToTable!.Value))];
        return [.. changes.Select(each => IsUnchanged(each, table.Semantics)
            || IsShadowed(each.Rule, table, changed)
            || IsUnreached(each.Rule, table, leadsBefore))];
    }

    /// <summary>The rule does the same as before, and goes on counting.</summary>
    /// <remarks>A packet that meets it before or after has the same fate and the same counter. Timeouts are kept by
    /// Lime while several instances live. The cookie shows in packet-ins from 1.3 on, perhaps also for actions that
    /// earlier rules wrote into the action set, so that it has to be the same there; in 1.0 only Lime's table shows
    /// it. Where counters begin anew, a packet of before and one of after can be told apart.</remarks>
    private static bool IsUnchanged(in RuleChange change, TableSemantics semantics) =>
        change is
        {
            CountsAnew: false, IsByGroup: false, Before: { } before,
            Kind: RuleChangeKind.Replaced or RuleChangeKind.Modified,
        }
        && before == change.Rule.Instructions
        && change.EntryFlagsBefore == change.Rule.EntryFlags
        && (!semantics.PacketInNamesRule || change.CookieBefore == change.Rule.Cookie);

    /// <summary>Another rule, which stays as it is, takes every packet that the rule could match.</summary>
    /// <remarks>That rule was confirmed at every instance by an earlier transaction, or copied before traffic came; so
    /// no packet meets the rule before, during or after the change, wherever it goes. Priorities have to differ
    /// truly: between rules of equal priority the choice is the switch's. In 1.0 an exact match outranks all, and
    /// its key says so. The union of several rules would do as well, but is not looked for.</remarks>
    private static bool IsShadowed(FlowRule rule, ShadowFlowTable table, HashSet<FlowRule> changed) =>
        table.CoversOf(rule.Key).Any(cover => !changed.Contains(cover));

    /// <summary>No rule leads to its table, as rules are now and as they were.</summary>
    /// <remarks>Packets come to a table by the Goto-Table instruction of a rule that they meet, from the first table
    /// on. Leads of all rules of the transaction, before and after, count as there.</remarks>
    private static bool IsUnreached(
        FlowRule rule, ShadowFlowTable table, IReadOnlyCollection<(TableId From, TableId To)> leadsBefore) =>
        table.Semantics.HasTables && rule.Key.Table != default
        && !table.IsReached(rule.Key.Table, leadsBefore);
}
