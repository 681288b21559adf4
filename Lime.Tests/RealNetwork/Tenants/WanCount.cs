namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>What a wide-area link has carried, both ways.</summary>
/// <param name="Frames">Frames in all.</param>
/// <param name="Vxlan">Those of them that are a tunnel's.</param>
/// <param name="Inner">Of these, the ones that carry IPv4, as hosts send it.</param>
/// <param name="LatestMs">How much later than it should a frame left at most.</param>
internal sealed record WanCount(long Frames, long Vxlan, long Inner, double LatestMs);
