using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What groups the switch can have (ofp_group_features).</summary>
/// <param name="Types">A bit per <see cref="GroupType"/>.</param>
/// <param name="Capabilities">Bits of ofp_group_capabilities: 0 weights, 1 liveness, 2 chaining, 3 loops are
/// checked for.</param>
/// <param name="GroupsMax">How many groups it can have, per type; four entries.</param>
/// <param name="Actions">A bit per action type, per group type; four entries.</param>
public sealed record GroupFeaturesReply(
    uint Types,
    uint Capabilities,
    ImmutableArray<uint> GroupsMax,
    ImmutableArray<uint> Actions) : MultipartReply(MultipartType.GroupFeatures);
