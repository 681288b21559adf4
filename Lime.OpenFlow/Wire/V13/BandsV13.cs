using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>A meter's bands, back to back (ofp_meter_band_header, OpenFlow 1.3.5 section 7.3.4.4).</summary>
/// <remarks><code>
/// every one       0  type:16   len:16
///                 4  rate:32
///                 8  burst_size:32
/// DROP           12  pad:32
/// DSCP_REMARK    12  prec_level:8   pad:24
/// EXPERIMENTER   12  experimenter:32
///                16  any bytes
/// any other      12  any bytes
/// </code></remarks>
internal static class BandsV13
{
    private const int HeaderBytes = 12;
    private const int UsualBytes = 16;

    public static long SizeOf(ImmutableArray<MeterBand> bands)
    {
        long bytes = 0;
        foreach (MeterBand band in bands.AsSpan())
        {
            Check(band);
            bytes += SizeOf(band);
        }
        return bytes;
    }

    public static void Write(ref WireWriter writer, ImmutableArray<MeterBand> bands)
    {
        foreach (MeterBand band in bands.AsSpan())
        {
            writer.WriteUInt16((ushort)band.Type);
            writer.WriteUInt16((ushort)SizeOf(band));
            writer.WriteUInt32(band.Rate);
            writer.WriteUInt32(band.BurstSize);
            WriteArgument(ref writer, band);
        }
    }

    /// <summary>Reads bands up to the end of <paramref name="reader"/>.</summary>
    /// <exception cref="OpenFlowProtocolException">A band's length is wrong: with <paramref name="fault"/>'s type and
    /// code.</exception>
    public static ImmutableArray<MeterBand> Read(ref WireReader reader, WireFault fault)
    {
        ImmutableArray<MeterBand>.Builder bands = ImmutableArray.CreateBuilder<MeterBand>();
        while (reader.HasMore())
        {
            int offset = reader.Offset;
            WireReader band = reader.ReadEntry(HeaderBytes, "ofp_meter_band", fault, lengthAt: 2);
            var type = (MeterBandType)band.ReadUInt16("ofp_meter_band.type");
            int length = band.ReadUInt16("ofp_meter_band.len");
            if (!Fits(type, length))
                throw fault.Exception($"ofp_meter_band at byte {offset} of type {(ushort)type} has {length} bytes.");
            uint rate = band.ReadUInt32("ofp_meter_band.rate");
            uint burst = band.ReadUInt32("ofp_meter_band.burst_size");
            bands.Add(ReadArgument(ref band, new MeterBand(type, rate, burst)));
        }
        return bands.DrainToImmutable();
    }

    private static MeterBand ReadArgument(ref WireReader reader, MeterBand band) => band.Type switch
    {
        MeterBandType.Drop => band,
        MeterBandType.DscpRemark =>
            band with { PrecedenceLevel = reader.ReadUInt8("ofp_meter_band_dscp_remark.prec_level") },
        MeterBandType.Experimenter => band with
        {
            Experimenter = reader.ReadUInt32("ofp_meter_band_experimenter.experimenter"),
            Bytes = ImmutableArray.Create(reader.ReadRest()),
        },
        _ => band with { Bytes = ImmutableArray.Create(reader.ReadRest()) },
    };

    private static void WriteArgument(ref WireWriter writer, MeterBand band)
    {
        switch (band.Type)
        {
            case MeterBandType.Drop:
                writer.WriteZeros(4);
                break;
            case MeterBandType.DscpRemark:
                writer.WriteUInt8(band.PrecedenceLevel);
                writer.WriteZeros(3);
                break;
            case MeterBandType.Experimenter:
                writer.WriteUInt32(band.Experimenter);
                writer.WriteBytes(band.Bytes.AsSpan());
                break;
            default:
                writer.WriteBytes(band.Bytes.AsSpan());
                break;
        }
    }

    /// <summary>Checks that the band has nothing that its type has no place for.</summary>
    private static void Check(MeterBand band)
    {
        bool isKnown = band.Type is MeterBandType.Drop or MeterBandType.DscpRemark;
        if (band.PrecedenceLevel != 0 && band.Type != MeterBandType.DscpRemark)
            throw LimitsV13.Unsupported("MeterBand.PrecedenceLevel");
        if (band.Experimenter != 0 && band.Type != MeterBandType.Experimenter)
            throw LimitsV13.Unsupported("MeterBand.Experimenter");
        if (isKnown && band.Bytes.AsSpan().Length > 0) throw LimitsV13.Unsupported("MeterBand.Bytes");
    }

    private static bool Fits(MeterBandType type, int length) => type switch
    {
        MeterBandType.Drop or MeterBandType.DscpRemark => length == UsualBytes,
        MeterBandType.Experimenter => length >= UsualBytes,
        _ => true,
    };

    private static long SizeOf(MeterBand band) => band.Type switch
    {
        MeterBandType.Drop or MeterBandType.DscpRemark => UsualBytes,
        MeterBandType.Experimenter => (long)UsualBytes + band.Bytes.AsSpan().Length,
        _ => (long)HeaderBytes + band.Bytes.AsSpan().Length,
    };
}
