using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>Finds rules by what they match (tuple space search): for packets, and for commands and questions that
/// select several.</summary>
/// <remarks>Costs a look at each <see cref="RuleGroup"/>, of which there are as many as ways to match, and at the
/// rules that may be concerned. Threading: the owner loop's.</remarks>
internal sealed class RuleGroups
{
    private readonly Dictionary<GroupShape, RuleGroup> _groups = [];
    private readonly List<RuleGroup> _byPriority = [];
    private RuleGroup? _latest;
    private bool _isOrderStale;

    /// <summary>The tables that have rules.</summary>
    public IEnumerable<TableId> Tables => _byPriority.Select(each => each.Shape.Table).Distinct();

    public void Add(FlowRule rule)
    {
        RuleGroup group = _latest is { } latest && latest.Shape.IsOf(rule.Key) ? latest : GroupOf(rule.Key);
        _latest = group;
        ushort priorityMax = group.PriorityMax;
        group.Add(rule);
        _isOrderStale |= group.PriorityMax != priorityMax;
    }

    public void Remove(FlowRule rule)
    {
        if (rule.Group is not { } group) return;
        group.Remove(rule);
        if (group.Count > 0) return;
        if (_latest == group) _latest = null;
        _groups.Remove(group.Shape);
        _byPriority.Remove(group);
    }

    /// <summary>The rule of the first table that a packet without further fields meets, or null.</summary>
    public FlowRule? Lookup(in PacketFields fields)
    {
        FlowRule? best = null;
        foreach (RuleGroup group in ByPriority())
        {
            if (best is not null && group.PriorityMax < best.Key.Priority) break;
            if (group.Shape.Table != default || group.Shape.Further.Count > 0) continue;
            RuleCursor cursor = group.Candidates(fields, group.Shape.Mask);
            while (cursor.Next() is { } rule)
            {
                if (IsBetter(rule, best) && RuleKey.MatchOf(rule.Key).Matches(fields)) best = rule;
            }
        }
        return best;
    }

    /// <summary>The rule of a table that a packet meets, or null.</summary>
    /// <param name="table">The table.</param>
    /// <param name="fields">The packet's usual fields.</param>
    /// <param name="further">Its further ones (<see cref="PacketFurtherFields"/>).</param>
    /// <param name="isKnown">False: a rule that matches a field which Lime can't read would come before.</param>
    public FlowRule? Lookup(TableId table, in PacketFields fields, FurtherFields further, out bool isKnown)
    {
        FlowRule? best = null;
        int unknownPriority = -1;
        foreach (RuleGroup group in ByPriority())
        {
            if (best is not null && group.PriorityMax < best.Key.Priority) break;
            if (group.Shape.Table != table) continue;
            RuleCursor cursor = group.Candidates(fields, group.Shape.Mask, group.IsReadable ? further : null);
            while (cursor.Next() is { } rule)
            {
                ref readonly Match match = ref RuleKey.MatchOf(rule.Key);
                bool isMet = fields.And(Match.MaskOf(match)) == Match.ValuesOf(match);
                if (!isMet) continue;
                if (!group.IsReadable) unknownPriority = Math.Max(unknownPriority, rule.Key.Priority);
                else if (IsBetter(rule, best) && match.Further.Covers(further)) best = rule;
            }
        }
        isKnown = unknownPriority < (best?.Key.Priority ?? 0) || unknownPriority < 0;
        return best;
    }

    /// <summary>Whether a rule of the same table and priority, but not the same rule, could match one of the same
    /// packets.</summary>
    public bool HasOverlap(in RuleKey key)
    {
        ref readonly Match match = ref RuleKey.MatchOf(key);
        foreach (RuleGroup group in _byPriority)
        {
            if (group.Shape.Table != key.Table || group.PriorityMax < key.Priority) continue;
            RuleCursor cursor = group.Candidates(Match.ValuesOf(match), group.Shape.Mask.And(Match.MaskOf(match)));
            while (cursor.Next() is { } rule)
            {
                bool isBeside = rule.Key.Priority == key.Priority && rule.Key != key;
                if (isBeside && RuleKey.MatchOf(rule.Key).Overlaps(match)) return true;
            }
        }
        return false;
    }

