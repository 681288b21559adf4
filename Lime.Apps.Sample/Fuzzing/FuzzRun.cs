using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Lime.Apps.Sample.Decoding.Messages;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>Tries one spoilt frame after another until count or time is reached, and tells what it found.</summary>
internal sealed class FuzzRun
{
    /// <summary>More of them would say the same.</summary>
    private const int FailuresMax = 10;

    private const ulong FramesPerLook = 4096;
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);

    private readonly FuzzOptions _options;
    private readonly TextWriter _output;
    private readonly ImmutableArray<SeedFrame> _seeds;
    private readonly FrameCheck _check = new(Codecs.Find);
    private readonly FrameMutator _mutator;
    private readonly List<string> _failures = [];

    public FuzzRun(FuzzOptions options, TextWriter output)
    {
        _options = options;
        _seeds = [.. SeedCorpus.Load(), .. options.Further];
        _output = output;
        _mutator = new FrameMutator(_seeds, options.Seed);
        WarmUp();
    }

    /// <summary>What was wrong, with the frame and how to make it again.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Tries the frames.</summary>
    /// <returns>Whether all were as they should be.</returns>
    public bool Run(CancellationToken stop)
    {
        var tally = new FuzzTally(_seeds);
        long start = Stopwatch.GetTimestamp();
        TimeSpan nextProgress = BetweenProgress;
        ulong index = _options.First;
        ulong end = _options.Count is { } count ? _options.First + count : ulong.MaxValue;
        while (index < end && _failures.Count < FailuresMax && !stop.IsCancellationRequested)
        {
            ulong chunk = Math.Min(FramesPerLook, end - index);
            Try(index, chunk, tally);
            index += chunk;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= _options.Time) break;
            if (elapsed < nextProgress) continue;
            _output.WriteLine(Progress(tally.Count, elapsed));
            nextProgress = elapsed + BetweenProgress;
        }
        foreach (string line in tally.Lines()) _output.WriteLine(line);
        _output.WriteLine(Progress(tally.Count, Stopwatch.GetElapsedTime(start)));
        return _failures.Count == 0;
    }

    /// <summary>What types and compiled code allocate once is no frame's.</summary>
    private void WarmUp()
    {
        foreach (SeedFrame seed in _seeds)
        {
            _check.Check(seed.Bytes, isCut: true);
            _check.Check(seed.Bytes.AsSpan(0, Math.Max(8, seed.Bytes.Length - 1)), isCut: false);
        }
    }

    private void Try(ulong first, ulong count, FuzzTally tally)
    {
        for (ulong index = first; index < first + count; index++)
        {
            ReadOnlySpan<byte> frame = _mutator.Make(index, out int origin);
            // Every fourth frame goes to the codec whatever its length field says.
            FrameVerdict verdict = _check.Check(frame, isCut: index % 4 != 0);
            tally.Add(origin, frame.Length, verdict);
            if (verdict.Failure is not null) Report(index, frame, verdict.Failure);
            if (_failures.Count >= FailuresMax) return;
        }
    }

    private void Report(ulong index, ReadOnlySpan<byte> frame, string failure)
    {
        string text = $"FAILED frame {index}: {failure}\n  {Convert.ToHexStringLower(frame)}\n"
            + $"  again: fuzz --seed {_options.Seed} --first {index} --count 1";
        _failures.Add(text);
        _output.WriteLine(text);
    }

    private string Progress(long count, TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture,
        $"{count:N0} frames in {elapsed.TotalSeconds:0.0} s, {count / elapsed.TotalSeconds:N0} frames/s, "
        + $"{_failures.Count} failures (seed {_options.Seed}, from frame {_options.First})");
}
