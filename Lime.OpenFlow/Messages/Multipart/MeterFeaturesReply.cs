namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What meters the switch can have (ofp_meter_features).</summary>
/// <param name="MetersMax">How many meters.</param>
/// <param name="BandTypes">A bit per <see cref="MeterBandType"/>.</param>
/// <param name="Capabilities">Bits of <see cref="MeterFlags"/>.</param>
/// <param name="BandsMax">How many bands a meter can have.</param>
/// <param name="ColorsMax">How many colours.</param>
public sealed record MeterFeaturesReply(
    uint MetersMax,
    uint BandTypes,
    uint Capabilities,
    byte BandsMax,
    byte ColorsMax) : MultipartReply(MultipartType.MeterFeatures);
