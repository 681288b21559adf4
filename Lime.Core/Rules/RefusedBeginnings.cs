using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>Entries of a migration's target that go on counting for a rule as it was before: the target has refused the
/// ADD that was to begin the rule's counters anew, and a switch keeps what it has where it refuses (1.0.0 section 4.6,
/// 1.3.5 section 6.4).</summary>
/// <remarks>What such an entry tells belongs to counters that are gone. Bound: the last <see cref="SentMax"/> ADDs
/// under way, and an entry a rule. Threading: the owner loop's.</remarks>
internal sealed class RefusedBeginnings
{
    private const int SentMax = 256;

    private readonly Queue<(Xid Xid, RuleKey Entry, FlowRule Rule)> _sent = [];
    private readonly Dictionary<RuleKey, (FlowRule Rule, long Beginning)> _refused = [];

    /// <summary>An ADD of an entry has been sent; it is believed until it is refused.</summary>
    /// <param name="xid">Its id.</param>
    /// <param name="entry">Of which entry.</param>
    /// <param name="rule">Whose entry.</param>
    public void IsSent(Xid xid, in RuleKey entry, FlowRule rule)
    {
        _refused.Remove(entry);
        if (_sent.Count >= SentMax) _sent.Dequeue();
        _sent.Enqueue((xid, entry, rule));
    }

    /// <summary>The switch has refused a command.</summary>
    public void IsRefused(Xid xid)
    {
        foreach ((Xid sent, RuleKey entry, FlowRule rule) in _sent)
        {
            if (sent == xid) _refused[entry] = (rule, rule.Beginning);
        }
    }

    /// <summary>Whether an entry counts for its rule as it was before.</summary>
    public bool Has(in RuleKey entry, FlowRule rule) =>
        _refused.TryGetValue(entry, out (FlowRule Rule, long Beginning) refused)
        && refused.Rule == rule && refused.Beginning == rule.Beginning;

    /// <summary>Whether any entry of a rule does.</summary>
    public bool HasAny(FlowRule rule)
    {
        foreach ((FlowRule refused, long beginning) in _refused.Values)
        {
            if (refused == rule && beginning == rule.Beginning) return true;
        }
        return false;
    }
}
