using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>A band of a meter (ofp_meter_band_header, 1.3.5 section 7.3.4.4).</summary>
/// <param name="Type">What it does; another number than the named ones is kept.</param>
/// <param name="Rate">Above this it applies: kb/s or packets per second, as the meter's flags say.</param>
/// <param name="BurstSize">Its burst: kilobits or packets.</param>
public sealed record MeterBand(MeterBandType Type, uint Rate, uint BurstSize)
{
    /// <summary>Of <see cref="MeterBandType.DscpRemark"/>: by how much the drop precedence rises.</summary>
    public byte PrecedenceLevel { get; init; }

    /// <summary>Of <see cref="MeterBandType.Experimenter"/>: whose it is.</summary>
    public uint Experimenter { get; init; }

    /// <summary>What follows on the wire, of an experimenter's band behind its number, of an unknown one behind
    /// its burst size.</summary>
    public ImmutableArray<byte> Bytes { get; init; } = [];
}
