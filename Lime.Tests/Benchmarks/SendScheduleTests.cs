using System.Diagnostics;
using Lime.Benchmarks.Cbench;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

public sealed class SendScheduleTests
{
    [Test]
    public void Switches_send_in_turn_at_the_rate_of_all_of_them()
    {
        const int Switches = 7;
        const double Rate = 1000;
        var schedules = Enumerable.Range(0, Switches)
            .Select(index => new SendSchedule(0, Rate, index, Switches)).ToArray();
        double perPacket = Stopwatch.Frequency / Rate;
        long[] due = [.. Enumerable.Range(1, 10).SelectMany(id => schedules.Select(each => each.DueTicks((uint)id)))];
        Assert.That(due, Is.EqualTo(Enumerable.Range(0, 70).Select(each => (long)(each * perPacket))).Within(1));
        long afterOneSecond = Stopwatch.Frequency;
        Assert.That(schedules.Sum(each => each.CountAt(afterOneSecond)), Is.EqualTo(1000).Within(Switches));
    }

    [Test]
    public void Nothing_is_due_before_the_start() =>
        Assert.That(new SendSchedule(1000, 10, 0, 1).CountAt(999), Is.Zero);

    /// <remarks>Coordinated omission: a pause of the controller has to be seen in every packet-in that fell into
    /// it.</remarks>
    [Test]
    public void A_latency_counts_from_when_the_packet_in_was_due()
    {
        var histogram = new LatencyHistogram();
        var tally = new AnswerTally(new SwitchIdentity(1, 10))
        {
            Latencies = histogram,
            Schedule = new SendSchedule(0, 1000, 0, 1),
            RecordFromTicks = 0,
            Sent = 100,
        };
        // All answers come at once, 100 ms after the first was due: each is younger by a millisecond.
        tally.NowTicks = Stopwatch.Frequency / 10;
        for (uint id = 1; id <= 100; id++) tally.Answer(id, fits: true);
        Assert.That(histogram.Count, Is.EqualTo(100));
        Assert.That(histogram.MaxNs / 1e6, Is.EqualTo(100).Within(1));
        Assert.That(histogram.PercentileNs(0.5) / 1e6, Is.EqualTo(50).Within(2));
    }
}
