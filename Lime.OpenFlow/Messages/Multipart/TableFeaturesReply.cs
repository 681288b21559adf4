using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What the tables can do (1.3).</summary>
/// <param name="Tables">One entry a table.</param>
public sealed record TableFeaturesReply(ImmutableArray<TableFeatures> Tables)
    : MultipartReply(MultipartType.TableFeatures);
