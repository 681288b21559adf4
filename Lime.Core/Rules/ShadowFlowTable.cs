using System.Runtime.CompilerServices;
using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>The authoritative copy of a virtual switch's rules; what switches hold are caches of
/// it.</summary>
/// <remarks>Strict commands are O(1) and allocate nothing when the rule is there; non-strict ones, and what packets
/// meet, cost what <see cref="RuleGroups"/> says. All the switch's tables are in it, told apart by the key. Threading:
/// the owner loop's.</remarks>
internal sealed class ShadowFlowTable(TableSemantics semantics, int rulesMax)
{
    private readonly ReplacedRules _replaced = new();
    private readonly RuleIndex _index = new();
    private RuleSet _rules = new();
    private RuleGroups _groups = new();

    public int Count => _rules.Count;

    /// <summary>How many rules there may be; those that are more already stay.</summary>
    public int RulesMax { get; set; } = rulesMax;

    /// <summary>Every rule, in no order; the table must not be changed meanwhile.</summary>
    public RuleSet Rules => _rules;

    public TableSemantics Semantics { get; private set; } = semantics;

    /// <summary>How often counters of a rule have begun anew.</summary>
    public long Beginnings { get; private set; }

    /// <summary>Grows with each rule that comes, goes or does something else.</summary>
    public long Version { get; private set; }

    /// <summary>How many ADDs it has taken: each may yet be refused.</summary>
    public long Additions { get; private set; }

    /// <summary>Adds a rule, in place of the same one if it is there (OpenFlow 1.0.0 section 4.6).</summary>
    /// <returns>False if the table is full.</returns>
    public bool TryAdd(in FlowMod flowMod, Xid appXid, long nowTicks, out RuleChange change)
    {
        RulePlace place = PlaceOf(flowMod);
        change = default;
        if (place.Rule is { } rule)
        {
            change = new RuleChange(RuleChangeKind.Replaced, rule, rule.Instructions)
            {
                CountsAnew = Semantics.AddResetsCounters || (flowMod.Flags & FlowModFlags.ResetCounts) != 0,
                CookieBefore = rule.Cookie,
                EntryFlagsBefore = rule.EntryFlags,
            };
            Put(flowMod, appXid, nowTicks, place);
            return true;
        }
        if (IsFull) return false;
        change = new RuleChange(RuleChangeKind.Added, Put(flowMod, appXid, nowTicks, place), null);
        return true;
    }

    /// <summary>Where the rule of a flow-mod is, or would be.</summary>
    public RulePlace PlaceOf(in FlowMod flowMod)
    {
        ref readonly Match match = ref FlowMod.MatchOf(flowMod);
        if (!MatchNormalisation.IsNormal(match)) return PlaceOfOther(flowMod);
        // The packet path: the key's parts are used where they are.
        ushort priority = RuleKey.PriorityOf(match, flowMod.Priority, Semantics);
        TableId table = Semantics.HasTables ? flowMod.Table : default;
        uint hash = RuleSet.HashOf(match, priority, table);
        return new RulePlace(_rules.Find(hash, match, priority, table), hash, IsKeyAsGiven: true);
    }

    /// <summary>Adds a rule where <see cref="PlaceOf"/> has found its place, in a table that isn't full, or puts it in
    /// place of the one there.</summary>
    /// <returns>The rule.</returns>
    public FlowRule Put(in FlowMod flowMod, Xid appXid, long nowTicks, in RulePlace place)
    {
        bool isSaidAgain = place.IsKeyAsGiven && place.Rule is { } same && same.IsSaidBy(flowMod);
        if (!isSaidAgain) return PutAnew(flowMod, appXid, nowTicks, place);
        FlowRule rule = place.Rule!;
        _replaced.KeepBriefly(rule, appXid);
        bool countsAnew = Semantics.AddResetsCounters || (flowMod.Flags & FlowModFlags.ResetCounts) != 0;
        rule.SayAgain(appXid, nowTicks, countsAnew ? ++Beginnings : rule.Beginning);
        return rule;
    }

    /// <summary>Not inlined, as it is rare where it is to be quick.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private FlowRule PutAnew(in FlowMod flowMod, Xid appXid, long nowTicks, in RulePlace place)
    {
        FlowRule rule = place.Rule ?? Insert(flowMod, appXid, place.Hash);
        bool countsAnew = true;
        if (place.Rule is not null)
        {
            _index.Remove(rule);
            _replaced.Keep(rule, appXid);
            countsAnew = Semantics.AddResetsCounters || (flowMod.Flags & FlowModFlags.ResetCounts) != 0;
        }
        Additions++;
        Version++;
        if (countsAnew) rule.CountAnew(++Beginnings);
        if (!place.IsKeyAsGiven || !rule.IsMatchTheKeys) rule.TakeMatch(flowMod);
        rule.AssignTerms(flowMod, appXid, nowTicks);
        _index.Add(rule);
        return rule;
    }

