using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>How the demonstration of an ensemble that moves is run.</summary>
internal sealed record TwoSitesOptions
{
    /// <summary>The same seed gives the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>In the order in which they are run.</summary>
    public ImmutableArray<MigrationMethod> Methods { get; init; } =
        [MigrationMethod.FreezeAndCopy, MigrationMethod.Clone];

    /// <summary>One way over the link between the sites.</summary>
    public TimeSpan WideAreaDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between two requests of a client.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Requests that a client sends by one connection, that is from one UDP port, before it takes a new
    /// one.</summary>
    public int RequestsPerFlow { get; init; } = 100;

    /// <summary>How long it is watched before and after the migration, and between the moves of two hosts.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the results are written as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Where a picture goes; null: nowhere.</summary>
    public string? SvgFile { get; init; }
}
