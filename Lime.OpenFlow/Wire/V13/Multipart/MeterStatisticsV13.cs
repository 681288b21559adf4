using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Meters' counters, told (ofp_meter_stats, OpenFlow 1.3.5 section 7.3.5.12).</summary>
/// <remarks><code>
///  0  meter_id:32
///  4  len:16   pad:48
/// 12  flow_count:32
/// 16  packet_in_count:64
/// 24  byte_in_count:64
/// 32  duration_sec:32
/// 36  duration_nsec:32
/// 40  bands
/// </code></remarks>
internal static class MeterStatisticsV13
{
    private const int LengthAt = 4;
    private const int BandsAt = 40;

    public static long SizeOf(MeterStatisticsReply reply)
    {
        long bytes = 0;
        foreach (MeterStatistics meter in reply.Meters.AsSpan()) bytes += SizeOf(meter);
        return bytes;
    }

    public static void Write(ref WireWriter writer, MeterStatisticsReply reply)
    {
        foreach (MeterStatistics meter in reply.Meters.AsSpan())
        {
            writer.WriteUInt32(meter.Meter.Value);
            writer.WriteUInt16((ushort)SizeOf(meter));
            writer.WriteZeros(6);
            writer.WriteUInt32(meter.FlowCount);
            writer.WriteUInt64(meter.PacketCount);
            writer.WriteUInt64(meter.ByteCount);
            WireDuration.Write(ref writer, meter.Duration);
            BucketCountersV13.Write(ref writer, meter.Bands);
        }
    }

    public static MeterStatisticsReply Read(ref WireReader reader)
    {
        ImmutableArray<MeterStatistics>.Builder meters = ImmutableArray.CreateBuilder<MeterStatistics>();
        while (reader.HasMore()) meters.Add(ReadMeter(ref reader));
        return new MeterStatisticsReply(meters.DrainToImmutable());
    }

    private static MeterStatistics ReadMeter(ref WireReader reader)
    {
        WireReader rest = reader.ReadEntry(BandsAt, "ofp_meter_stats", WireFault.Request, LengthAt);
        var meter = new MeterId(rest.ReadUInt32("ofp_meter_stats.meter_id"));
        rest.Skip(8, "ofp_meter_stats.len and pad");
        uint flows = rest.ReadUInt32("ofp_meter_stats.flow_count");
        ulong packets = rest.ReadUInt64("ofp_meter_stats.packet_in_count");
        ulong bytes = rest.ReadUInt64("ofp_meter_stats.byte_in_count");
        Duration duration = WireDuration.Read(ref rest);
        return new MeterStatistics
        {
            Meter = meter,
            FlowCount = flows,
            PacketCount = packets,
            ByteCount = bytes,
            Duration = duration,
            Bands = BucketCountersV13.Read(ref rest, "ofp_meter_band_stats"),
        };
    }

    private static long SizeOf(MeterStatistics meter) => BandsAt + BucketCountersV13.SizeOf(meter.Bands);
}
