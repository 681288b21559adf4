using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>Changes rules at several instances so that no packet meets the new rule before another, which
/// depends on it, could meet the old one (paper section 4.1): first a guard everywhere that takes the pattern's
/// packets out of the way, then the rule everywhere, then the packets held meanwhile, in order, by the new
/// rule.</summary>
/// <remarks>Changes that commute with everything in flight need no guard (<see cref="CommutingUpdates"/>). An instance
/// that doesn't answer holds up a transaction until no traffic comes to it any more (<see cref="Carriers"/>); so every
/// transaction ends, with no guard left at an instance that stays. Threading: the owner loop's; one run at a
/// time.</remarks>
internal sealed class TwoPhaseUpdate(VirtualSwitch virtualSwitch, int heldPacketsMax)
{
    private readonly List<RuleChange> _changes = [];
    private readonly List<RuleChange> _guarded = [];
    private readonly HeldPackets _held = new(virtualSwitch, heldPacketsMax);
    private readonly DropGuards _dropGuards = new(virtualSwitch);
    private long _barriers;

    /// <summary>How updates are made now.</summary>
    public UpdateTerms Terms { get; set; } = UpdateTerms.None(virtualSwitch.Loop);

    public long Updates { get; private set; }

    public long Held => _held.Held;

    public long Lost => _held.Lost;

    public (long Released, bool HoldsPackets) Holding(DatapathId instance) =>
        (_held.ReleasedFrom(instance), _held.HoldsFrom(instance));

    /// <summary>Whether packets of guards that are gone may still come, and only their looks tell them.</summary>
    public bool MayComeLate => _held.MayComeLate;

    /// <summary>Flow-mods to live instances and barriers so far, for the difference.</summary>
    public long MessagesSent => _barriers + virtualSwitch.Live.Sum(each => each.FlowModsSent);

    /// <summary>Carries out a transaction.</summary>
    public async Task RunAsync(List<QueuedCommand> batch)
    {
        long before = MessagesSent;
        UpdateAccount account = Terms.Account;
        account.Begin();
        try
        {
            _changes.Clear();
            foreach (QueuedCommand command in batch) Resolve(command);
            // No packet may meet a group's new buckets by one rule that uses it and its old ones by another.
            QueuedCommand? between = batch.Find(each => IsGroupChange(each) && !each.IsRefused);
            bool hasRules = _changes.Count > 0;
            if (hasRules) await ChangeRulesAsync(between);
            foreach (QueuedCommand command in batch)
            {
                bool isDone = hasRules && command == between;
                if (command.Message is { } message && !command.IsRefused && !isDone)
                    await ChangeResourceAsync(message, command.Xid);
            }
            foreach (QueuedCommand command in batch)
            {
                ReleaseBuffer(command);
                if (command.PacketOut is { } packetOut) virtualSwitch.SendClaimed(packetOut.ToMessage(), command.Xid);
            }
        }
        finally
        {
            account.End(MessagesSent - before);
        }
    }

    /// <summary>Carries out one command while one instance carries all traffic: without guards, and without waiting,
    /// as on a single switch.</summary>
    public async Task RunAsideAsync(QueuedCommand command)
    {
        _changes.Clear();
        Resolve(command);
        Updates += _changes.Count;
        Terms.Account.RulesAreChangedAside(_changes.Count);
        virtualSwitch.Miss.Bridge(_changes);
        foreach (RuleChange change in _changes.Where(each => !each.IsByGroup))
            RuleIssue.Issue(virtualSwitch, change);
        RestoreMissRule();
        _changes.Clear();
        if (command.Message is { } message && !command.IsRefused) await ChangeResourceAsync(message, command.Xid);
        if (command.FlowMod.BufferId == BufferId.None) return;
        await ConfirmAsync();
        ReleaseBuffer(command);
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update, sends it on.</summary>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        (long held, long lost, long late) = (_held.Held, _held.Lost, _held.Late);
        if (!_held.TryHold(instance, packetIn, virtualPort)) return false;
        UpdateAccount account = Terms.Account;
        if (_held.Held > held) account.PacketWasHeld(packetIn.Data.Length);
        else if (_held.Lost > lost) account.PacketFoundNoRoom();
        else if (_held.Late > late) account.PacketCameLate();
        return true;
    }

    /// <summary>A rule in a form of Lime's has changed without a guard.</summary>
    public void FormHasChanged(Instance instance, FlowRule rule) => _held.FormHasChanged(instance, rule);

    /// <summary>Completes when every instance that carries traffic has what was sent to it.</summary>
    public Task ConfirmAsync() => ConfirmAsync(Terms.WaitsForEvidence);

