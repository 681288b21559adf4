using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>What has to be known of all rules to see that an update commutes: which forms of match lie above which, and
/// which tables lead to which.</summary>
/// <remarks>A rule that covers another is looked for by the masks and priorities that occur, few in usual tables,
/// rather than among all rules. Kept only while several instances live. Threading: the owner loop's.</remarks>
internal sealed class RuleIndex
{
    private readonly Dictionary<(TableId Table, ushort Priority, PacketFields Mask), int> _shapes = [];
    private readonly Dictionary<(TableId From, TableId To), int> _leads = [];

    public RuleIndex(IEnumerable<FlowRule> rules)
    {
        foreach (FlowRule rule in rules) Add(rule);
    }

    /// <summary>A rule is in the table from now on, or does something else from now on.</summary>
    public void Add(FlowRule rule) => Count(rule, 1);

    /// <summary>A rule is in the table, as it is, for the last time.</summary>
    public void Remove(FlowRule rule) => Count(rule, -1);

    /// <summary>The keys that rules which cover one and outrank it may have; one look-up each tells whether such a rule
    /// is there.</summary>
    /// <remarks>Rules that match further fields (OXM beyond the usual ones) are not considered as covers.</remarks>
    public IEnumerable<RuleKey> CoversOf(RuleKey key)
    {
        foreach ((TableId table, ushort priority, PacketFields mask) in _shapes.Keys)
        {
            bool mayCover = table == key.Table && priority > key.Priority
                && mask.Without(key.Match.Mask) == default;
            if (mayCover) yield return new RuleKey(new Match(key.Match.Values, mask), priority, table);
        }
    }

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

    private void Count(FlowRule rule, int change)
    {
        if (rule.Key.Match.Further.Count == 0)
            Count(_shapes, (rule.Key.Table, rule.Key.Priority, rule.Key.Match.Mask), change);
        if (rule.Instructions.Others.GoToTable is { } to) Count(_leads, (rule.Key.Table, to), change);
    }

    private static void Count<T>(Dictionary<T, int> counts, T item, int change)
        where T : notnull
    {
        int count = counts.GetValueOrDefault(item) + change;
        if (count > 0) counts[item] = count;
        else counts.Remove(item);
    }
}
