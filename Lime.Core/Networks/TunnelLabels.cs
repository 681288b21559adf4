namespace Lime.Core.Networks;

/// <summary>The VLAN ids of service tags (IEEE 802.1ad) by which Lime tells tunnels through the fabric apart; nobody
/// else
/// may use them between the fabric's switches.</summary>
/// <param name="First">The lowest, 1 to 4094.</param>
/// <param name="Last">The highest, <paramref name="First"/> to 4094.</param>
public readonly record struct TunnelLabels(ushort First, ushort Last)
{
    /// <summary>The upper half of what there is.</summary>
    public static TunnelLabels Default { get; } = new(2048, 4094);
}
