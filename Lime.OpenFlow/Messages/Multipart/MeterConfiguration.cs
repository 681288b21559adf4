using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A meter (ofp_meter_config).</summary>
/// <param name="Meter">Which.</param>
/// <param name="Flags">How it measures.</param>
/// <param name="Bands">Its bands.</param>
public sealed record MeterConfiguration(MeterId Meter, MeterFlags Flags, ImmutableArray<MeterBand> Bands);
