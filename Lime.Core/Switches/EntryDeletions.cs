using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Deletes an instance's entries, and awaits what the switch has to report of them.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class EntryDeletions(Instance instance)
{
    private readonly List<PhysicalRule> _entries = [];

    /// <summary>Deletes a rule's entries.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="instructions">What it did when it was installed.</param>
    /// <param name="removal">Where the entries' counters go; null: to the rule.</param>
    /// <returns>How many entries.</returns>
    public int Delete(FlowRule rule, in InstructionSet instructions, Removal? removal)
    {
        instance.Translate(rule, instructions, _entries);
        foreach (PhysicalRule each in _entries) DeleteEntry(rule, each, removal);
        return _entries.Count;
    }

    /// <summary>As <see cref="Delete"/>, where one command deletes the entries of several rules.</summary>
    public void Expect(FlowRule rule, in InstructionSet instructions, Removal? removal)
    {
        if (rule.IsAdopted || !instance.Physical.IsConnected) return;
        instance.Translate(rule, instructions, _entries);
        foreach (PhysicalRule each in _entries)
        {
            RemovalLedger.Note note = instance.Ledger.Expect(instance.KeyOf(rule, each.Match), rule, removal);
            if (MayLackEntries) _ = EndWaitingAsync(note);
        }
    }

    /// <summary>Deletes a rule's entries whose counters don't matter, or have been read.</summary>
    /// <returns>How many entries.</returns>
    public int DeleteSilently(FlowRule rule, in InstructionSet instructions)
    {
        instance.Translate(rule, instructions, _entries);
        foreach (PhysicalRule each in _entries) DeleteEntrySilently(rule, each);
        return _entries.Count;
    }

    /// <summary>Deletes one entry, and awaits its last counters.</summary>
    public void DeleteEntry(FlowRule rule, in PhysicalRule entry, Removal? removal)
    {
        RemovalLedger.Note? note = !rule.IsAdopted && instance.Physical.IsConnected
            ? instance.Ledger.Expect(instance.KeyOf(rule, entry.Match), rule, instance.IsGivenUp ? null : removal)
            : null;
        // Without a removal the rule lives on, and its entry goes for reasons of Lime's own.
        SendDeletion(removal is null ? default : rule.AppXid, rule, entry);
        instance.Course?.Note(rule, entry.Match, EntryUse.None, EntryUse.OfRule(entry.Instructions));
        if (note is not null && MayLackEntries) _ = EndWaitingAsync(note);
    }

    /// <summary>Deletes one entry whose counters don't matter, or have been read.</summary>
    public void DeleteEntrySilently(FlowRule rule, in PhysicalRule entry)
    {
        SendDeletion(default, rule, entry);
        instance.Course?.Note(rule, entry.Match, EntryUse.None, EntryUse.OfRule(entry.Instructions));
    }

    /// <summary>As <see cref="DeleteSilently"/>, at an instance that may report the end of its entries when it has
    /// become one that carries traffic, and may not have had them.</summary>
    public void DeleteAwaited(FlowRule rule)
    {
        instance.Translate(rule, rule.Instructions, _entries);
        foreach (PhysicalRule each in _entries)
        {
            RemovalLedger.Note? note = instance.Physical.IsConnected
                ? instance.Ledger.Expect(instance.KeyOf(rule, each.Match), rule, null)
                : null;
            DeleteEntrySilently(rule, each);
            if (note is not null) _ = EndWaitingAsync(note);
        }
    }

    private void SendDeletion(Xid appXid, FlowRule rule, in PhysicalRule entry)
    {
        instance.Send(appXid, new FlowMod
        {
            Command = FlowModCommand.DeleteStrict,
            Match = entry.Match,
            Priority = rule.Priority,
            Table = rule.Key.Table,
            Cookie = rule.Cookie,
        });
    }

    /// <summary>Whether it may lack entries that it should have: it has refused some, or lost them with its
    /// table.</summary>
    private bool MayLackEntries => !instance.IsReconciled || instance.VirtualSwitch.Reconciliation.IsInDoubt;

    /// <summary>Reports come before the reply to a barrier behind the deletion; an entry that was not there reports
    /// nothing.</summary>
    private async Task EndWaitingAsync(RemovalLedger.Note note)
    {
        note.Answer = instance.Physical.BarrierAsync();
        try
        {
            await note.Answer;
        }
        catch (OpenFlowRequestException)
        {
            return; // Lost: then all is given up that was awaited.
        }
        if (instance.Ledger.Forget(note) is { } complete) instance.VirtualSwitch.Report(complete);
    }
}
