using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>The authoritative copy of a virtual switch's rules; what switches hold are caches of
/// it.</summary>
/// <remarks>Strict commands are O(1) and allocate nothing when the rule is there; non-strict ones look at
/// every rule. All the switch's tables are in it, told apart by the key. Threading: the owner loop's.</remarks>
internal sealed class ShadowFlowTable(TableSemantics semantics, int rulesMax)
{
    private Dictionary<RuleKey, FlowRule> _rules = [];

    public int Count => _rules.Count;

    /// <summary>Every rule, in no order; the table must not be changed meanwhile.</summary>
    public Dictionary<RuleKey, FlowRule>.ValueCollection Rules => _rules.Values;

    public TableSemantics Semantics { get; private set; } = semantics;

    /// <summary>What has to be known of all rules while several instances live; null: nobody wants to know.</summary>
    public RuleIndex? Index { get; private set; }

    /// <summary>Begins or ends to keep <see cref="Index"/>.</summary>
    public void KeepIndex(bool isKept) => Index = isKept ? new RuleIndex(_rules.Values) : null;

    /// <summary>Adds a rule, in place of the same one if it is there (OpenFlow 1.0.0 section 4.6).</summary>
    /// <returns>False if the table is full.</returns>
    public bool TryAdd(in FlowMod flowMod, Xid appXid, long nowTicks, out RuleChange change)
    {
        RuleKey key = KeyOf(flowMod);
        change = default;
        if (_rules.TryGetValue(key, out FlowRule? rule))
        {
            change = new RuleChange(RuleChangeKind.Replaced, rule, rule.Instructions)
            {
                CountsAnew = Semantics.AddResetsCounters || (flowMod.Flags & FlowModFlags.ResetCounts) != 0,
                CookieBefore = rule.Cookie,
                EntryFlagsBefore = rule.EntryFlags,
            };
            Index?.Remove(rule);
            rule.Assign(flowMod, appXid, nowTicks);
            Index?.Add(rule);
            if (change.CountsAnew) rule.Retired = default;
            return true;
        }
        if (_rules.Count >= rulesMax) return false;
        rule = new FlowRule(key);
        rule.Assign(flowMod, appXid, nowTicks);
        _rules.Add(key, rule);
        Index?.Add(rule);
        change = new RuleChange(RuleChangeKind.Added, rule, null);
        return true;
    }

    /// <summary>Changes the actions of the rules that a MODIFY selects; in 1.0 adds a rule if there is
    /// none.</summary>
    /// <returns>False if a rule had to be added and the table is full.</returns>
    public bool TryModify(in FlowMod flowMod, Xid appXid, long nowTicks, List<RuleChange> changes)
    {
        bool countsAnew = (flowMod.Flags & FlowModFlags.ResetCounts) != 0;
        List<FlowRule> selected = Select(flowMod, flowMod.Command == FlowModCommand.ModifyStrict);
        foreach (FlowRule rule in selected)
        {
            changes.Add(new RuleChange(RuleChangeKind.Modified, rule, rule.Instructions)
            {
                CountsAnew = countsAnew,
                CookieBefore = rule.Cookie,
                EntryFlagsBefore = rule.EntryFlags,
            });
            SetInstructions(rule, new InstructionSet(flowMod.Actions, flowMod.Instructions));
            rule.AppXid = appXid;
            rule.ChangedTicks = nowTicks;
            if (Semantics.ModifyChangesCookie) rule.Cookie = flowMod.Cookie;
            if (countsAnew) rule.Retired = default;
        }
        if (selected.Count > 0 || !Semantics.ModifyAddsWhenMissing) return true;
        if (!TryAdd(flowMod, appXid, nowTicks, out RuleChange added)) return false;
        changes.Add(added);
        return true;
    }

