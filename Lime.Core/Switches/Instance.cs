using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>A physical switch in its role of realising a virtual one: issues rules to it in its own port
/// numbers.</summary>
/// <remarks>Every entry asks for a flow-removed, since that carries its last counters. Threading: the owner
/// loop's.</remarks>
internal sealed class Instance(VirtualSwitch virtualSwitch, PhysicalSwitch physical, InstanceMap map)
{
    private readonly List<PhysicalRule> _rules = [];
    private readonly List<PhysicalRule> _staleRules = [];

    public VirtualSwitch VirtualSwitch { get; } = virtualSwitch;

    public PhysicalSwitch Physical { get; } = physical;

    public InstanceMap Map { get; set; } = map;

    /// <summary>Whether other virtual switches are on the physical one too.</summary>
    public bool IsPart => Part is not null;

    /// <summary>What it has to itself of a switch that it shares; null: it has all of it.</summary>
    public InstancePart? Part { get; } = map.IsPartial ? new InstancePart(physical.Share()) : null;

    /// <summary>The numbers of its groups and meters on a switch that it shares; null: they are the virtual
    /// switch's.</summary>
    public ResourceIds? Ids => Part?.Ids;

    /// <summary>Whether the table found at the present connection's beginning has been taken account of.</summary>
    public bool IsReconciled
    {
        get => Part?.IsReconciled ?? Physical.IsReconciled;
        set
        {
            if (Part is { } part) part.IsReconciled = value;
            else Physical.IsReconciled = value;
        }
    }

    /// <summary>Rules found in its place that nobody asked for and that were left alone.</summary>
    public int ForeignRules
    {
        get => Part?.ForeignRules ?? Physical.ForeignRules;
        set
        {
            if (Part is { } part) part.ForeignRules = value;
            else Physical.ForeignRules = value;
        }
    }

    public RemovalLedger Ledger { get; } = new();

    public XidTrail Trail { get; } = new();

    /// <summary>What its ports had counted before it joined, by physical port.</summary>
    public Dictionary<PortNumber, PortStatistics> PortsBefore { get; } = [];

    /// <summary>How its ports were set before the first command on each, by physical port.</summary>
    public Dictionary<PortNumber, PortConfig> PortConfigBefore { get; } = [];

    /// <summary>What its tables had counted before it joined.</summary>
    public (ulong Lookups, ulong Matches) TableBefore { get; set; }

    /// <summary>Packets that its own rule for what no rule matches has counted, when last read; and what the rule's
    /// predecessors had, which an app's rule has replaced for a time.</summary>
    public (ulong Last, ulong Before) Misses { get; set; }

    /// <summary>Flow-mods sent through this instance, for the operator.</summary>
    public long FlowModsSent { get; private set; }

    /// <summary>The id of the last flow-mod.</summary>
    public Xid LastXid { get; private set; }

    /// <summary>The bundle that flow-mods go into at the moment, or null.</summary>
    public BundleId? Bundle { get; set; }

    /// <summary>How it is found out, during a migration, that its data plane has its rules; null: by
    /// barriers.</summary>
    public InstanceEvidence? Evidence { get; set; }

    /// <summary>The hosts of an ensemble that come and go here while it moves; null: none do.</summary>
    public HostsAtInstance? Hosts { get; set; }

    /// <summary>Whether it is a migration's target, which another one may still outlive.</summary>
    public bool IsOnTrial { get; set; }

    /// <summary>Whether it failed to answer, so that nothing waits for it any more until its migration has
    /// ended.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Whether it is a target that has refused something, and is about to be left for that: a change of rules
    /// goes on when no packet comes to it any more.</summary>
    public bool IsToBeLeft { get; set; }

    /// <summary>Packet-ins received through it.</summary>
    public long PacketInsReceived { get; set; }

    /// <summary>Packet-ins dropped because their port belongs to no virtual one, or nothing should arrive
    /// yet.</summary>
    public long PacketInsDropped { get; set; }

    /// <summary>Where packet-ins name no rule: which of its entries can have sent a packet up; null: nobody needs to
    /// know.</summary>
    public EntryCourse? Course { get; set; }

    /// <summary>Deletes its entries, and knows what the switch has still to report of them.</summary>
    public EntryDeletions Deletions => field ??= new EntryDeletions(this);

    /// <summary>Awaits a barrier behind everything sent so far.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public Task BarrierAsync() => Physical.BarrierAsync();

