using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what the tables can do, or sets it (1.3).</summary>
/// <param name="Tables">None: asks; otherwise the tables as they shall be.</param>
public sealed record TableFeaturesRequest(ImmutableArray<TableFeatures> Tables)
    : MultipartRequest(MultipartType.TableFeatures);