    /// <summary>The rules without further fields that match all that a rule does and have a higher priority.</summary>
    public IEnumerable<FlowRule> CoversOf(RuleKey key)
    {
        var covers = new List<FlowRule>();
        foreach (RuleGroup group in _byPriority)
        {
            bool mayCover = group.Shape.Table == key.Table && group.PriorityMax > key.Priority
                && group.Shape.Further.Count == 0 && group.Shape.Mask.Without(key.Match.Mask) == default;
            if (!mayCover) continue;
            RuleCursor cursor = group.Candidates(key.Match.Values, group.Shape.Mask);
            while (cursor.Next() is { } rule)
            {
                if (rule.Key.Priority > key.Priority && RuleKey.MatchOf(rule.Key).Covers(key.Match)) covers.Add(rule);
            }
        }
        return covers;
    }

    /// <summary>The rules of the first table that match a packet without further fields, in the table's
    /// order.</summary>
    public List<FlowRule> MatchedBy(in PacketFields fields)
    {
        var matched = new List<FlowRule>();
        foreach (RuleGroup group in _byPriority)
        {
            if (group.Shape.Table != default || group.Shape.Further.Count > 0) continue;
            RuleCursor cursor = group.Candidates(fields, group.Shape.Mask);
            while (cursor.Next() is { } rule)
            {
                if (RuleKey.MatchOf(rule.Key).Matches(fields)) matched.Add(rule);
            }
        }
        matched.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return matched;
    }

    /// <summary>The rules of a table that have at least this priority, in the table's order.</summary>
    public List<FlowRule> OfPriorityFrom(ushort priority, TableId table)
    {
        var found = new List<FlowRule>();
        foreach (RuleGroup group in _byPriority)
        {
            if (group.PriorityMax < priority || group.Shape.Table != table) continue;
            RuleCursor cursor = group.Candidates(default, default);
            while (cursor.Next() is { } rule)
            {
                if (rule.Key.Priority >= priority) found.Add(rule);
            }
        }
        found.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return found;
    }

    /// <summary>The rules that a normalised match covers and a selection admits.</summary>
    /// <param name="covering">The match.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="all">Every rule, in the order in which they are to be returned.</param>
    public List<FlowRule> Select(in Match covering, in RuleSelection selection, RuleSet all)
    {
        var selected = new List<FlowRule>();
        if (covering == Match.Any)
        {
            foreach (FlowRule rule in all)
            {
                if (selection.Admits(rule)) selected.Add(rule);
            }
            return selected;
        }
        FurtherFields shape = FurtherShape.Of(covering);
        foreach (RuleGroup group in _byPriority)
        {
            if (!MayCover(covering, selection.Table, group)) continue;
            RuleCursor cursor = group.Candidates(Match.ValuesOf(covering), Match.MaskOf(covering),
                shape.Equals(group.Shape.Further) ? covering.Further : null);
            while (cursor.Next() is { } rule)
            {
                if (covering.Covers(RuleKey.MatchOf(rule.Key)) && selection.Admits(rule)) selected.Add(rule);
            }
        }
        selected.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return selected;
    }

    private static bool MayCover(in Match covering, TableId table, RuleGroup group)
    {
        ref readonly GroupShape shape = ref group.Shape;
        return (table == TableId.All || shape.Table == table)
            && Match.MaskOf(covering).Without(shape.Mask) == default
            && (!covering.HasFurther || shape.Further.Count >= covering.Further.Count);
    }

    /// <summary>Of two rules of one priority, which OpenFlow leaves open, the one that is further to the front in the
    /// table.</summary>
    private static bool IsBetter(FlowRule rule, FlowRule? best) => best is null
        || rule.Key.Priority > best.Key.Priority
        || (rule.Key.Priority == best.Key.Priority && rule.Order < best.Order);

    private ReadOnlySpan<RuleGroup> ByPriority()
    {
        if (_isOrderStale) _byPriority.Sort(static (a, b) => b.PriorityMax.CompareTo(a.PriorityMax));
        _isOrderStale = false;
        return CollectionsMarshal.AsSpan(_byPriority);
    }

    private RuleGroup GroupOf(in RuleKey key)
    {
        var shape = GroupShape.Of(key);
        if (_groups.TryGetValue(shape, out RuleGroup? group)) return group;
        group = new RuleGroup(shape);
        _groups.Add(shape, group);
        _byPriority.Add(group);
        _isOrderStale = true;
        return group;
    }
}
