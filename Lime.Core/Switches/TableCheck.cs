using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Finds whether a target's tables are as many and as large as a virtual switch's rules need (H-45), and can
/// do
/// what they do, as far as the target says.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class TableCheck
{
    public static async Task CheckAsync(MigrationScope scope, PlanFindings findings)
    {
        Dictionary<TableId, TableFeatures> tables = await FeaturesOfAsync(scope.Target);
        CheckNumber(scope, findings);
        await CheckAbilitiesAsync(scope, tables, findings);
        Dictionary<TableId, uint> sizes = scope.Target.Semantics.HasTables
            ? tables.ToDictionary(each => each.Key, each => each.Value.EntriesMax)
            : await SizesFromStatisticsAsync(scope.Target);
        if (sizes.Count > 0) await CheckSizesAsync(scope, sizes, findings);
    }

    private static void CheckNumber(MigrationScope scope, PlanFindings findings)
    {
        byte tables = scope.Target.Features?.TableCount ?? 1;
        TableId last = scope.Moved.Table.Tables.DefaultIfEmpty().MaxBy(each => each.Value);
        if (!scope.Moved.Table.Semantics.HasTables || last.Value < tables) return;
        findings.Refuse(
            FindingTopic.Tables,
            $"The target {scope.Target.Name} has {tables} tables, but a rule lies in table {last}.");
    }

    /// <summary>Each thing that is missing is named once, with the first rule that needs it.</summary>
    private static async Task CheckAbilitiesAsync(
        MigrationScope scope, Dictionary<TableId, TableFeatures> tables, PlanFindings findings)
    {
        if (scope.Target is not { Channel.Codec: { } codec, Features: { } features }) return;
        var missing = new Dictionary<string, (FlowRule First, int Count)>(StringComparer.Ordinal);
        await RuleWalk.EachAsync(scope.Moved, rule =>
        {
            TableFeatures? table = tables.GetValueOrDefault(rule.Key.Table);
            if (codec.FindUnlisted(rule.ToFlowMod(FlowModCommand.Add), features, table) is not { } what) return;
            missing[what] = missing.TryGetValue(what, out (FlowRule First, int Count) known)
                ? (known.First, known.Count + 1)
                : (rule, 1);
        });
        foreach ((string what, (FlowRule first, int count)) in missing)
        {
            findings.Refuse(
                FindingTopic.Actions,
                $"The target {scope.Target.Name} does not have {what}, which {count} rules need; the first of them is "
                + $"{first.Match} priority {first.Priority}.");
        }
    }

    /// <summary>The switch of OpenFlow 1.0 chooses a table for each rule: what counts is the first.</summary>
    private static async Task CheckSizesAsync(
        MigrationScope scope, Dictionary<TableId, uint> sizes, PlanFindings findings)
    {
        var counts = new Dictionary<TableId, (int Rules, int Entries)>();
        await RuleWalk.EachAsync(scope.Moved, rule =>
        {
            (int rules, int entries) = counts.GetValueOrDefault(rule.Key.Table);
            counts[rule.Key.Table] = (rules + 1, entries + PlanForecast.CountEntries(rule, scope.TargetMap));
        });
        foreach ((TableId table, (int rules, int entriesOfRules)) in counts)
        {
            int entries = entriesOfRules;
            int ways = scope.Source.IsPart ? scope.Attachments.Length : 1;
            if (scope.Moved.Miss.IsWanted && table == default) entries += ways;
            // The fence, while the others are copied.
            if (table == Fence.Rule.Table) entries += ways;
            bool isTooSmall = sizes.TryGetValue(table, out uint size) && size > 0 && size < entries;
            if (!isTooSmall) continue;
            string which = scope.Target.Semantics.HasTables ? $" in table {table}" : "";
            findings.Refuse(
                FindingTopic.Tables,
                $"The target {scope.Target.Name} holds {size} rules, but {scope.Moved.Name} has {rules}{which}"
                + $"{(entries == rules ? "" : $", which are {entries} entries there, with Lime's own")}.");
        }
    }

    private static async Task<Dictionary<TableId, uint>> SizesFromStatisticsAsync(PhysicalSwitch target)
    {
        TableStatistics? first = (await Questions.AskAsync(target, new TableStatisticsRequest()))
            .OfType<TableStatisticsReply>().SelectMany(part => part.Tables).FirstOrDefault();
        return first is null ? [] : new Dictionary<TableId, uint> { [default] = first.EntriesMax };
    }

    /// <summary>From 1.3 on statistics don't tell a table's size any more; table features, which are optional,
    /// do.</summary>
    private static async Task<Dictionary<TableId, TableFeatures>> FeaturesOfAsync(PhysicalSwitch target)
    {
        if (!target.Semantics.HasTables) return [];
        return (await Questions.AskAsync(target, new TableFeaturesRequest([])))
            .OfType<TableFeaturesReply>().SelectMany(part => part.Tables).ToDictionary(each => each.Table);
    }
}
