using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>Holds the count of lost, duplicated and reordered pings to known logs.</summary>
internal sealed class PingLogTests
{
    /// <summary>The pings of these logs are 1 ms apart and answered after 0.5 ms; time starts at
    /// 1,000 s.</summary>
    private const double StartMs = 1_000_000;

    [Test]
    public void Every_ping_answered_is_no_loss()
    {
        PingReport report = Read(Enumerable.Range(1, 200), transmitted: 200, windowMs: 100);

        Assert.That(report.Transmitted, Is.EqualTo(100));
        Assert.That(report.Lost, Is.Zero);
        Assert.That(report.LargestGapMs, Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public void Pings_in_flight_at_the_end_are_not_lost()
    {
        PingReport report = Read(Enumerable.Range(1, 190), transmitted: 200, windowMs: 100);

        Assert.That(report.Lost, Is.Zero);
    }

    [Test]
    public void A_hole_in_the_window_is_lost_and_a_gap()
    {
        PingReport report = Read(
            Enumerable.Range(1, 200).Where(sequence => sequence is < 40 or > 49),
            transmitted: 200, windowMs: 100);

        Assert.That(report.Lost, Is.EqualTo(10));
        Assert.That(report.LargestGapMs, Is.EqualTo(11).Within(0.01));
    }

    [Test]
    public void A_hole_across_the_end_of_the_window_is_lost()
    {
        PingReport report = Read(
            Enumerable.Range(1, 200).Where(sequence => sequence is < 95 or > 120),
            transmitted: 200, windowMs: 100);

        Assert.That(report.Lost, Is.EqualTo(26));
    }

    [Test]
    public void A_network_that_stays_dead_loses_all_but_the_tail()
    {
        PingReport report = Read(Enumerable.Range(1, 60), transmitted: 200, windowMs: 100);

        Assert.That(report.Transmitted, Is.EqualTo(100));
        Assert.That(report.Lost, Is.EqualTo(40));
        Assert.That(report.LargestGapMs, Is.GreaterThan(39));
    }

    [Test]
    public void A_second_answer_is_a_duplicate_and_not_an_answer()
    {
        PingReport report = Read([1, 2, 2, 3, 200], transmitted: 200, windowMs: 100);

        Assert.That(report.Duplicates, Is.EqualTo(1));
        Assert.That(report.Received, Is.EqualTo(3));
    }

    [Test]
    public void An_answer_after_a_later_ones_is_reordered()
    {
        PingReport report = Read([1, 3, 2, 4, 200], transmitted: 200, windowMs: 100);

        Assert.That(report.Reordered, Is.EqualTo(1));
        Assert.That(report.Duplicates, Is.Zero);
    }

    [Test]
    public void Sequence_numbers_go_on_after_they_wrap_on_the_wire()
    {
        PingReport report = Read(Enumerable.Range(1, 140_000), transmitted: 140_000, windowMs: 139_000);

        Assert.That(report.Transmitted, Is.EqualTo(139_000));
        Assert.That(report.Lost, Is.Zero);
        Assert.That(report.Duplicates, Is.Zero);
    }

    [Test]
    public void A_log_without_summary_is_refused() =>
        Assert.That(() => PingLog.Read("PING 10.0.0.2\n", StartMs, 100), Throws.TypeOf<FormatException>());

    private static PingReport Read(IEnumerable<int> answered, int transmitted, int windowMs)
    {
        StringBuilder log = new("PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n");
        foreach (int sequence in answered)
        {
            double receivedSeconds = (StartMs + sequence + 0.5) / 1000;
            log.AppendLine(
                CultureInfo.InvariantCulture,
                $"[{receivedSeconds:F6}] 64 bytes from 10.0.0.2: icmp_seq={(ushort)sequence} time=0.500 ms");
        }
        log.AppendLine(
            CultureInfo.InvariantCulture,
            $"\n--- 10.0.0.2 ping statistics ---\n{transmitted} packets transmitted, 1 received");
        return PingLog.Read(log.ToString(), StartMs + windowMs + 0.5, tailCountMax: 100);
    }
}
