using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>The rules of a table that look at the same bits (a tuple of tuple space search).</summary>
/// <remarks>
/// Who looks for rules by some of these bits is given all of them while they are few. Of many an <see
/// cref="GroupIndex"/> by those bits is made, when it is asked for the second time; it is dropped when the group has
/// changed several times over without its being used. So strict commands on a table that nobody searches pay for none.
/// Life cycle: while it has rules. Threading: the owner loop's.
/// </remarks>
internal sealed class RuleGroup(in GroupShape shape)
{
    /// <summary>So many rules are looked at as soon as a hash is.</summary>
    private const int ScanMax = 16;

    /// <summary>Indexes at most: by all bits for packets, and by those of an app's two habits.</summary>
    private const int IndexesMax = 3;

    private const int UnusedMin = 1024;

    private readonly GroupShape _shape = shape;
    private readonly List<GroupIndex> _indexes = [];
    private FlowRule[] _rules = new FlowRule[2];
    private (PacketFields Mask, bool WithFurther)? _asked;

    public ref readonly GroupShape Shape => ref _shape;

    public int Count { get; private set; }

    /// <summary>No rule has a higher priority.</summary>
    public ushort PriorityMax { get; private set; }

    /// <summary>Whether Lime can read every further field that the rules look at.</summary>
    public bool IsReadable { get; } = shape.Further.All(each => PacketFurtherFields.CanRead(each));

    private ReadOnlySpan<FlowRule> Rules => _rules.AsSpan(0, Count);

    public void Add(FlowRule rule)
    {
        if (Count == _rules.Length) Array.Resize(ref _rules, Count * 2);
        rule.GroupPlace = Count;
        rule.Group = this;
        _rules[Count++] = rule;
        PriorityMax = Math.Max(PriorityMax, rule.Key.Priority);
        if (_indexes.Count > 0) DropUnused();
        foreach (GroupIndex index in _indexes) index.Link(rule.GroupPlace, Rules);
    }

    public void Remove(FlowRule rule)
    {
        FlowRule last = _rules[Count - 1];
        foreach (GroupIndex index in _indexes)
        {
            index.Unlink(rule.GroupPlace, rule);
            if (last != rule) index.Unlink(last.GroupPlace, last);
        }
        _rules[--Count] = null!;
        rule.Group = null;
        if (last == rule) return;
        _rules[rule.GroupPlace] = last;
        last.GroupPlace = rule.GroupPlace;
        foreach (GroupIndex index in _indexes) index.Link(last.GroupPlace, Rules);
    }

    /// <summary>Rules, among them all whose values are these in the bits of a mask.</summary>
    /// <param name="fields">The usual fields.</param>
    /// <param name="mask">Of the bits that the rules look at, those that count.</param>
    /// <param name="further">If the further ones count too: what they are, at least those that the rules look
    /// at.</param>
    public RuleCursor Candidates(in PacketFields fields, in PacketFields mask, FurtherFields? further = null)
    {
        bool withFurther = further is not null && _shape.Further.Count > 0;
        bool isAll = !withFurther && mask == default;
        if (isAll || Count <= ScanMax || FindIndex(mask, withFurther) is not { } index) return new RuleCursor(Rules);
        return new RuleCursor(Rules, index, index.First(fields, withFurther ? further! : FurtherFields.None));
    }

    private GroupIndex? FindIndex(in PacketFields mask, bool withFurther)
    {
        foreach (GroupIndex each in _indexes)
        {
            if (!each.IsBy(mask, withFurther)) continue;
            each.ChangesUnused = 0;
            return each;
        }
        bool isAskedAgain = _asked == (mask, withFurther);
        _asked = (mask, withFurther);
        if (!isAskedAgain) return null;
        if (_indexes.Count == IndexesMax) _indexes.Remove(_indexes.MaxBy(each => each.ChangesUnused)!);
        var index = new GroupIndex(mask, withFurther ? _shape.Further : FurtherFields.None, Rules);
        _indexes.Add(index);
        return index;
    }

    private void DropUnused()
    {
        foreach (GroupIndex each in _indexes) each.ChangesUnused++;
        _indexes.RemoveAll(each => each.ChangesUnused > UnusedMin + (2 * Count));
    }
}
