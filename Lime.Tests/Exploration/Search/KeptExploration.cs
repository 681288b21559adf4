namespace Lime.Tests.Exploration.Search;

/// <summary>Where an exploration was when it stopped.</summary>
/// <param name="Build">What was explored.</param>
/// <param name="Report">What it had done and found.</param>
/// <param name="Steps">The run to be taken next, whose last step was never taken; none: there is nothing left.</param>
/// <param name="Ends">The names of the runs that it had taken to their end.</param>
internal sealed record KeptExploration(string Build, ExplorationReport Report, SearchNode[] Steps, ulong[] Ends);
