using Lime.Benchmarks.Cbench;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: each id counts once, whatever the order of answers. Method: against a plain set.</remarks>
public sealed class AnsweredIdsTests
{
    [Test]
    public void Each_id_counts_once_in_any_order([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var ids = new AnsweredIds();
        var known = new HashSet<uint>();
        for (int i = 0; i < 100_000; i++)
        {
            uint id = (uint)Math.Max(1, (i / 2) + random.Next(-3000, 20_000));
            Assert.That(ids.TryAdd(id), Is.EqualTo(known.Add(id)), $"{id}");
        }
        Assert.That(ids.Lost, Is.Zero);
    }

    [Test]
    public void Ids_in_order_need_no_ring()
    {
        var ids = new AnsweredIds();
        for (uint id = 1; id < 1_000_000; id++) Assert.That(ids.TryAdd(id), Is.True);
        Assert.That(ids.TryAdd(1), Is.False);
        Assert.That(ids.TryAdd(999_999), Is.False);
    }

    [Test]
    public void What_is_overtaken_by_all_that_the_ring_holds_is_lost()
    {
        var ids = new AnsweredIds();
        uint far = (uint)AnsweredIds.SpanMax + 3;
        Assert.That(ids.TryAdd(2), Is.True);
        Assert.That(ids.TryAdd(far), Is.True);
        Assert.That(ids.Lost, Is.EqualTo(2), "1 and 3");
        Assert.That(ids.TryAdd(1), Is.False);
        Assert.That(ids.TryAdd(4), Is.True);
        Assert.That(ids.TryAdd(far), Is.False);
    }
}