    /// <summary>As <see cref="ConfirmAsync()"/>, and by what evidence.</summary>
    public Task ConfirmAsync(bool wantsEvidence)
    {
        _barriers += virtualSwitch.Live.Count;
        return virtualSwitch.Updates.Carriers.ConfirmAsync(wantsEvidence);
    }

    /// <summary>As <see cref="ConfirmAsync()"/>, for an app that relies on it.</summary>
    public Task ConfirmForAppAsync()
    {
        _barriers += virtualSwitch.Live.Count;
        return virtualSwitch.Updates.Carriers.ConfirmAsync(Terms.WaitsForEvidence, isForApp: true);
    }

    private static bool IsGroupChange(QueuedCommand command) =>
        command.Message is GroupMod { Command: GroupModCommand.Modify };

    private async Task ChangeRulesAsync(QueuedCommand? between)
    {
        bool[] needsGuard = ChooseGuards();
        Updates += _changes.Count;
        Terms.Account.RulesAreChanged(
            _guarded.Count + _dropGuards.Count, _changes.Count - _guarded.Count - _dropGuards.Count);
        Cookie[] marks = _held.Guard(_guarded, _changes);
        foreach (Instance instance in virtualSwitch.Live)
        {
            for (int i = 0; i < marks.Length; i++) instance.InstallGuard(_guarded[i], marks[i]);
        }
        _dropGuards.Install();
        if (_guarded.Count + _dropGuards.Count > 0) await ConfirmAsync();
        _held.GuardsAreConfirmed();
        if (between?.Message is { } groupMod) await ChangeResourceAsync(groupMod, between.Xid);
        virtualSwitch.Miss.Bridge(_changes);
        foreach (int i in FinalOrder())
        {
            if (needsGuard[i]) IssueFinal(_changes[i]);
            else RuleIssue.Issue(virtualSwitch, _changes[i]);
        }
        _held.RulesAreSent();
        await ConfirmAsync();
        if (_dropGuards.Count > 0)
        {
            _dropGuards.Remove(Terms.Account.PacketsWereLost);
            await ConfirmAsync();
        }
        RestoreMissRule();
        Terms.Account.HeldAreReleased();
        _held.ReleaseAll();
        _changes.Clear();
        _guarded.Clear();
    }

    /// <summary>Which changes are to be guarded in the rule's own place; others get a guard above it, or
    /// none.</summary>
    private bool[] ChooseGuards()
    {
        var needsGuard = new bool[_changes.Count];
        // What a switch has instead of a rule that it refused is not known yet.
        bool[] commutes = virtualSwitch.Reconciliation.IsInDoubt
            ? new bool[_changes.Count]
            : CommutingUpdates.Find(_changes, virtualSwitch.Table);
        _guarded.Clear();
        for (int i = 0; i < needsGuard.Length; i++)
        {
            if (commutes[i]) continue;
            if (Terms.Guard == GuardMode.Drop && _dropGuards.TryPlace(_changes[i], _changes)) continue;
            needsGuard[i] = true;
            _guarded.Add(_changes[i]);
        }
        if (!_held.HasMarks) _guarded.Sort(static (a, b) => b.Rule.Key.Priority.CompareTo(a.Rule.Key.Priority));
        return needsGuard;
    }

    /// <summary>Where packet-ins name no rule, deletions come last, and of them the least of priority first, as guards
    /// come from the highest priority down: so at no moment a packet meets the guard of a rule in place of one that
    /// outranks it, which would be in doubt, and counted under the wrong one.</summary>
    private IEnumerable<int> FinalOrder()
    {
        IEnumerable<int> asChanged = Enumerable.Range(0, _changes.Count);
        return _held.HasMarks
            ? asChanged
            : asChanged.OrderBy(
                i => _changes[i].Kind == RuleChangeKind.Removed ? _changes[i].Rule.Key.Priority + 1 : 0);
    }

    private void ReleaseBuffer(QueuedCommand command)
    {
        if (command.IsFlowMod && !command.IsRefused) virtualSwitch.ReleaseBuffer(command.FlowMod, command.Xid);
    }

    private void RestoreMissRule()
    {
        foreach (RuleChange change in _changes)
        {
            if (change.Kind == RuleChangeKind.Removed) virtualSwitch.RuleWasRemoved(change.Rule);
        }
    }

    /// <summary>The rules that went with it are gone everywhere, and what comes behind waits for the barrier.</summary>
    private async Task ChangeResourceAsync(OpenFlowMessage command, Xid appXid)
    {
        virtualSwitch.Resources.Issue(command, appXid);
        await ConfirmAsync();
    }

