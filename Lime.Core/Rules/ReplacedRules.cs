using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What rules were like before the latest ADDs in their places: a switch that refuses one keeps what it had
/// (1.0.0 section 4.6, 1.3.5 section 6.4: an error leaves the table as it is).</summary>
/// <remarks>
/// Most ADDs say again what is there. Of those only the times and ids are kept: their entries are <em>brief</em>, and
/// the rest is what the rule still says. So whoever makes a rule say something else calls <see cref="WriteOut"/> first,
/// after which no entry is brief; each is written out once at most, so that this costs no more than if it had been
/// written so at once.
/// Bound: the last <see cref="CountMax"/>; an error comes within a round trip. Grows up to it, so that
/// thousands of quiet switches cost little. Threading: the owner loop's.
/// </remarks>
internal sealed class ReplacedRules
{
    private const int CountMin = 4;
    private const int CountMax = 256;

    private Entry[] _entries = [];

    /// <summary>What entries of the same number say that aren't brief; as long as those, or empty.</summary>
    private RuleAsItWas[] _written = [];

    private int _next;

    /// <summary>Whether any entry may be brief.</summary>
    private bool _hasBrief;

    /// <summary>A rule is about to be replaced by an ADD that says the same (<see
    /// cref="FlowRule.IsSaidBy"/>).</summary>
    public void KeepBriefly(FlowRule rule, Xid by)
    {
        ref Entry entry = ref Next();
        entry.By = by;
        entry.LatestAdd = rule.LatestAdd;
        entry.InstalledTicks = rule.InstalledTicks;
        entry.Beginning = rule.Beginning;
        entry.Form = EntryForm.Brief;
        // A reference that is written into an array costs more than one that is read.
        if (entry.Rule != rule) entry.Rule = rule;
        _hasBrief = true;
    }

    /// <summary>A rule is about to be replaced.</summary>
    public void Keep(FlowRule rule, Xid by)
    {
        WriteOut();
        ref Entry entry = ref Next();
        entry = new Entry { By = by, Rule = rule, LatestAdd = rule.LatestAdd, Form = EntryForm.Written };
        Write(_next - 1, rule.Keep());
    }

    /// <summary>A rule is about to say something else.</summary>
    public void WriteOut()
    {
        if (_hasBrief) WriteOutAll();
    }

    /// <summary>An ADD was refused: finds the rule that it had replaced, and what that is instead.</summary>
    /// <param name="refused">The ADD.</param>
    /// <param name="rule">The rule, unless another ADD in its place has come behind.</param>
    /// <param name="before">What the rule was; null: it was not there.</param>
    /// <returns>Whether the rule is known, and this was the latest ADD.</returns>
    public bool TryUndo(Xid refused, [NotNullWhen(true)] out FlowRule? rule, out RuleAsItWas? before)
    {
        rule = null;
        before = null;
        WriteOut();
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.By != refused || entry.Rule is not { } replaced) continue;
            before = entry.Form == EntryForm.Written ? _written[i] : null;
            if (!Correct(replaced, refused, before)) rule = replaced;
            return rule is not null;
        }
        return false;
    }

    /// <summary>The ADD that made a rule was refused: what replaced it found nothing there.</summary>
    /// <returns>Whether anything has replaced it.</returns>
    public bool WasNotThere(FlowRule rule, Xid refused)
    {
        WriteOut();
        return Correct(rule, refused, null);
    }

    private bool Correct(FlowRule rule, Xid refused, RuleAsItWas? before)
    {
        bool isReplaced = false;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Rule != rule || entry.By == refused || entry.LatestAdd != refused) continue;
            isReplaced = true;
            entry.Form = before is null ? EntryForm.NotThere : EntryForm.Written;
            if (before is { } known) Write(i, known);
        }
        return isReplaced;
    }

    private ref Entry Next()
    {
        if (_next == _entries.Length) MakeRoom();
        return ref _entries[_next++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        if (_entries.Length < CountMax) Array.Resize(ref _entries, Math.Max(CountMin, _entries.Length * 2));
        else _next = 0;
    }

    private void Write(int index, in RuleAsItWas before)
    {
        if (_written.Length < _entries.Length) Array.Resize(ref _written, _entries.Length);
        _written[index] = before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteOutAll()
    {
        _hasBrief = false;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Form != EntryForm.Brief) continue;
            entry.Form = EntryForm.Written;
            Write(i, entry.Rule!.KeepAsSaid(entry.LatestAdd, entry.InstalledTicks, entry.Beginning));
        }
    }

    private enum EntryForm : byte
    {
        /// <summary>There was no rule, as is known by now; or there is no entry yet.</summary>
        NotThere,

        /// <summary>The rule said what it says now; nothing was counted, and no MODIFY had come since its
        /// ADD.</summary>
        Brief,

        /// <summary>What it was is written out.</summary>
        Written,
    }

    private struct Entry
    {
        public FlowRule? Rule;
        public long InstalledTicks;
        public long Beginning;
        public Xid By;
        public Xid LatestAdd;
        public EntryForm Form;
    }
}