    /// <summary>A switch has refused an ADD, and has what it had before; a MODIFY behind it has changed that, or has
    /// found nothing.</summary>
    /// <returns>The rule that is as it was again, or gone; null: that is not known, or another ADD has
    /// followed.</returns>
    public FlowRule? Refuse(Xid appXid)
    {
        if (_replaced.TryUndo(appXid, out FlowRule? rule, out RuleAsItWas? before))
        {
            if (before is { } known) Restore(rule, known);
            else Lack(rule);
            return rule;
        }
        rule = _rules.LastWhere(each => each.AddedBy == appXid);
        if (rule is null) _replaced.WasNotThere(appXid);
        if (rule is null || _replaced.WasNotThere(rule, appXid)) return null;
        Lack(rule);
        return rule;
    }

    /// <summary>Whether there is no rule where an ADD was refused, the last one of its rule.</summary>
    public bool HasNothingWithout(FlowRule rule, Xid refused) =>
        rule.AppXid == refused && (rule.AddedBy == refused || _replaced.FoundNothing(rule, refused));

    private void Lack(FlowRule rule)
    {
        bool isMadeByModify = rule.AppXid != rule.LatestAdd && Semantics.ModifyAddsWhenMissing;
        if (!isMadeByModify) Remove(rule);
    }

    private void Restore(FlowRule rule, in RuleAsItWas before)
    {
        (Xid modifiedBy, InstructionSet instructions, Cookie cookie) = (rule.AppXid, rule.Instructions, rule.Cookie);
        bool isModified = rule.AppXid != rule.LatestAdd;
        if (!rule.IsRemoved) _index.Remove(rule);
        rule.Become(before);
        if (isModified)
        {
            rule.Instructions = instructions;
            rule.AppXid = modifiedBy;
            if (Semantics.ModifyChangesCookie) rule.Cookie = cookie;
        }
        if (!rule.IsRemoved) _index.Add(rule);
    }

    /// <summary>Changes the actions of the rules that a MODIFY selects; in 1.0 adds a rule if there is
    /// none.</summary>
    /// <returns>False if a rule had to be added and the table is full.</returns>
    public bool TryModify(in FlowMod flowMod, Xid appXid, long nowTicks, List<RuleChange> changes)
    {
        bool countsAnew = (flowMod.Flags & FlowModFlags.ResetCounts) != 0;
        List<FlowRule> selected = Select(flowMod, flowMod.Command == FlowModCommand.ModifyStrict);
        if (selected.Count > 0) _replaced.WriteOut();
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
            if (countsAnew) rule.CountAnew(++Beginnings);
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
        _replaced.WriteOut();
        var doubles = new List<FlowRule>();
        RuleSet before = _rules;
        _rules = new RuleSet();
        _groups = new RuleGroups();
        foreach (FlowRule rule in before)
        {
            _index.Remove(rule);
            rule.Rekey(RuleKey.Of(rule.Match, rule.Priority, rule.Key.Table, changed));
            rule.IsRemoved = _rules.Find(rule.Key) is not null;
            if (rule.IsRemoved)
            {
                rule.Group = null;
                doubles.Add(rule);
                continue;
            }
            _rules.Add(rule, RuleSet.HashOf(rule.Key));
            _groups.Add(rule);
            _index.Add(rule);
        }
        return doubles;
    }

    /// <summary>Makes a rule do something else.</summary>
    public void SetInstructions(FlowRule rule, in InstructionSet instructions)
    {
        _replaced.WriteOut();
        Version++;
        _index.Remove(rule);
        rule.Instructions = instructions;
        _index.Add(rule);
    }

    /// <summary>Takes one rule out.</summary>
    public void Remove(FlowRule rule)
    {
        if (!rule.IsRemoved) _index.Remove(rule);
        rule.IsRemoved = true;
        Version++;
        if (_rules.Remove(rule)) _groups.Remove(rule);
    }

