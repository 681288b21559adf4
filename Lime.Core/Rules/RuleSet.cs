using System.Collections;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>A table's rules, found by their keys, which lie in the rules themselves.</summary>
/// <remarks>A hash table that is written for this one purpose: a look-up reads the match where the app has put it,
/// compares words, goes from the table to the rule at once, and can be followed by an insertion that doesn't hash
/// again. Some thirty bytes a rule besides the rule. Enumerated in the order of insertion, as long as none is removed;
/// it must not grow meanwhile. Threading: the owner loop's.</remarks>
internal sealed class RuleSet : IReadOnlyCollection<FlowRule>
{
    private const int SizeMin = 16;

    /// <summary>Rules by hash, each at its place or behind it; at most half full. Its length is a power of
    /// two.</summary>
    private FlowRule?[] _index = [];

    private FlowRule?[] _inOrder = [];
    private readonly Stack<int> _freeInOrder = new();
    private int _used;
    private int _growths;

    public int Count => _used - _freeInOrder.Count;

    /// <summary>The hash of a key, to find and to add with.</summary>
    /// <param name="match">Normalised.</param>
    /// <param name="priority">The key's.</param>
    /// <param name="table">The key's.</param>
    public static uint HashOf(in Match match, ushort priority, TableId table)
    {
        ref readonly PacketFields mask = ref Match.MaskOf(match);
        ulong shape = mask.W0 + (3 * mask.W1) + (5 * mask.W2) + (9 * mask.W3) + (17 * mask.W4);
        uint shapeHash = (uint)(shape ^ (shape >> 32));
        uint hash = (uint)Match.ValuesOf(match).GetHashCode() + (shapeHash * 31) + (priority * 0x01000193u)
            + (table.Value * 0x00061c89u);
        return !match.HasFurther ? hash : hash + (uint)match.Further.GetHashCode();
    }

    /// <inheritdoc cref="HashOf(in Match, ushort, TableId)"/>
    public static uint HashOf(in RuleKey key) => HashOf(RuleKey.MatchOf(key), key.Priority, key.Table);

    public FlowRule? Find(in RuleKey key) => Find(HashOf(key), RuleKey.MatchOf(key), key.Priority, key.Table);

    /// <summary>The rule with this key, or null.</summary>
    public FlowRule? Find(uint hash, in Match match, ushort priority, TableId table)
    {
        FlowRule?[] index = _index;
        if (index.Length == 0) return null;
        uint mask = (uint)index.Length - 1;
        for (uint i = hash & mask; index[i] is { } rule; i = (i + 1) & mask)
        {
            if (rule.KeyHash != hash) continue;
            ref readonly RuleKey key = ref rule.Key;
            if (Match.AreEqual(RuleKey.MatchOf(key), match) && key.Priority == priority && key.Table == table)
                return rule;
        }
        return null;
    }

    /// <summary>Adds a rule whose key no other has.</summary>
    public void Add(FlowRule rule, uint hash)
    {
        if ((Count + 1) * 2 > _index.Length) GrowIndex();
        if (!_freeInOrder.TryPop(out int order)) order = _used++;
        if (order == _inOrder.Length) Array.Resize(ref _inOrder, Math.Max(SizeMin, order * 2));
        _growths++;
        rule.KeyHash = hash;
        rule.Order = order;
        _inOrder[order] = rule;
        _index[FreeFrom(hash)] = rule;
    }

    /// <summary>Takes a rule out.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Remove(FlowRule rule)
    {
        if (_index.Length == 0) return false;
        uint mask = (uint)_index.Length - 1;
        uint at = rule.KeyHash & mask;
        while (_index[at] != rule)
        {
            if (_index[at] is null) return false;
            at = (at + 1) & mask;
        }
        CloseUp(at);
        _inOrder[rule.Order] = null;
        _freeInOrder.Push(rule.Order);
        return true;
    }

    /// <summary>The last rule for which something holds, or null.</summary>
    public FlowRule? LastWhere(Func<FlowRule, bool> holds)
    {
        for (int i = _used - 1; i >= 0; i--)
        {
            if (_inOrder[i] is { } rule && holds(rule)) return rule;
        }
        return null;
    }

    /// <summary>Copies the next rules, from a place on.</summary>
    /// <param name="next">The place, 0 at first; then the one behind the last rule copied. Rules may be added and
    /// removed
    /// between two calls: those that were there all the time are copied once.</param>
    /// <param name="slice">Where to.</param>
    /// <returns>How many; fewer than the slice holds: these were the last.</returns>
    public int CopySlice(ref int next, Span<FlowRule> slice)
    {
        int count = 0;
        while (next < _used && count < slice.Length)
        {
            if (_inOrder[next++] is { } rule) slice[count++] = rule;
        }
        return count;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<FlowRule> IEnumerable<FlowRule>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Empties a place; rules behind it that would not be found any more move up.</summary>
    private void CloseUp(uint empty)
    {
        uint mask = (uint)_index.Length - 1;
        for (uint i = (empty + 1) & mask; _index[i] is { } next; i = (i + 1) & mask)
        {
            bool isReachable = ((i - next.KeyHash) & mask) < ((i - empty) & mask);
            if (isReachable) continue;
            _index[empty] = next;
            empty = i;
        }
        _index[empty] = null;
    }

    private uint FreeFrom(uint hash)
    {
        uint mask = (uint)_index.Length - 1;
        uint at = hash & mask;
        while (_index[at] is not null) at = (at + 1) & mask;
        return at;
    }

    private void GrowIndex()
    {
        _index = new FlowRule?[Math.Max(SizeMin, _index.Length * 2)];
        for (int i = 0; i < _used; i++)
        {
            if (_inOrder[i] is { } rule) _index[FreeFrom(rule.KeyHash)] = rule;
        }
    }

    /// <summary>Goes over the rules; a rule may be removed meanwhile, but none added.</summary>
    public struct Enumerator(RuleSet set) : IEnumerator<FlowRule>
    {
        private readonly int _growths = set._growths;
        private int _next;

        public FlowRule Current { get; private set; } = null!;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_growths != set._growths) throw new InvalidOperationException("A rule was added meanwhile.");
            while (_next < set._used)
            {
                if (set._inOrder[_next++] is not { } rule) continue;
                Current = rule;
                return true;
            }
            return false;
        }

        public void Reset() => _next = 0;

        public readonly void Dispose()
        {
        }
    }
}
