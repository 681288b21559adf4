namespace Lime.Benchmarks.Cbench;

/// <summary>Which ids of a growing sequence have been answered: each counts once.</summary>
/// <remarks>
/// Answers come nearly in order, so all below a floor are done, and of those above it there is a bit each, in a ring
/// that grows up to <see cref="SpanMax"/>. An id that so many younger ones have overtaken counts as lost: an answer
/// to it is taken for a duplicate from then on.
/// Threading: one thread. Nothing is allocated once the ring has its size.
/// </remarks>
internal sealed class AnsweredIds
{
    /// <summary>2 MiB of bits.</summary>
    public const long SpanMax = 1 << 24;

    private const int SpanAtFirst = 4096;

    private ulong[] _ring = new ulong[SpanAtFirst / 64];
    private long _floor = 1;
    private long _aboveFloor;

    /// <summary>Ids that are not waited for any more.</summary>
    public long Lost { get; private set; }

    /// <summary>Notes an answer.</summary>
    /// <returns>Whether it is the first one to this id.</returns>
    public bool TryAdd(uint id)
    {
        if (id == _floor && _aboveFloor == 0)
        {
            _floor++;
            return true;
        }
        return id >= _floor && TryAddAbove(id);
    }

    private bool TryAddAbove(long id)
    {
        if (id - _floor >= Span) MakeRoomFor(id);
        ref ulong word = ref WordOf(id);
        ulong bit = BitOf(id);
        if ((word & bit) != 0) return false;
        word |= bit;
        _aboveFloor++;
        while (_aboveFloor > 0 && TryTakeFloor()) _floor++;
        return true;
    }

    private long Span => (long)_ring.Length * 64;

    private bool TryTakeFloor()
    {
        ref ulong word = ref WordOf(_floor);
        ulong bit = BitOf(_floor);
        if ((word & bit) == 0) return false;
        word &= ~bit;
        _aboveFloor--;
        return true;
    }

    private ref ulong WordOf(long id) => ref _ring[(id >> 6) & (_ring.Length - 1)];

    private static ulong BitOf(long id) => 1ul << (int)(id & 63);

    private void MakeRoomFor(long id)
    {
        while (id - _floor >= Span && Span < SpanMax) Grow();
        while (id - _floor >= Span)
        {
            if (!TryTakeFloor()) Lost++;
            _floor++;
        }
    }

    private void Grow()
    {
        ulong[] before = _ring;
        long end = _floor + Span;
        _ring = new ulong[before.Length * 2];
        for (long id = _floor; id < end; id++)
        {
            if ((before[(id >> 6) & (before.Length - 1)] & BitOf(id)) != 0) WordOf(id) |= BitOf(id);
        }
    }
}
