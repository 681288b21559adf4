using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What is known of all rules of a switch about how packets go from table to table: which tables lead to
/// which, and which write to the action set; and about which rules send to the controller.</summary>
/// <remarks>Rules that do neither, as all do of a single table, cost nothing. Threading: the owner loop's.</remarks>
internal sealed class RuleIndex
{
    private readonly Dictionary<(TableId From, TableId To), int> _leads = [];
    private readonly Dictionary<TableId, int> _writers = [];
    private readonly HashSet<FlowRule> _senders = [];

    /// <summary>A rule is in the table from now on, or does something else from now on.</summary>
    public void Add(FlowRule rule) => Count(rule, 1);

    /// <summary>A rule is in the table, as it is, for the last time.</summary>
    public void Remove(FlowRule rule) => Count(rule, -1);

    /// <summary>Whether packets may come to a table: the first one, and where rules lead from there (1.3.5 section
    /// 5.1: only a Goto-Table instruction leads on).</summary>
    /// <param name="table">The table.</param>
    /// <param name="besides">Leads of rules as they were until now.</param>
    public bool IsReached(TableId table, IReadOnlyCollection<(TableId From, TableId To)> besides)
    {
        var reached = new HashSet<TableId> { default };
        int before = 0;
        while (reached.Count > before && !reached.Contains(table))
        {
            before = reached.Count;
            foreach ((TableId from, TableId to) in _leads.Keys.Concat(besides))
            {
                if (reached.Contains(from)) reached.Add(to);
            }
        }
        return reached.Contains(table);
    }

    /// <summary>Whether rules of a table before one write to the action set.</summary>
    public bool HasWritersBefore(TableId table)
    {
        foreach (TableId each in _writers.Keys)
        {
            if (each.Value < table.Value) return true;
        }
        return false;
    }

    /// <summary>The rules that send to the controller, in the table's order.</summary>
    public IEnumerable<FlowRule> ToController => _senders.OrderBy(each => each.Order);

    private void Count(FlowRule rule, int change)
    {
        if (rule.Instructions.SendsTo(PortNumber.Controller))
        {
            if (change > 0) _senders.Add(rule);
            else _senders.Remove(rule);
        }
        var others = rule.Instructions.Others;
        if (others.GoToTable is { } to) Count(_leads, (rule.Key.Table, to), change);
        if (others.WriteActions is not null) Count(_writers, rule.Key.Table, change);
    }

    private static void Count<T>(Dictionary<T, int> counts, T item, int change)
        where T : notnull
    {
        int count = counts.GetValueOrDefault(item) + change;
        if (count > 0) counts[item] = count;
        else counts.Remove(item);
    }
}
