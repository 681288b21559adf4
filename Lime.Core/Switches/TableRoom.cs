using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Checks that a target's tables have room for a virtual switch's rules (H-45), as far as the target
/// says.</summary>
internal static class TableRoom
{
    /// <exception cref="MigrationStepException">A table is too small.</exception>
    public static async Task CheckAsync(MigrationScope scope)
    {
        Dictionary<TableId, uint> sizes = scope.Target.Semantics.HasTables
            ? await SizesFromFeaturesAsync(scope.Target)
            : await SizesFromStatisticsAsync(scope.Target);
        if (sizes.Count == 0) return;
        // The switch of OpenFlow 1.0 chooses a table for each rule: what counts is the first, as before.
        foreach (IGrouping<TableId, TableId> table in scope.Moved.Table.Rules.Select(each => each.Key.Table)
            .GroupBy(each => each))
        {
            int rules = table.Count() + (table.Key == Fence.Rule.Table ? 1 : 0);
            bool isTooSmall = sizes.TryGetValue(table.Key, out uint size) && size > 0 && size < rules;
            if (!isTooSmall) continue;
            string which = scope.Target.Semantics.HasTables ? $" in table {table.Key}" : "";
            throw new MigrationStepException(
                $"The target {scope.Target.Name} holds {size} rules, but {scope.Moved.Name} needs {rules}{which}, with "
                + "Lime's own.");
        }
    }

    private static async Task<Dictionary<TableId, uint>> SizesFromStatisticsAsync(PhysicalSwitch target)
    {
        ImmutableArray<MultipartReply> parts = await target.RequestAllAsync(new TableStatisticsRequest());
        TableStatistics? first = parts.OfType<TableStatisticsReply>().SelectMany(part => part.Tables).FirstOrDefault();
        return first is null ? [] : new Dictionary<TableId, uint> { [default] = first.EntriesMax };
    }

    /// <summary>From 1.3 on statistics don't tell a table's size any more; table features, which are optional,
    /// do.</summary>
    private static async Task<Dictionary<TableId, uint>> SizesFromFeaturesAsync(PhysicalSwitch target)
    {
        try
        {
            ImmutableArray<MultipartReply> parts = await target.RequestAllAsync(new TableFeaturesRequest([]));
            return parts.OfType<TableFeaturesReply>().SelectMany(part => part.Tables)
                .ToDictionary(each => each.Table, each => each.EntriesMax);
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return [];
        }
    }
}