    /// <summary>Puts in a rule that was found on a switch; false if it is known already or the table is
    /// full.</summary>
    public bool TryAdopt(in FlowMod found, long installedTicks)
    {
        if (_rules.Find(KeyOf(found)) is not null || IsFull) return false;
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

    /// <summary>Whether it takes no further rule.</summary>
    public bool IsFull => _rules.Count >= RulesMax;

    /// <summary>The rule with this match and priority in a table, or null.</summary>
    public FlowRule? Find(in Match match, ushort priority, TableId table) =>
        _rules.Find(RuleKey.Of(match, priority, table, Semantics));

    /// <summary>The rule with this key, or null.</summary>
    public FlowRule? Find(in RuleKey key) => _rules.Find(key);

    /// <summary>The rule of the first table that a packet with these fields meets, or null.</summary>
    public FlowRule? Lookup(in PacketFields fields) => _groups.Lookup(fields);

    /// <inheritdoc cref="RuleGroups.Lookup(TableId, in PacketFields, FurtherFields, out bool)"/>
    public FlowRule? Lookup(TableId table, in PacketFields fields, FurtherFields further, out bool isKnown) =>
        _groups.Lookup(table, fields, further, out isKnown);

    /// <summary>The rules of the first table that packets with these fields, and no further ones, match.</summary>
    public List<FlowRule> MatchedBy(in PacketFields fields) => _groups.MatchedBy(fields);

    /// <summary>The rules of a table that have at least this priority.</summary>
    public List<FlowRule> OfPriorityFrom(ushort priority, TableId table) => _groups.OfPriorityFrom(priority, table);

    /// <summary>The tables that have rules.</summary>
    public IEnumerable<TableId> Tables => _groups.Tables;

    /// <summary>The rules that send to the controller.</summary>
    public IEnumerable<FlowRule> ToController => _index.ToController;

    /// <summary>Whether packets may come to a table with something in their action set.</summary>
    public bool HasWritersBefore(TableId table) => _index.HasWritersBefore(table);

    /// <inheritdoc cref="RuleIndex.IsReached"/>
    public bool IsReached(TableId table, IReadOnlyCollection<(TableId From, TableId To)> besides) =>
        _index.IsReached(table, besides);

    /// <summary>The rules that match all that a rule does and come before it; rules that match further fields (OXM
    /// beyond the usual ones) are not considered.</summary>
    public IEnumerable<FlowRule> CoversOf(in RuleKey key) => _groups.CoversOf(key);

    /// <summary>Whether another rule of the same priority could match one of the same packets
    /// (CHECK_OVERLAP).</summary>
    public bool HasOverlap(in FlowMod flowMod) => _groups.HasOverlap(KeyOf(flowMod));

    /// <summary>The rules that a match covers (OpenFlow 1.0.0 section 4.6) and a selection admits; a copy, so that the
    /// table may be changed.</summary>
    public List<FlowRule> Select(in Match match, in RuleSelection selection) =>
        _groups.Select(MatchNormalisation.Normalise(match), selection, _rules);

    /// <summary>The rules that a MODIFY or DELETE selects: those that its match covers, or the one that a strict one
    /// names (in all tables: one in each).</summary>
    private List<FlowRule> Select(in FlowMod flowMod, bool isStrict)
    {
        RuleSelection selection = RuleSelection.Of(flowMod, Semantics);
        if (!isStrict) return Select(flowMod.Match, selection);
        RuleKey key = KeyOf(flowMod);
        if (selection.Table != TableId.All || !Semantics.HasTables)
        {
            return _rules.Find(key) is { } only && selection.Admits(only) ? [only] : [];
        }
        var selected = new List<FlowRule>();
        foreach (TableId table in _groups.Tables)
        {
            if (_rules.Find(key with { Table = table }) is { } named && selection.Admits(named)) selected.Add(named);
        }
        selected.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return selected;
    }

    private void Delete(Func<FlowRule, bool> isUser, FlowRemovedReason reason, List<RuleChange> changes)
    {
        foreach (FlowRule rule in _rules.Where(isUser).ToArray())
        {
            Remove(rule);
            changes.Add(new RuleChange(RuleChangeKind.Removed, rule, rule.Instructions) { Reason = reason });
        }
    }

    /// <summary>Not inlined, so that the packet path needs no room for a key.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private FlowRule Insert(in FlowMod flowMod, Xid appXid, uint hash)
    {
        var rule = new FlowRule(KeyOf(flowMod)) { AddedBy = appXid };
        _rules.Add(rule, hash);
        _groups.Add(rule);
        return rule;
    }

    /// <inheritdoc cref="Insert"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RulePlace PlaceOfOther(in FlowMod flowMod)
    {
        RuleKey key = KeyOf(flowMod);
        return new RulePlace(_rules.Find(key), RuleSet.HashOf(key), IsKeyAsGiven: false);
    }

    private RuleKey KeyOf(in FlowMod flowMod) =>
        RuleKey.Of(flowMod.Match, flowMod.Priority, flowMod.Table, Semantics);
}
