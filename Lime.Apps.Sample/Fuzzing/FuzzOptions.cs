using System.Collections.Immutable;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>How much to try.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Good frames beside those of the corpus.</summary>
    public ImmutableArray<SeedFrame> Further { get; init; } = [];

    /// <summary>The same seed tries the same frames.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first frame's number.</summary>
    public ulong First { get; init; }

    /// <summary>How many frames; null: until <see cref="Time"/> is over.</summary>
    public ulong? Count { get; init; }

    /// <summary>How long; null: until <see cref="Count"/> is reached.</summary>
    public TimeSpan? Time { get; init; }
}