    /// <summary>Takes out the rules that a DELETE selects.</summary>
    public void Delete(in FlowMod flowMod, List<RuleChange> changes)
    {
        foreach (FlowRule rule in Select(flowMod, flowMod.Command == FlowModCommand.DeleteStrict))
        {
            Remove(rule);
            changes.Add(new RuleChange(RuleChangeKind.Removed, rule, rule.Instructions));
        }
    }

    /// <summary>Takes out the rules that go to a group (1.3.5 section 6.5: deleting a group removes them).</summary>
    public void DeleteUsersOf(GroupId group, List<RuleChange> changes) =>
        Delete(rule => rule.Instructions.Uses(group), FlowRemovedReason.GroupDelete, changes);

    /// <summary>Takes out the rules that use a meter (1.3.5 section 6.6: deleting a meter removes them).</summary>
    public void DeleteUsersOf(MeterId meter, List<RuleChange> changes) =>
        Delete(rule => rule.Instructions.Others.Meter == meter, FlowRemovedReason.Delete, changes);

    /// <summary>Tells rules apart as another version does, after the switch has changed to it.</summary>
    /// <returns>Rules that are the same as others now, and are out of the table.</returns>
    public List<FlowRule> ChangeSemantics(TableSemantics changed)
    {
        Semantics = changed;
        var doubles = new List<FlowRule>();
        Dictionary<RuleKey, FlowRule> before = _rules;
        _rules = new Dictionary<RuleKey, FlowRule>(before.Count);
        foreach (FlowRule rule in before.Values)
        {
            rule.Key = RuleKey.Of(rule.Match, rule.Priority, rule.Key.Table, changed);
            rule.IsRemoved = !_rules.TryAdd(rule.Key, rule);
            if (rule.IsRemoved) doubles.Add(rule);
        }
        if (Index is not null) KeepIndex(true);
        return doubles;
    }

    /// <summary>Makes a rule do something else.</summary>
    public void SetInstructions(FlowRule rule, in InstructionSet instructions)
    {
        Index?.Remove(rule);
        rule.Instructions = instructions;
        Index?.Add(rule);
    }

    /// <summary>Takes one rule out.</summary>
    public void Remove(FlowRule rule)
    {
        if (!rule.IsRemoved) Index?.Remove(rule);
        rule.IsRemoved = true;
        _rules.Remove(rule.Key);
    }

    /// <summary>Puts in a rule that was found on a switch; false if it is known already or the table is
    /// full.</summary>
    public bool TryAdopt(in FlowMod found, long installedTicks)
    {
        if (_rules.ContainsKey(KeyOf(found)) || _rules.Count >= rulesMax) return false;
        bool isAdded = TryAdd(found, default, installedTicks, out RuleChange change);
        if (isAdded) change.Rule.IsAdopted = true;
        return isAdded;
    }

    /// <summary>Rules that were found at single ports of a shared switch, in the places of a rule for all of its ports:
    /// as another rule's ADD would (OpenFlow 1.0.0 section 4.6) it replaces them.</summary>
    public void TakeOverAdopted(FlowRule rule, InstanceMap map)
    {
        if (rule.Match.InPort is not null) return;
        foreach ((PortNumber port, PortPlace _) in map.Places)
        {
            FlowRule? there = Find(rule.Match.WithInPort(port), rule.Priority, rule.Key.Table);
            if (there is { IsAdopted: true }) Remove(there);
        }
    }

    /// <summary>Whether an ADD of this rule would find the table full.</summary>
    public bool IsFullFor(in FlowMod flowMod) =>
        _rules.Count >= rulesMax && !_rules.ContainsKey(KeyOf(flowMod));

    /// <summary>The rule with this match and priority in a table, or null.</summary>
    public FlowRule? Find(in Match match, ushort priority, TableId table) =>
        _rules.GetValueOrDefault(RuleKey.Of(match, priority, table, Semantics));

    /// <summary>The rule with this key, or null.</summary>
    public FlowRule? Find(in RuleKey key) => _rules.GetValueOrDefault(key);