    /// <summary>Issues a rule, with ADD or MODIFY_STRICT; entries that it no longer has are
    /// deleted.</summary>
    /// <param name="rule">The rule as it is to be.</param>
    /// <param name="command">Add or ModifyStrict.</param>
    /// <param name="before">What it did before; null if it was not there.</param>
    /// <returns>How many entries.</returns>
    public int Install(FlowRule rule, FlowModCommand command, in InstructionSet? before) =>
        Install(rule, command, before, BufferId.None);

    /// <summary>As <see cref="Install(FlowRule, FlowModCommand, in InstructionSet?)"/>, releasing a held packet,
    /// and with counters that begin anew if they are to.</summary>
    public int Install(
        FlowRule rule, FlowModCommand command, in InstructionSet? before, BufferId bufferId, bool countsAnew = false)
    {
        if (before is null) Part?.MakeRoom(this, rule);
        Translate(rule, rule.Instructions, _rules);
        FlowMod flowMod = Part is null ? rule.ToFlowMod(command) : InstancePart.FlowModOf(this, rule, command);
        countsAnew |= IsPart && before is null && TableMissRule.IsPlaceOfPart(rule);
        if (countsAnew && !AddResetsCounters)
            flowMod = flowMod with { Flags = flowMod.Flags | FlowModFlags.ResetCounts };
        var form = VirtualSwitch.ControllerFirst.FormOf(rule);
        // Only an ADD changes a cookie, and keeps the counters where it does.
        if (form?.Mark is { } mark) flowMod = flowMod with { Cookie = mark, Command = FlowModCommand.Add };
        bool mayDiffer = before is not null && !Map.IsIdentity;
        if (mayDiffer) Translate(rule, before!.Value, _staleRules);
        foreach (PhysicalRule each in _rules)
        {
            PhysicalRule entry = form is null ? each : each with { Instructions = form.Value.Instructions };
            FlowMod sent = Entry(flowMod, entry) with { BufferId = bufferId };
            // What a rule does now may divide it into other entries, and a MODIFY adds none (1.3.5 section 6.4).
            if (mayDiffer && !HasMatch(_staleRules, each.Match)) sent = sent with { Command = FlowModCommand.Add };
            Send(rule.AppXid, sent);
            bufferId = BufferId.None;
            if (before is not null) NoteBeginning(rule, flowMod, each.Match);
            Course?.Note(rule, each.Match, EntryUse.Of(rule, form is not null), EntryUse.OfRule(before));
        }
        if (mayDiffer) DeleteStale(rule, countsAnew);
        return _rules.Count;
    }

    /// <summary>Issues a rule that is there once more, after what its entries are to do has changed; counters go
    /// on.</summary>
    public int Reissue(FlowRule rule) => Install(
        rule, AddResetsCounters ? FlowModCommand.ModifyStrict : FlowModCommand.Add, rule.Instructions);

    /// <summary>Puts a guard in the place of a rule, in the same table: its packets go to the controller (paper
    /// section 4.1, phase one).</summary>
    /// <param name="change">The rule as it is to be, and as it was.</param>
    /// <param name="mark">The guard's cookie: where packet-ins name their rule its packets are known by it, and a guard
    /// that is left on a lost switch is in any case.</param>
    public void InstallGuard(in RuleChange change, Cookie mark)
    {
        FlowRule rule = change.Rule;
        // A wider rule's entry in its place becomes the guard.
        if (change.Before is null) Part?.Ceded.Settle(this, rule);
        Translate(rule, rule.Instructions, _rules);
        _staleRules.Clear();
        if (change.Before is { } before) Translate(rule, before, _staleRules);
        FlowMod flowMod = rule.ToFlowMod(FlowModCommand.Add) with { Cookie = mark };
        if (change.CountsAnew && !AddResetsCounters)
            flowMod = flowMod with { Flags = flowMod.Flags | FlowModFlags.ResetCounts };
        InstructionSet guard = GuardInstructions.For(rule, VirtualSwitch.Table);
        foreach (PhysicalRule each in _rules.UnionBy(_staleRules, each => each.Match))
        {
            // Counters of what is there go on: a MODIFY keeps them and sets the cookie in 1.0, an ADD later.
            bool isKept = AddResetsCounters && !change.CountsAnew
                && _staleRules.Exists(old => old.Match == each.Match);
            Send(default, Entry(flowMod, new PhysicalRule(each.Match, guard)) with
            {
                Command = isKept ? FlowModCommand.ModifyStrict : FlowModCommand.Add,
            });
            if (change.CountsAnew) NoteBeginning(rule, flowMod, each.Match);
            Course?.Note(rule, each.Match, EntryUse.Guard, EntryUse.OfRule(change.Before));
        }
    }

