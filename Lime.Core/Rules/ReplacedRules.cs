using System.Diagnostics.CodeAnalysis;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What rules were like before the latest ADDs in their places: a switch that refuses one keeps what it had
/// (1.0.0 section 4.6, 1.3.5 section 6.4: an error leaves the table as it is).</summary>
/// <remarks>Bound: the last <see cref="CountMax"/>; an error comes within a round trip. Grows up to it, so that
/// thousands of quiet switches cost little. Threading: the owner loop's.</remarks>
internal sealed class ReplacedRules
{
    private const int CountMin = 4;
    private const int CountMax = 256;

    private Entry[] _entries = [];
    private int _next;

    /// <summary>A rule is about to be replaced.</summary>
    public void Keep(FlowRule rule, Xid by)
    {
        if (_next == _entries.Length)
        {
            if (_entries.Length < CountMax) Array.Resize(ref _entries, Math.Max(CountMin, _entries.Length * 2));
            else _next = 0;
        }
        _entries[_next++] = new Entry
        {
            By = by,
            Rule = rule,
            Before = rule.Keep(),
            LatestAdd = rule.LatestAdd,
            WasThere = true,
        };
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
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.By != refused || entry.Rule is not { } replaced) continue;
            before = entry.WasThere ? entry.Before : null;
            if (!Correct(replaced, refused, before)) rule = replaced;
            return rule is not null;
        }
        return false;
    }

    /// <summary>The ADD that made a rule was refused: what replaced it found nothing there.</summary>
    /// <returns>Whether anything has replaced it.</returns>
    public bool WasNotThere(FlowRule rule, Xid refused) => Correct(rule, refused, null);

    /// <summary>As <see cref="WasNotThere(FlowRule, Xid)"/>, of a rule that has been deleted meanwhile.</summary>
    public void WasNotThere(Xid refused)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Rule is { } rule && rule.AddedBy == refused) Correct(rule, refused, null);
        }
    }

    /// <summary>Whether an ADD in a rule's place is known to have found nothing there.</summary>
    public bool FoundNothing(FlowRule rule, Xid by)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Rule == rule && entry.By == by) return !entry.WasThere;
        }
        return false;
    }

    private bool Correct(FlowRule rule, Xid refused, RuleAsItWas? before)
    {
        bool isReplaced = false;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Rule != rule || entry.By == refused || entry.LatestAdd != refused) continue;
            isReplaced = true;
            entry.WasThere = before is not null;
            if (before is { } known) entry.Before = known;
        }
        return isReplaced;
    }

    private struct Entry
    {
        public Xid By;
        public FlowRule? Rule;
        public RuleAsItWas Before;
        public Xid LatestAdd;
        public bool WasThere;
    }
}
