namespace Lime.Core.Networks;

/// <summary>A cable between two physical switches.</summary>
/// <param name="A">One end.</param>
/// <param name="B">The other end.</param>
public sealed record PhysicalLink(PhysicalPort A, PhysicalPort B)
{
    /// <summary>The largest packet that it carries, in bytes without the Ethernet header, 68 to 65,535; null if not
    /// known.</summary>
    public int? Mtu { get; init; }
}
