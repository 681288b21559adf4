namespace Lime.Apps.Sample.TwoSites;

/// <summary>A step of a migration.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="From">When it began, in the network's time.</param>
/// <param name="To">When the next one began.</param>
internal sealed record Step(string Name, TimeSpan From, TimeSpan To);
