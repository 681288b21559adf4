using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What rules were like before the latest ADDs in their places: a switch that refuses one keeps what it had
/// (1.0.0 section 4.6, 1.3.5 section 6.4: an error leaves the table as it is).</summary>
/// <remarks>Bound: the last <see cref="CountMax"/>; an error comes within a round trip. Allocates once. Threading: the
/// owner loop's.</remarks>
internal sealed class ReplacedRules
{
    private const int CountMax = 256;

    private Entry[] _entries = [];
    private int _next;

    /// <summary>A rule is about to be replaced.</summary>
    public void Keep(FlowRule rule, Xid by)
    {
        if (_entries.Length == 0) _entries = new Entry[CountMax];
        _entries[_next] = new Entry { By = by, Rule = rule, Before = rule.Keep(), WasThere = true };
        _next = (_next + 1) % CountMax;
    }

    /// <summary>A command was refused: finds what the rule is instead.</summary>
    /// <param name="refused">The command.</param>
    /// <param name="rule">The rule that it replaced, if it is the latest command on it.</param>
    /// <param name="before">What the rule is then; null: it is not there.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryUndo(Xid refused, out FlowRule? rule, out RuleAsItWas? before)
    {
        rule = null;
        before = null;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.By != refused || entry.Rule is not { } replaced) continue;
            before = entry.WasThere ? entry.Before : null;
            if (replaced.AppXid == refused) rule = replaced;
            else Correct(replaced, refused, before);
            return rule is not null;
        }
        return false;
    }

    /// <summary>The ADD that made a rule was refused, and others in its place have followed: there was nothing for them
    /// to replace.</summary>
    public void WasNotThere(FlowRule rule, Xid refused) => Correct(rule, refused, null);

    private void Correct(FlowRule rule, Xid refused, RuleAsItWas? before)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Rule != rule || entry.Before.AppXid != refused) continue;
            entry.WasThere = before is not null;
            if (before is { } known) entry.Before = known;
        }
    }

    private struct Entry
    {
        public Xid By;
        public FlowRule? Rule;
        public RuleAsItWas Before;
        public bool WasThere;
    }
}
