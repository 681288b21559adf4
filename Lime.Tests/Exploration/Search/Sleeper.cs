namespace Lime.Tests.Exploration.Search;

/// <summary>A line that sleeps.</summary>
/// <param name="Line">The line.</param>
/// <param name="Footprint">What its next step touches.</param>
internal readonly record struct Sleeper(int Line, Footprint Footprint);
