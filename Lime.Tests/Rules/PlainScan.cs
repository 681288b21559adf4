using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Tests.Rules;

/// <summary>What rules a command selects and a packet meets, found by looking at every rule.</summary>
internal static class PlainScan
{
    public static FlowRule? Lookup(IEnumerable<FlowRule> rules, in PacketFields fields)
    {
        FlowRule? best = null;
        foreach (FlowRule rule in rules.Where(each => each.Key.Table == default))
        {
            bool isBetter = best is null || rule.Key.Priority > best.Key.Priority;
            if (isBetter && rule.Key.Match.Matches(fields)) best = rule;
        }
        return best;
    }

    /// <summary>The rule that a packet meets; null too if one that can't be read would come before.</summary>
    public static FlowRule? Lookup(
        IEnumerable<FlowRule> rules, TableId table, PacketFields fields, FurtherFields further, out bool isKnown)
    {
        FlowRule[] met =
        [
            .. rules.Where(each => each.Key.Table == table && fields.And(each.Key.Match.Mask) == each.Key.Match.Values),
        ];
        int unknown = met.Where(each => !IsReadable(each)).Max(each => (int?)each.Key.Priority) ?? -1;
        FlowRule? best = met.Where(each => IsReadable(each) && each.Key.Match.Further.Covers(further))
            .MaxBy(each => (each.Key.Priority, -each.Order));
        isKnown = unknown < 0 || unknown < (best?.Key.Priority ?? 0);
        return best;
    }

    public static IEnumerable<FlowRule> Select(IEnumerable<FlowRule> rules, Match match, RuleSelection selection)
    {
        Match covering = MatchNormalisation.Normalise(match);
        return rules.Where(each => covering.Covers(each.Key.Match) && selection.Admits(each));
    }

    public static bool HasOverlap(IEnumerable<FlowRule> rules, RuleKey key) => rules.Any(each =>
        each.Key.Priority == key.Priority && each.Key.Table == key.Table && each.Key != key
        && each.Key.Match.Overlaps(key.Match));

    public static IEnumerable<FlowRule> CoversOf(IEnumerable<FlowRule> rules, RuleKey key) => rules.Where(each =>
        each.Key.Table == key.Table && each.Key.Priority > key.Priority && !each.Key.Match.HasFurther
        && each.Key.Match.Covers(key.Match));

    private static bool IsReadable(FlowRule rule) =>
        rule.Key.Match.Further.All(each => PacketFurtherFields.CanRead(each));
}
