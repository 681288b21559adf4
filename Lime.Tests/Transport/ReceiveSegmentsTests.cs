using System.Buffers;
using Lime.OpenFlow.Transport;
using NUnit.Framework;

namespace Lime.Tests.Transport;

/// <remarks>Goal: a connection holds a large segment only while much comes. Method: the time and what has come are
/// given.</remarks>
public sealed class ReceiveSegmentsTests
{
    private const int Least = 4096;
    private const int Most = 65_536;

    private ReceiveSegments _segments = null!;
    private long _nowMs;
    private long _received;

    [SetUp]
    public void Make()
    {
        (_nowMs, _received) = (0, 0);
        _segments = new ReceiveSegments(Least, Most, () => _nowMs) { ReceivedBytes = () => _received };
    }

    [TearDown]
    public void Close() => _segments.Dispose();

    [Test]
    public void Many_small_messages_in_a_short_time_are_received_into_the_smallest()
    {
        for (int i = 0; i < 20; i++) Assert.That(RentAfter(100), Is.EqualTo(Least));
    }

    [Test]
    public void What_fills_a_segment_gets_a_larger_one_up_to_the_largest()
    {
        int[] sizes = [RentAfter(0), RentAfter(Least), RentAfter(4 * Least), RentAfter(Most), RentAfter(Most)];

        Assert.That(sizes, Is.EqualTo(new[] { Least, 4 * Least, Most, Most, Most }));
    }

    [Test]
    public void One_that_is_partly_used_is_followed_by_its_like_and_one_hardly_used_by_a_smaller_one()
    {
        Grow();

        int[] sizes = [RentAfter(Most / 4), RentAfter(Most - 1), RentAfter(Most / 4 - 1), RentAfter(10), RentAfter(10)];

        Assert.That(sizes, Is.EqualTo(new[] { Most, Most, Most / 4, Least, Least }));
    }

    [Test]
    public void After_a_pause_comes_the_smallest_however_much_came_before()
    {
        Grow();

        _nowMs += 1000;
        Assert.That(RentAfter(Most), Is.EqualTo(Most), "within a second");
        _nowMs += 1001;
        Assert.That(RentAfter(Most), Is.EqualTo(Least), "later");
    }

    [Test]
    public void Before_it_is_known_what_comes_the_smallest_are_given()
    {
        using var unknown = new ReceiveSegments(Least, Most, () => 0);
        for (int i = 0; i < 3; i++)
        {
            using IMemoryOwner<byte> segment = unknown.Rent(1);
            Assert.That(segment.Memory.Length, Is.EqualTo(Least));
        }
    }

    private void Grow()
    {
        RentAfter(0);
        RentAfter(Least);
        Assert.That(RentAfter(4 * Least), Is.EqualTo(Most));
    }

    private int RentAfter(int bytes)
    {
        _received += bytes;
        using IMemoryOwner<byte> segment = _segments.Rent(1);
        return segment.Memory.Length;
    }
}
