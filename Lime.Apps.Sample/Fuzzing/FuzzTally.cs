using System.Collections.Immutable;
using System.Globalization;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>Counts what was tried and how it ended.</summary>
internal sealed class FuzzTally(ImmutableArray<SeedFrame> seeds)
{
    private readonly long[,] _counts = new long[seeds.Length, Enum.GetValues<FrameOutcome>().Length];
    private readonly SortedDictionary<ErrorType, long> _refused = [];
    private double _worstShare;
    private (long Allocated, int Bytes, string Name) _worst = (0, 0, "");
    private (long Steps, int Bytes, string Name) _busiest = (0, 1, "");

    public long Count { get; private set; }

    public void Add(int origin, int frameBytes, in FrameVerdict verdict)
    {
        Count++;
        _counts[origin, (int)verdict.Outcome]++;
        if (verdict.Outcome == FrameOutcome.Refused)
            _refused[verdict.Error] = _refused.GetValueOrDefault(verdict.Error) + 1;
        if (verdict.Steps * _busiest.Bytes > _busiest.Steps * frameBytes)
            _busiest = (verdict.Steps, frameBytes, seeds[origin].Name);
        double share = (double)verdict.AllocatedBytes / DecodeLimits.AllocatedBytes(frameBytes);
        if (share <= _worstShare) return;
        _worstShare = share;
        _worst = (verdict.AllocatedBytes, frameBytes, seeds[origin].Name);
    }

    /// <summary>The table, a line a type, and the totals.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Row("made of", "frames", "accepted", "refused", "other");
        var byName = seeds.Select((seed, index) => (seed.Name, Index: index)).GroupBy(each => each.Name);
        foreach (var group in byName)
        {
            long accepted = Sum(group.Select(each => each.Index), FrameOutcome.Accepted);
            long refused = Sum(group.Select(each => each.Index), FrameOutcome.Refused);
            long all = Enum.GetValues<FrameOutcome>().Sum(outcome => Sum(group.Select(each => each.Index), outcome));
            yield return Row(group.Key, Text(all), Text(accepted), Text(refused), Text(all - accepted - refused));
        }
        yield return "refused: " + string.Join(", ", _refused.Select(each => $"{NameOf(each.Key)} {Text(each.Value)}"));
        yield return string.Create(CultureInfo.InvariantCulture,
            $"most allocated: {_worst.Allocated} bytes for a frame of {_worst.Bytes} ({_worst.Name}), "
            + $"{_worstShare * 100:0.0} % of what is allowed (16 x the frame + 4096)");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"most steps: {_busiest.Steps} for a frame of {_busiest.Bytes} ({_busiest.Name}), "
            + $"{(double)_busiest.Steps / _busiest.Bytes:0.00} a byte (1.00 is allowed)");
    }

    private long Sum(IEnumerable<int> origins, FrameOutcome outcome) =>
        origins.Sum(origin => _counts[origin, (int)outcome]);

    private static string NameOf(ErrorType type) => ErrorNames.Type.NameOf((ulong)type) ?? $"{(int)type}";

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Row(string name, string all, string accepted, string refused, string other) =>
        $"{name,-40} {all,12} {accepted,12} {refused,12} {other,10}";
}
