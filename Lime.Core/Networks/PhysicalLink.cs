namespace Lime.Core.Networks;

/// <summary>A cable between two physical switches.</summary>
/// <param name="A">One end.</param>
/// <param name="B">The other end.</param>
public sealed record PhysicalLink(PhysicalPort A, PhysicalPort B);
