using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What the meters do.</summary>
/// <param name="Meters">One entry a meter.</param>
public sealed record MeterConfigurationReply(ImmutableArray<MeterConfiguration> Meters)
    : MultipartReply(MultipartType.MeterConfiguration);