    /// <summary>Makes a rule's entries do something else for a time; their counters go on.</summary>
    public void Override(FlowRule rule, InstructionSet instructions)
    {
        Translate(rule, rule.Instructions, _rules);
        FlowMod flowMod = rule.ToFlowMod(FlowModCommand.ModifyStrict);
        foreach (PhysicalRule each in _rules)
        {
            Send(default, Entry(flowMod, new(each.Match, instructions)));
            Course?.Note(
                rule, each.Match, EntryUse.OfRule(instructions), EntryUse.OfRule(rule.Instructions));
        }
    }

    /// <summary>One command has changed a rule's entries together with others.</summary>
    public void NoteChanged(FlowRule rule, in InstructionSet? before)
    {
        if (Course is null) return;
        Translate(rule, before ?? rule.Instructions, _rules);
        EntryUse after = rule.IsRemoved ? EntryUse.None : EntryUse.Of(rule, isForm: false);
        foreach (PhysicalRule each in _rules) Course.Note(rule, each.Match, after, EntryUse.OfRule(before));
    }

    /// <summary>That has to be known no longer, unless packets of guards that are gone may still come: they are told
    /// by what the entries are that are there.</summary>
    public void LeaveEntries()
    {
        bool isNeeded = VirtualSwitch.ControllerFirst.IsActive || VirtualSwitch.Updates.MayComeLate;
        if (!isNeeded) Course = null;
    }

    /// <summary>What a rule amounts to here.</summary>
    public IReadOnlyList<PhysicalRule> EntriesOf(FlowRule rule, in InstructionSet instructions)
    {
        Translate(rule, instructions, _rules);
        return _rules;
    }

    /// <summary>How many entries a rule has here.</summary>
    public int EntryCount(FlowRule rule)
    {
        Translate(rule, rule.Instructions, _rules);
        return _rules.Count;
    }

    /// <summary>Whether a rule has an entry with this match here at present.</summary>
    public bool HasEntry(FlowRule rule, Match match) => FindEntry(rule, match) is not null;

    /// <summary>The entry that a rule should have here with this match, or null.</summary>
    public PhysicalRule? FindEntry(FlowRule rule, Match match)
    {
        Match normalised = MatchNormalisation.Normalise(match);
        Translate(rule, rule.Instructions, _rules);
        int index = _rules.FindIndex(each => MatchNormalisation.Normalise(each.Match) == normalised);
        return index < 0 ? null : _rules[index];
    }

    /// <summary>The rule that an entry found or reported here belongs to, or null.</summary>
    public FlowRule? RuleOf(in Match match, ushort priority, TableId tableId)
    {
        if (!RuleTranslation.TryToVirtual(match, Map, out Match virtualMatch)) return null;
        ShadowFlowTable table = VirtualSwitch.Table;
        return table.Find(virtualMatch, priority, tableId)
            ?? (Map.IsIdentity || virtualMatch.InPort is null
                ? null
                : table.Find(virtualMatch.Without(FieldMasks.InPort), priority, tableId));
    }

    /// <summary>Makes the entries of a rule those of another map: what is new or different is
    /// installed.</summary>
    /// <returns>The entries that only the old map has, to be deleted once the others are confirmed.</returns>
    public List<PhysicalRule> Remap(FlowRule rule, InstanceMap newMap)
    {
        Translate(rule, rule.Instructions, _rules, newMap);
        var old = new List<PhysicalRule>();
        Translate(rule, rule.Instructions, old);
        foreach (PhysicalRule each in _rules)
        {
            int before = old.FindIndex(candidate => candidate.Match == each.Match);
            if (before >= 0 && old[before].Instructions.Equals(each.Instructions)) continue;
            FlowModCommand command = before >= 0 ? FlowModCommand.ModifyStrict : FlowModCommand.Add;
            FlowMod flowMod = Part is null ? rule.ToFlowMod(command) : InstancePart.FlowModOf(this, rule, command);
            Send(default, Entry(flowMod, each));
        }
        old.RemoveAll(each => _rules.Exists(candidate => candidate.Match == each.Match));
        return old;
    }

    /// <summary>What a command is resolved with.</summary>
    public CommandContext ContextOf(Xid appXid) => new(appXid, VirtualSwitch.Loop.NowTicks, Map)
    {
        // A switch whose groups and meters have not been read yet knows better; on one that others share numbers that
        // are
        // not there mean nothing.
        Groups = IsPart || IsReconciled ? VirtualSwitch.Groups : null,
        Meters = IsPart || IsReconciled ? VirtualSwitch.Meters : null,
    };

