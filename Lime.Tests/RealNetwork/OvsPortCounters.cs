using System.Globalization;
using System.Text.RegularExpressions;

namespace Lime.Tests.RealNetwork;

/// <summary>One port's counters, from <c>ovs-ofctl dump-ports</c>: counted by the link, so always
/// exact.</summary>
internal sealed partial record OvsPortCounters(
    int PortNumber, ulong ReceivedCount, ulong SentCount, ulong ReceivedDropCount, ulong SentDropCount)
{
    public static IReadOnlyList<OvsPortCounters> ParseAll(string text) =>
        [.. PortPattern().Matches(text).Select(port => new OvsPortCounters(
            (int)Value(port, "number"),
            Value(port, "received"),
            Value(port, "sent"),
            Value(port, "receivedDrop"),
            Value(port, "sentDrop")))];

    private static ulong Value(Match port, string group) =>
        ulong.Parse(port.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"port +(?<number>\d+): rx pkts=(?<received>\d+), bytes=\d+, drop=(?<receivedDrop>\d+),.*\n" +
        @" +tx pkts=(?<sent>\d+), bytes=\d+, drop=(?<sentDrop>\d+)")]
    private static partial Regex PortPattern();
}
