using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Figure3;

/// <summary>How the paper's experiment is run.</summary>
internal sealed record Figure3Options
{
    /// <summary>The same seed gives the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Migrations by each method; the paper's Table 1 has 10.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>In the order in which they are run.</summary>
    public ImmutableArray<MigrationMethod> Methods { get; init; } =
        [MigrationMethod.FreezeAndCopy, MigrationMethod.Clone];

    /// <summary>Rules on s3.</summary>
    public int Rules { get; init; } = 1000;

    /// <summary>Time between pings.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether the embedded network runs by the wall clock.</summary>
    public bool IsRealTime { get; init; }

    /// <summary>The version of OpenFlow that controller and switches speak, as <c>--version</c> has it.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>Whether the results are written as JSON.</summary>
    public bool IsJson { get; init; }
}
