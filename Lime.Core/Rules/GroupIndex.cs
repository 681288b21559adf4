using System.Numerics;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>The rules of a group by what they want in some of the bits that they look at.</summary>
/// <remarks>Chains of places in the group, linked both ways; a place is told as its number and 1, so that 0 is none.
/// Twelve to twenty bytes a rule. Life cycle: made when it is asked for, dropped by its group when it is not used.
/// Threading: the owner loop's.</remarks>
internal sealed class GroupIndex
{
    private readonly PacketFields _mask;
    private readonly FurtherFields _further;
    private int[] _heads = [];
    private int[] _next = [];
    private int[] _previous = [];

    /// <summary>Indexes rules by the bits of a mask, and by all of their further fields if those are given.</summary>
    public GroupIndex(in PacketFields mask, FurtherFields further, ReadOnlySpan<FlowRule> rules)
    {
        _mask = mask;
        _further = further;
        Rebuild(rules);
    }

    /// <summary>Changes of the group since it was last asked.</summary>
    public int ChangesUnused { get; set; }

    public bool IsBy(in PacketFields mask, bool withFurther) =>
        withFurther == (_further.Count > 0) && PacketFields.AreEqual(mask, _mask);

    /// <summary>The first place where a rule may want these fields.</summary>
    /// <param name="fields">The usual ones; what is outside the mask doesn't count.</param>
    /// <param name="further">The further ones; they count if the index is by them.</param>
    /// <returns>The place's number and 1; 0: none does.</returns>
    public int First(in PacketFields fields, FurtherFields further) =>
        FurtherShape.TryHash(_further, further, out uint hash) ? _heads[BucketOf(fields, hash)] : 0;

    /// <summary>The next such place, if any.</summary>
    public int Next(int place) => _next[place - 1];

    /// <summary>A rule has come to a place, the last one or one that has been given up.</summary>
    /// <param name="at">The place's number.</param>
    /// <param name="rules">All of the group, the rule among them.</param>
    public void Link(int at, ReadOnlySpan<FlowRule> rules)
    {
        if (at >= _next.Length)
        {
            Rebuild(rules);
            return;
        }
        ref int head = ref HeadOf(rules[at]);
        _next[at] = head;
        _previous[at] = 0;
        if (head != 0) _previous[head - 1] = at + 1;
        head = at + 1;
    }

    /// <summary>A rule leaves its place.</summary>
    public void Unlink(int at, FlowRule rule)
    {
        int next = _next[at];
        int previous = _previous[at];
        if (next != 0) _previous[next - 1] = previous;
        if (previous != 0) _next[previous - 1] = next;
        else HeadOf(rule) = next;
    }

    private void Rebuild(ReadOnlySpan<FlowRule> rules)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)rules.Length + 1);
        _heads = new int[size];
        _next = new int[size];
        _previous = new int[size];
        for (int i = 0; i < rules.Length; i++) Link(i, rules);
    }

    private ref int HeadOf(FlowRule rule)
    {
        ref readonly Match match = ref RuleKey.MatchOf(rule.Key);
        FurtherShape.TryHash(_further, match.Further, out uint hash);
        return ref _heads[BucketOf(Match.ValuesOf(match), hash)];
    }

    private int BucketOf(in PacketFields fields, uint furtherHash) =>
        (int)(((uint)fields.And(_mask).GetHashCode() + furtherHash) & (uint)(_heads.Length - 1));
}
