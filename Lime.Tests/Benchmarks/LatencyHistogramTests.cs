using Lime.Benchmarks.Cbench;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: percentiles are right to within a bucket. Method: values whose percentiles are known.</remarks>
public sealed class LatencyHistogramTests
{
    private const double WidthMax = 1.0 / 128;

    [TestCase(0.5, 500_000)]
    [TestCase(0.99, 990_000)]
    [TestCase(0.999, 999_000)]
    [TestCase(1, 1_000_000)]
    public void Percentiles_of_a_million_even_values_are_those_values(double share, long expected)
    {
        var histogram = new LatencyHistogram();
        for (long value = 1; value <= 1_000_000; value++) histogram.Add(value);
        long found = histogram.PercentileNs(share);
        Assert.That(found, Is.GreaterThanOrEqualTo(expected).And.LessThanOrEqualTo(expected * (1 + WidthMax)));
        Assert.That(histogram.MaxNs, Is.EqualTo(1_000_000));
    }

    [Test]
    public void Small_values_are_exact()
    {
        var histogram = new LatencyHistogram();
        for (int value = 0; value < 256; value++) histogram.Add(value);
        for (int value = 0; value < 256; value++)
            Assert.That(histogram.PercentileNs((value + 1) / 256.0), Is.EqualTo(value));
    }

    [Test]
    public void A_bucket_is_at_most_a_128th_of_its_value_wide_up_to_the_greatest_there_is()
    {
        for (int power = 0; power < 63; power++)
        {
            long least = 1L << power;
            foreach (long value in new[] { least, least + (least / 3), long.MaxValue >> (62 - power) })
            {
                var histogram = new LatencyHistogram();
                histogram.Add(value);
                histogram.Add(long.MaxValue);
                long found = histogram.PercentileNs(0.5);
                Assert.That(found, Is.GreaterThanOrEqualTo(value), $"{value}");
                Assert.That(found - value, Is.LessThanOrEqualTo(value * WidthMax), $"{value}");
            }
        }
    }

    [Test]
    public void Histograms_add_up()
    {
        var odd = new LatencyHistogram();
        var even = new LatencyHistogram();
        for (int value = 0; value < 200; value++) (value % 2 == 0 ? even : odd).Add(value);
        even.Add(odd);
        Assert.That((even.Count, even.MaxNs, even.PercentileNs(0.5)), Is.EqualTo((200, 199, 99)));
    }

    [Test]
    public void An_empty_one_has_no_latency() => Assert.That(new LatencyHistogram().PercentileNs(0.99), Is.Zero);
}
