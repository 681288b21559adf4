using System.Globalization;
using System.Text.RegularExpressions;

namespace Lime.Tests.RealNetwork;

/// <summary>Reads what <c>ping -n -D</c> wrote.</summary>
internal static partial class PingLog
{
    /// <summary>Counts the pings sent up to <paramref name="windowEndMs"/>.</summary>
    /// <param name="text">All that ping wrote, with the summary it prints when interrupted.</param>
    /// <param name="windowEndMs">Unix time in milliseconds, well before the end of the run.</param>
    /// <param name="tailCountMax">The most pings that can have been sent after the window.</param>
    /// <exception cref="FormatException">The summary is missing: ping died.</exception>
    /// <remarks>
    /// Ping prints no line for what it sends, so a ping's time is known from its answer only. The
    /// window ends before the first answered ping that was sent after <paramref
    /// name="windowEndMs"/>: whatever is unanswered before that was overtaken, so it is lost. If
    /// nothing came back any more, all but the tail is counted.
    /// </remarks>
    public static PingReport Read(string text, double windowEndMs, int tailCountMax)
    {
        List<PingAnswer> answers = ReadAnswers(text);
        long transmitted = ReadTransmitted(text);
        PingAnswer? after = answers.Where(answer => answer.SentMs > windowEndMs)
            .Select(answer => (PingAnswer?)answer).MinBy(answer => answer!.Value.Sequence);
        long last = after is { } first ? first.Sequence - 1 : Math.Max(0, transmitted - tailCountMax);
        last = Math.Max(last, answers.Where(answer => answer.SentMs <= windowEndMs)
            .Select(answer => answer.Sequence).DefaultIfEmpty(0).Max());

        List<PingAnswer> counted = [.. answers.Where(answer => answer.Sequence <= last)];
        HashSet<long> seen = [];
        List<PingAnswer> firsts = [.. counted.Where(answer => seen.Add(answer.Sequence))];
        double gapEndMs = after?.ReceivedMs ?? windowEndMs;
        return new PingReport(
            last, firsts.Count, counted.Count - firsts.Count, CountReordered(firsts),
            LargestGap(counted, gapEndMs))
        {
            Gaps = FindGaps(firsts, last, gapEndMs),
        };
    }

    private static List<PingGap> FindGaps(List<PingAnswer> firsts, long last, double endMs)
    {
        PingAnswer[] inOrder = [.. firsts.OrderBy(each => each.Sequence), new PingAnswer(last + 1, endMs, 0)];
        return [.. inOrder.Zip(inOrder.Skip(1))
            .Where(each => each.Second.Sequence > each.First.Sequence + 1)
            .Select(each => new PingGap(
                each.Second.Sequence - each.First.Sequence - 1, each.First.SentMs, each.Second.SentMs))];
    }

    private static List<PingAnswer> ReadAnswers(string text)
    {
        List<PingAnswer> answers = [];
        long highest = 0;
        foreach (Match line in AnswerPattern().Matches(text))
        {
            ushort onWire = ushort.Parse(line.Groups["sequence"].ValueSpan, CultureInfo.InvariantCulture);
            long sequence = highest + (short)(onWire - (ushort)highest);
            highest = Math.Max(highest, sequence);
            answers.Add(new PingAnswer(sequence, 1000 * Number(line, "time"), Number(line, "trip")));
        }
        return answers;
    }

    private static long ReadTransmitted(string text)
    {
        Match summary = SummaryPattern().Match(text);
        return summary.Success
            ? long.Parse(summary.Groups["count"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new FormatException($"Ping ended without a summary: {text[..Math.Min(text.Length, 500)]}");
    }

    private static int CountReordered(List<PingAnswer> firsts)
    {
        long highest = 0;
        int count = 0;
        foreach (PingAnswer answer in firsts)
        {
            count += answer.Sequence < highest ? 1 : 0;
            highest = Math.Max(highest, answer.Sequence);
        }
        return count;
    }

    private static double LargestGap(List<PingAnswer> answers, double endMs)
    {
        double[] times = [.. answers.Select(answer => answer.ReceivedMs), endMs];
        return times.Zip(times.Skip(1), (earlier, later) => later - earlier).DefaultIfEmpty(0).Max();
    }

    private static double Number(Match line, string group) =>
        double.Parse(line.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\[(?<time>[\d.]+)\] \d+ bytes from .*icmp_seq=(?<sequence>\d+) .*time=(?<trip>[\d.]+) ms",
        RegexOptions.Multiline)]
    private static partial Regex AnswerPattern();

    [GeneratedRegex(@"^(?<count>\d+) packets transmitted", RegexOptions.Multiline)]
    private static partial Regex SummaryPattern();
}
