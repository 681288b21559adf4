using System.Globalization;

namespace Lime.Benchmarks.Fleet;

/// <summary>How a fleet fares at a moment; times count from the first attempt to connect.</summary>
internal sealed record FleetReport
{
    public required int Switches { get; init; }

    public required int Connected { get; init; }

    public required int Ready { get; init; }

    /// <summary>When the last switch had its TCP connection.</summary>
    public required TimeSpan ConnectedMax { get; init; }

    /// <summary>When half of those that are ready were.</summary>
    public required TimeSpan ReadyMedian { get; init; }

    /// <summary>When the last of those that are ready was.</summary>
    public required TimeSpan ReadyMax { get; init; }

    /// <summary>What went wrong, and how often.</summary>
    public required IReadOnlyList<(string Failure, int Count)> Failures { get; init; }

    /// <summary>Whether all switches are ready, and none has lost its connection.</summary>
    public bool IsComplete => Ready == Switches && Failures.Count == 0;

    public static FleetReport Of(IReadOnlyCollection<FleetSwitch> switches)
    {
        TimeSpan[] connected = [.. switches.Select(each => each.Connected).OfType<TimeSpan>().Order()];
        TimeSpan[] ready = [.. switches.Select(each => each.Ready).OfType<TimeSpan>().Order()];
        return new FleetReport
        {
            Switches = switches.Count,
            Connected = connected.Length,
            Ready = ready.Length,
            ConnectedMax = connected.LastOrDefault(),
            ReadyMedian = ready.ElementAtOrDefault(ready.Length / 2),
            ReadyMax = ready.LastOrDefault(),
            Failures = [.. switches.Select(each => each.Failure).OfType<string>()
                .GroupBy(failure => failure).Select(group => (group.Key, group.Count()))],
        };
    }

    public override string ToString()
    {
        string failures = Failures.Count == 0
            ? "none failed"
            : string.Join("; ", Failures.Select(each => $"{each.Count} failed: {each.Failure}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Switches} switches: {Connected} connected within {ConnectedMax.TotalMilliseconds:F0} ms; ")
            + $"{Ready} ready, " + string.Create(CultureInfo.InvariantCulture,
                $"p50 {ReadyMedian.TotalMilliseconds:F0} ms, max {ReadyMax.TotalMilliseconds:F0} ms; {failures}");
    }
}
