using System.Globalization;

namespace Lime.Tests.RealNetwork;

/// <summary>One rule as <c>ovs-ofctl dump-flows --no-names</c> shows it.</summary>
/// <param name="Match">OVS's text, normalised by it, without the priority; empty matches
/// everything.</param>
/// <param name="Actions">OVS's text, such as <c>output:2</c> or <c>drop</c>.</param>
/// <param name="PacketCount">What OVS has credited: up to 500 ms late while traffic flows.</param>
/// <param name="SendsFlowRemoved">Always false in OpenFlow 1.0, whose statistics leave the flags
/// out.</param>
internal sealed record OvsRule(
    int Priority,
    string Match,
    string Actions,
    ulong Cookie,
    ulong PacketCount,
    ulong ByteCount,
    int IdleTimeoutSeconds,
    int HardTimeoutSeconds,
    bool SendsFlowRemoved)
{
    /// <summary>OVS leaves this priority (OFP_DEFAULT_PRIORITY) out of its text.</summary>
    private const int DefaultPriority = 32768;

    private const string PriorityName = "priority=";

    /// <summary>Reads one line, in which statistics end in a comma and a space, flags in a
    /// space.</summary>
    public static OvsRule Parse(string line)
    {
        int actionsStart = line.IndexOf("actions=", StringComparison.Ordinal);
        string[] words = line[..actionsStart].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> statistics = words
            .Where(word => word.EndsWith(','))
            .Select(word => word.TrimEnd(',').Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[^1]);
        (int priority, string match) = SplitMatch(words.LastOrDefault(IsMatch) ?? "");
        return new OvsRule(
            priority,
            match,
            line[(actionsStart + "actions=".Length)..].Trim(),
            ParseHex(statistics.GetValueOrDefault("cookie", "0x0")),
            ParseCount(statistics, "n_packets"),
            ParseCount(statistics, "n_bytes"),
            (int)ParseCount(statistics, "idle_timeout"),
            (int)ParseCount(statistics, "hard_timeout"),
            words.Contains("send_flow_rem"));
    }

    private static bool IsMatch(string word) => !word.EndsWith(',') && !IsFlag(word);

    private static bool IsFlag(string word) =>
        word is "send_flow_rem" or "check_overlap" or "reset_counts"
            or "no_packet_counts" or "no_byte_counts";

    private static (int Priority, string Match) SplitMatch(string text)
    {
        if (!text.StartsWith(PriorityName, StringComparison.Ordinal))
            return (DefaultPriority, text);
        string[] parts = text[PriorityName.Length..].Split(',', 2);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? parts[1] : "");
    }

    private static ulong ParseCount(Dictionary<string, string> statistics, string name) =>
        ulong.Parse(statistics.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);

    private static ulong ParseHex(string text) =>
        ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
