namespace Lime.Core.Migration;

/// <summary>How much two hosts send to each other.</summary>
/// <param name="A">One host's name.</param>
/// <param name="B">The other's.</param>
/// <param name="Rate">Both directions together, in any unit, not negative.</param>
public sealed record HostTraffic(string A, string B, double Rate);
