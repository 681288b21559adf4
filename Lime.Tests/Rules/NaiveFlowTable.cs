using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Rules;

/// <summary>A flow table after OpenFlow 1.0.0 section 4.6, in the plainest way: a list, every rule looked
/// at, matches compared packet by packet over a small universe instead of by their masks.</summary>
/// <param name="universe">Packets that tell every two matches of a test apart.</param>
internal sealed class NaiveFlowTable(PacketFields[] universe, int rulesMax)
{
    private readonly List<NaiveRule> _rules = [];

    public IEnumerable<string> Lines => _rules.Select(each => each.ToString()).Order(StringComparer.Ordinal);

    /// <returns>What became of the rules, or null for a refusal.</returns>
    public List<string>? Apply(in FlowMod flowMod)
    {
        switch (flowMod.Command)
        {
            case FlowModCommand.Add:
                bool isRefused = (flowMod.Flags & FlowModFlags.CheckOverlap) != 0 && HasOverlap(flowMod);
                return isRefused ? null : Add(flowMod);
            case FlowModCommand.Modify or FlowModCommand.ModifyStrict:
                return Modify(flowMod);
            default:
                return Delete(flowMod);
        }
    }

    public string? Lookup(in PacketFields packet)
    {
        PacketFields seen = packet;
        int best = _rules.Where(each => each.Match.Matches(seen)).Max(each => (int?)each.Rank) ?? -1;
        return best < 0 ? null : string.Join('|', _rules
            .Where(each => each.Match.Matches(seen) && each.Rank == best)
            .Select(each => each.ToString()).Order(StringComparer.Ordinal));
    }

    private List<string>? Add(FlowMod flowMod)
    {
        int same = _rules.FindIndex(each => IsSame(each, flowMod));
        var rule = new NaiveRule(flowMod.Match, flowMod.Priority, flowMod.Cookie, flowMod.Actions);
        if (same >= 0)
        {
            _rules[same] = rule;
            return [$"Replaced {rule}"];
        }
        if (_rules.Count >= rulesMax) return null;
        _rules.Add(rule);
        return [$"Added {rule}"];
    }

    private List<string>? Modify(FlowMod flowMod)
    {
        var changes = new List<string>();
        for (int i = 0; i < _rules.Count; i++)
        {
            if (!IsSelected(_rules[i], flowMod, FlowModCommand.ModifyStrict)) continue;
            _rules[i] = _rules[i] with { Actions = flowMod.Actions, Cookie = flowMod.Cookie };
            changes.Add($"Modified {_rules[i]}");
        }
        return changes.Count > 0 ? changes : Add(flowMod);
    }

    private List<string> Delete(FlowMod flowMod)
    {
        NaiveRule[] gone = [.. _rules.Where(each => IsSelected(each, flowMod, FlowModCommand.DeleteStrict)
            && (flowMod.OutPort == PortNumber.Any || each.Actions.Any(action => action.Port == flowMod.OutPort)))];
        foreach (NaiveRule each in gone) _rules.Remove(each);
        return [.. gone.Select(each => $"Removed {each}")];
    }

    private bool IsSelected(NaiveRule rule, FlowMod flowMod, FlowModCommand strict) => flowMod.Command == strict
        ? IsSame(rule, flowMod)
        : universe.All(packet => !rule.Match.Matches(packet) || flowMod.Match.Matches(packet));

    private bool IsSame(NaiveRule rule, FlowMod flowMod) =>
        rule.Rank == NaiveRule.RankOf(flowMod.Match, flowMod.Priority)
        && universe.All(packet => rule.Match.Matches(packet) == flowMod.Match.Matches(packet));

    private bool HasOverlap(FlowMod flowMod) => _rules.Exists(rule =>
        rule.Rank == NaiveRule.RankOf(flowMod.Match, flowMod.Priority) && !IsSame(rule, flowMod)
        && universe.Any(packet => rule.Match.Matches(packet) && flowMod.Match.Matches(packet)));

    private sealed record NaiveRule(Match Match, ushort Priority, Cookie Cookie, ActionList Actions)
    {
        public int Rank => RankOf(Match, Priority);

        public static int RankOf(in Match match, ushort priority) => match.IsExact ? ushort.MaxValue : priority;

        public override string ToString() => $"{Rank} {Match} {Cookie} {Actions}";
    }
}