    /// <summary>Sends one flow-mod, in this instance's port numbers.</summary>
    public SendOutcome Send(Xid appXid, in FlowMod flowMod) =>
        Ids is { } ids ? SendAsIs(appXid, ids.ToPhysical(flowMod)) : SendAsIs(appXid, flowMod);

    private SendOutcome SendAsIs(Xid appXid, in FlowMod flowMod)
    {
        if (Physical.Channel is not { } channel) return SendOutcome.NotConnected;
        Xid xid = channel.NextXid();
        Trail.Add(xid, appXid);
        FlowModsSent++;
        LastXid = xid;
        return Bundle is { } bundle ? Physical.Send(xid, flowMod, bundle) : Physical.Send(xid, flowMod);
    }

    /// <summary>Sends a message that is no flow-mod, in this instance's numbers.</summary>
    public SendOutcome Send(Xid appXid, OpenFlowMessage message)
    {
        if (Physical.Channel is not { } channel) return SendOutcome.NotConnected;
        OpenFlowMessage? sent = Ids is null ? message : Ids.ToPhysical(message);
        if (sent is null) return SendOutcome.Queued;
        Xid xid = channel.NextXid();
        Trail.Add(xid, appXid);
        return Physical.Send(xid, sent);
    }

    /// <summary>It failed to answer: nothing waits for it any more, nor for what it has still to report.</summary>
    public void GiveUp()
    {
        IsGivenUp = true;
        foreach (Removal each in Ledger.StopAwaiting()) VirtualSwitch.Report(each);
    }

    /// <summary>Its migration has ended.</summary>
    public void Forgive()
    {
        IsGivenUp = false;
        IsToBeLeft = false;
    }

    /// <summary>It has refused a command, and its entries are what they were before.</summary>
    public void CommandWasRefused(Xid xid)
    {
        Course?.IsRefused(xid);
        Ledger.Refused?.IsRefused(xid);
    }

    /// <summary>Where a target refuses an ADD its entry goes on counting for the rule as it was.</summary>
    private void NoteBeginning(FlowRule rule, in FlowMod flowMod, in Match match)
    {
        bool beginsAnew = flowMod.Command == FlowModCommand.Add
            && (AddResetsCounters || (flowMod.Flags & FlowModFlags.ResetCounts) != 0);
        if (IsOnTrial && beginsAnew) (Ledger.Refused ??= new()).IsSent(LastXid, KeyOf(rule, match), rule);
    }

    /// <summary>What tells an entry of a rule from others here.</summary>
    public RuleKey KeyOf(FlowRule rule, in Match match) =>
        RuleKey.Of(match, rule.Priority, rule.Key.Table, VirtualSwitch.Table.Semantics);

    private bool AddResetsCounters => VirtualSwitch.Table.Semantics.AddResetsCounters;

    /// <summary>A flow-mod for one entry.</summary>
    public static FlowMod Entry(in FlowMod flowMod, in PhysicalRule entry) => flowMod with
    {
        Match = entry.Match,
        Actions = entry.Actions,
        Instructions = entry.Instructions.Others,
    };

    /// <summary>What they have counted is the rule's, unless its counters begin anew.</summary>
    private void DeleteStale(FlowRule rule, bool countsAnew)
    {
        foreach (PhysicalRule stale in _staleRules)
        {
            if (HasMatch(_rules, stale.Match)) continue;
            if (countsAnew) Deletions.DeleteEntrySilently(rule, stale);
            else Deletions.DeleteEntry(rule, stale, null);
        }
    }

    /// <summary>A loop, so that the packet path allocates no closure.</summary>
    private static bool HasMatch(List<PhysicalRule> rules, in Match match)
    {
        foreach (PhysicalRule each in rules)
        {
            if (each.Match == match) return true;
        }
        return false;
    }

    /// <summary>The entries that a rule amounts to here.</summary>
    public void Translate(FlowRule rule, in InstructionSet instructions, List<PhysicalRule> into) =>
        Translate(rule, instructions, into, Map);

    private void Translate(FlowRule rule, in InstructionSet instructions, List<PhysicalRule> into, InstanceMap by)
    {
        into.Clear();
        RuleTranslation.Translate(rule.Match, instructions, by, into);
        Part?.Ceded.Restrict(this, rule, into);
    }
}
