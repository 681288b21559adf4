using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>The authoritative copy of a virtual switch's rules; what switches hold are caches of
/// it.</summary>
/// <remarks>Strict commands are O(1) and allocate nothing when the rule is there; non-strict ones look at
/// every rule. Threading: the owner loop's.</remarks>
internal sealed class ShadowFlowTable(TableSemantics semantics, int rulesMax)
{
    private readonly Dictionary<RuleKey, FlowRule> _rules = [];

    public int Count => _rules.Count;

    /// <summary>Every rule, in no order; the table must not be changed meanwhile.</summary>
    public Dictionary<RuleKey, FlowRule>.ValueCollection Rules => _rules.Values;

    public TableSemantics Semantics => semantics;

    /// <summary>Adds a rule, in place of the same one if it is there (OpenFlow 1.0.0 section 4.6).</summary>
    /// <returns>False if the table is full.</returns>
    public bool TryAdd(in FlowMod flowMod, Xid appXid, long nowTicks, out RuleChange change)
    {
        RuleKey key = RuleKey.Of(flowMod.Match, flowMod.Priority, semantics);
        change = default;
        if (_rules.TryGetValue(key, out FlowRule? rule))
        {
            change = new RuleChange(RuleChangeKind.Replaced, rule, rule.Actions);
            rule.Assign(flowMod, appXid, nowTicks);
            if (semantics.AddResetsCounters) rule.Retired = default;
            return true;
        }
        if (_rules.Count >= rulesMax) return false;
        rule = new FlowRule(key);
        rule.Assign(flowMod, appXid, nowTicks);
        _rules.Add(key, rule);
        change = new RuleChange(RuleChangeKind.Added, rule, null);
        return true;
    }

    /// <summary>Changes the actions of the rules that a MODIFY selects; in 1.0 adds a rule if there is
    /// none.</summary>
    /// <returns>False if a rule had to be added and the table is full.</returns>
    public bool TryModify(in FlowMod flowMod, Xid appXid, long nowTicks, List<RuleChange> changes)
    {
        bool isStrict = flowMod.Command == FlowModCommand.ModifyStrict;
        foreach (FlowRule rule in Select(flowMod.Match, flowMod.Priority, isStrict, PortNumber.Any))
        {
            changes.Add(new RuleChange(RuleChangeKind.Modified, rule, rule.Actions));
            rule.Actions = flowMod.Actions;
            rule.AppXid = appXid;
            rule.ChangedTicks = nowTicks;
            if (semantics.ModifyChangesCookie) rule.Cookie = flowMod.Cookie;
        }
        if (changes.Count > 0 || !semantics.ModifyAddsWhenMissing) return true;
        if (!TryAdd(flowMod, appXid, nowTicks, out RuleChange added)) return false;
        changes.Add(added);
        return true;
    }

    /// <summary>Takes out the rules that a DELETE selects.</summary>
    public void Delete(in FlowMod flowMod, List<RuleChange> changes)
    {
        bool isStrict = flowMod.Command == FlowModCommand.DeleteStrict;
        foreach (FlowRule rule in Select(flowMod.Match, flowMod.Priority, isStrict, flowMod.OutPort))
        {
            Remove(rule);
            changes.Add(new RuleChange(RuleChangeKind.Removed, rule, rule.Actions));
        }
    }

    /// <summary>Takes one rule out.</summary>
    public void Remove(FlowRule rule)
    {
        rule.IsRemoved = true;
        _rules.Remove(rule.Key);
    }

    /// <summary>Puts in a rule that was found on a switch; false if it is known already or the table is
    /// full.</summary>
    public bool TryAdopt(in FlowMod found, long installedTicks)
    {
        RuleKey key = RuleKey.Of(found.Match, found.Priority, semantics);
        if (_rules.ContainsKey(key) || _rules.Count >= rulesMax) return false;
        bool isAdded = TryAdd(found, default, installedTicks, out RuleChange change);
        if (isAdded) change.Rule.IsAdopted = true;
        return isAdded;
    }

    /// <summary>Whether an ADD of this rule would find the table full.</summary>
    public bool IsFullFor(in FlowMod flowMod) =>
        _rules.Count >= rulesMax && !_rules.ContainsKey(RuleKey.Of(flowMod.Match, flowMod.Priority, semantics));

    /// <summary>The rule with this match and priority, or null.</summary>
    public FlowRule? Find(in Match match, ushort priority) =>
        _rules.GetValueOrDefault(RuleKey.Of(match, priority, semantics));

    /// <summary>The rule that a packet with these fields meets, or null.</summary>
    public FlowRule? Lookup(in PacketFields fields)
    {
        FlowRule? best = null;
        foreach (FlowRule rule in _rules.Values)
        {
            if ((best is null || rule.Key.Priority > best.Key.Priority) && rule.Key.Match.Matches(fields)) best = rule;
        }
        return best;
    }

    /// <summary>Whether another rule of the same priority could match one of the same packets
    /// (CHECK_OVERLAP).</summary>
    public bool HasOverlap(in FlowMod flowMod)
    {
        RuleKey key = RuleKey.Of(flowMod.Match, flowMod.Priority, semantics);
        foreach (FlowRule rule in _rules.Values)
        {
            if (rule.Key.Priority == key.Priority && rule.Key != key && rule.Key.Match.Overlaps(key.Match)) return true;
        }
        return false;
    }

    /// <summary>The rules that a non-strict selection covers (OpenFlow 1.0.0 section 4.6), or the one a
    /// strict one names; a copy, so that the table may be changed.</summary>
    public List<FlowRule> Select(in Match match, ushort priority, bool isStrict, PortNumber outPort)
    {
        var selected = new List<FlowRule>();
        if (isStrict)
        {
            if (Find(match, priority) is { } rule && SendsTo(rule, outPort)) selected.Add(rule);
            return selected;
        }
        Match covering = MatchNormalisation.Normalise(match);
        foreach (FlowRule rule in _rules.Values)
        {
            if (covering.Covers(rule.Key.Match) && SendsTo(rule, outPort)) selected.Add(rule);
        }
        return selected;
    }

    private static bool SendsTo(FlowRule rule, PortNumber outPort) =>
        outPort == PortNumber.Any || rule.Actions.SendsTo(outPort);
}
