using System.Collections.Immutable;

namespace Lime.Core.Networks;

/// <summary>A way from one switch to another: a cable, or several with switches of the fabric between them.</summary>
/// <param name="A">The port that it begins at.</param>
/// <param name="B">The port that it ends at.</param>
/// <param name="Hops">The switches between, from A to B; none for a single cable.</param>
/// <param name="Links">The cables, from A to B: one more than hops.</param>
internal sealed record FabricPath(
    PhysicalPort A, PhysicalPort B, ImmutableArray<FabricHop> Hops, ImmutableArray<PhysicalLink> Links)
{
    /// <summary>Whether a cable carries labelled frames: one between two switches of the fabric.</summary>
    public bool IsLabelled(int link) => link > 0 && link < Links.Length - 1;
}
