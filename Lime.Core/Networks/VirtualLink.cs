namespace Lime.Core.Networks;

/// <summary>A link between two virtual switches.</summary>
/// <param name="A">One end.</param>
/// <param name="B">The other end.</param>
public sealed record VirtualLink(VirtualPort A, VirtualPort B);