    private void Resolve(QueuedCommand command)
    {
        if (command.Expiry is null) virtualSwitch.SerialOrder?.Invoke(new(command.Xid));
        if (command.PacketOut is not null) return; // It leaves behind the rules.
        int before = _changes.Count;
        (ErrorType, ushort)? refusal = command switch
        {
            { Message: { } message } => Resolve(message, command.Xid),
            { Expiry: { } expiry } => Resolve(expiry),
            _ => Resolve(command.FlowMod, command.Xid),
        };
        for (int i = before; i < _changes.Count; i++)
        {
            // Lime's own rule may be in its place, whose counters are not this one's.
            if (TableMissRule.IsReplacedBy(_changes[i])) _changes[i] = _changes[i] with { CountsAnew = true };
            virtualSwitch.Timeouts.Changed(_changes[i]);
        }
        command.IsRefused = refusal is not null;
        if (refusal is { } reason && virtualSwitch.Primary?.Physical.Channel?.Codec is { } codec)
            virtualSwitch.Refuse(command.Xid, reason, Quote(codec, command));
    }

    private (ErrorType, ushort)? Resolve(in FlowMod flowMod, Xid appXid)
    {
        InstanceMap map = virtualSwitch.Primary?.Map ?? InstanceMap.Identity;
        var context = new CommandContext(appXid, virtualSwitch.Loop.NowTicks, map)
        {
            Groups = virtualSwitch.Groups,
            Meters = virtualSwitch.Meters,
        };
        return CommandResolution.Resolve(virtualSwitch.Table, flowMod, context, _changes);
    }

    private (ErrorType, ushort)? Resolve(RuleExpiry expiry)
    {
        if (!expiry.IsDue) return null;
        FlowRule rule = expiry.Rule;
        virtualSwitch.SerialOrder?.Invoke(new(default, rule.Key, expiry.Reason));
        virtualSwitch.Table.Remove(rule);
        _changes.Add(new RuleChange(RuleChangeKind.Removed, rule, rule.Instructions) { Reason = expiry.Reason });
        return null;
    }

    private (ErrorType, ushort)? Resolve(OpenFlowMessage message, Xid appXid)
    {
        if (virtualSwitch.Resources.FindFault(message) is { } fault) return fault;
        virtualSwitch.Resources.Apply(message, appXid, _changes);
        if (message is not GroupMod { Command: GroupModCommand.Modify } groupMod) return null;
        // Rules that lead to the group do something else from now on, though they stay as they are.
        foreach (FlowRule user in virtualSwitch.Groups.FindRulesThatUse(groupMod.Group, virtualSwitch.Table))
        {
            _changes.Add(new RuleChange(RuleChangeKind.Modified, user, user.Instructions)
            {
                CookieBefore = user.Cookie,
                EntryFlagsBefore = user.EntryFlags,
                IsByGroup = true,
            });
        }
        return null;
    }

    private static ImmutableArray<byte> Quote(OpenFlowCodec codec, QueuedCommand command) =>
        command.Message is { } message
            ? CommandPath.Quote(codec, command.Xid, message)
            : CommandPath.Quote(codec, command.Xid, command.FlowMod);

    private void IssueFinal(in RuleChange change)
    {
        if (change.Kind == RuleChangeKind.Removed)
        {
            RuleIssue.Delete(virtualSwitch, change);
            return;
        }
        if (change.Rule.IsRemoved)
        {
            // It went meanwhile, deleted at a switch by somebody else: its guard must not stay.
            foreach (Instance instance in virtualSwitch.Live)
                instance.Deletions.DeleteSilently(change.Rule, change.Rule.Instructions);
            return;
        }
        // The guard's entry becomes the rule's: its counters go on, so each packet is counted once. Either command
        // takes the guard's cookie away.
        FlowModCommand command = _held.HasMarks ? FlowModCommand.Add : FlowModCommand.ModifyStrict;
        foreach (Instance instance in virtualSwitch.Live)
        {
            bool hasRefused = instance.Ledger.Refused?.HasAny(change.Rule) == true;
            if (!hasRefused) instance.Install(change.Rule, command, change.Before);
            // What may still come to one that is left was sent before the change, and meets the rule as it was.
            else if (!virtualSwitch.Updates.Carriers.IsLeft(instance))
                instance.Install(change.Rule, FlowModCommand.Add, change.Before, BufferId.None, countsAnew: true);
        }
    }
}
