using System.Globalization;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>Holds the stall of a TCP transfer to known interval reports.</summary>
internal sealed class IperfReportTests
{
    [Test]
    public void A_transfer_that_never_pauses_has_no_stall()
    {
        IperfReport report = Parse([(0, 0.1, 500), (0.1, 0.1, 1), (0.2, 0.1, 499)]);

        Assert.That(report.LongestStallMs, Is.Zero);
        Assert.That(report.LongestStallMsMax, Is.EqualTo(200));
        Assert.That(report.BytesPerSecond, Is.EqualTo(1000 / 0.3).Within(0.001));
    }

    [Test]
    public void The_longest_series_of_empty_intervals_is_the_stall()
    {
        IperfReport report = Parse(
            [(0, 0.1, 0), (0.1, 0.1, 7), (0.2, 0.1, 0), (0.3, 0.1, 0), (0.4, 0.1, 7), (0.5, 0.1, 0)]);

        Assert.That(report.LongestStallMs, Is.EqualTo(200));
        Assert.That(report.LongestStallMsMax, Is.EqualTo(400));
    }

    [Test]
    public void A_repeated_last_interval_and_an_empty_stump_do_not_count()
    {
        IperfReport report = Parse([(0, 0.1, 5), (0.1, 0.1, 5), (0.1, 0.1, 5), (0.2, 0.01, 0)]);

        Assert.That(report.ReceivedBytes, Is.EqualTo(10));
        Assert.That(report.LongestStallMs, Is.Zero);
    }

    [Test]
    public void A_transfer_that_never_began_is_refused() =>
        Assert.That(() => Parse([]), Throws.TypeOf<FormatException>());

    private static IperfReport Parse((double Start, double Length, long Bytes)[] sums)
    {
        IEnumerable<string> texts = sums.Select(sum => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"sum":{"start":{{sum.Start}},"bytes":{{sum.Bytes}},"seconds":{{sum.Length}} } }"""));
        return IperfReport.Parse($$"""{"intervals":[{{string.Join(',', texts)}}]}""", intervalMs: 100);
    }
}