    /// <summary>The rule of the first table that a packet with these fields meets, or null.</summary>
    public FlowRule? Lookup(in PacketFields fields)
    {
        FlowRule? best = null;
        foreach (FlowRule rule in _rules.Values)
        {
            if (rule.Key.Table != default) continue;
            if ((best is null || rule.Key.Priority > best.Key.Priority) && rule.Key.Match.Matches(fields)) best = rule;
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
        foreach (FlowRule rule in _rules.Values)
        {
            int priority = rule.Key.Priority;
            bool mayBeBest = rule.Key.Table == table && (best is null || priority > best.Key.Priority);
            if (!mayBeBest || fields.And(rule.Key.Match.Mask) != rule.Key.Match.Values) continue;
            FurtherFields matched = rule.Key.Match.Further;
            if (matched.Any(each => !PacketFurtherFields.CanRead(each)))
                unknownPriority = Math.Max(unknownPriority, priority);
            else if (matched.Covers(further)) best = rule;
        }
        isKnown = unknownPriority < (best?.Key.Priority ?? 0) || unknownPriority < 0;
        return best;
    }

    /// <summary>Whether packets may come to a table with something in their action set.</summary>
    public bool HasWritersBefore(TableId table)
    {
        if (table == default) return false;
        foreach (FlowRule rule in _rules.Values)
        {
            if (rule.Key.Table.Value < table.Value && rule.Instructions.Others.WriteActions is not null) return true;
        }
        return false;
    }

    /// <summary>Whether another rule of the same priority could match one of the same packets
    /// (CHECK_OVERLAP).</summary>
    public bool HasOverlap(in FlowMod flowMod)
    {
        RuleKey key = KeyOf(flowMod);
        foreach (FlowRule rule in _rules.Values)
        {
            bool isBeside = rule.Key.Priority == key.Priority && rule.Key.Table == key.Table && rule.Key != key;
            if (isBeside && rule.Key.Match.Overlaps(key.Match)) return true;
        }
        return false;
    }

    /// <summary>The rules that a match covers (OpenFlow 1.0.0 section 4.6) and a selection admits; a copy, so that the
    /// table may be changed.</summary>
    public List<FlowRule> Select(in Match match, in RuleSelection selection)
    {
        var selected = new List<FlowRule>();
        Match covering = MatchNormalisation.Normalise(match);
        foreach (FlowRule rule in _rules.Values)
        {
            if (covering.Covers(rule.Key.Match) && selection.Admits(rule)) selected.Add(rule);
        }
        return selected;
    }

    /// <summary>The rules that a MODIFY or DELETE selects: those that its match covers, or the one that a strict one
    /// names (in all tables: one in each).</summary>
    private List<FlowRule> Select(in FlowMod flowMod, bool isStrict)
    {
        RuleSelection selection = RuleSelection.Of(flowMod, Semantics);
        if (!isStrict) return Select(flowMod.Match, selection);
        RuleKey key = KeyOf(flowMod);
        if (selection.Table != TableId.All || !Semantics.HasTables)
        {
            return _rules.TryGetValue(key, out FlowRule? named) && selection.Admits(named) ? [named] : [];
        }
        var selected = new List<FlowRule>();
        foreach (FlowRule rule in _rules.Values)
        {
            if ((rule.Key with { Table = key.Table }) == key && selection.Admits(rule)) selected.Add(rule);
        }
        return selected;
    }

    private void Delete(Func<FlowRule, bool> isUser, FlowRemovedReason reason, List<RuleChange> changes)
    {
        foreach (FlowRule rule in _rules.Values.Where(isUser).ToArray())
        {
            Remove(rule);
            changes.Add(new RuleChange(RuleChangeKind.Removed, rule, rule.Instructions) { Reason = reason });
        }
    }

    private RuleKey KeyOf(in FlowMod flowMod) =>
        RuleKey.Of(flowMod.Match, flowMod.Priority, flowMod.Table, Semantics);
}
