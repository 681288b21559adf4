using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>What meters do (ofp_meter_config, OpenFlow 1.3.5 section 7.3.5.13), and the request for it and for their
/// counters (ofp_meter_multipart_request).</summary>
/// <remarks><code>
/// request   0  meter_id:32   pad:32
/// reply     0  length:16   flags:16
///           4  meter_id:32
///           8  bands
/// </code></remarks>
internal static class MeterConfigurationV13
{
    public const int RequestBytes = 8;
    private const int BandsAt = 8;

    public static long SizeOf(MeterConfigurationReply reply)
    {
        long bytes = 0;
        foreach (MeterConfiguration meter in reply.Meters.AsSpan()) bytes += SizeOf(meter);
        return bytes;
    }

    public static void WriteRequest(ref WireWriter writer, MeterId meter)
    {
        writer.WriteUInt32(meter.Value);
        writer.WriteZeros(4);
    }

    public static void Write(ref WireWriter writer, MeterConfigurationReply reply)
    {
        foreach (MeterConfiguration meter in reply.Meters.AsSpan())
        {
            writer.WriteUInt16((ushort)SizeOf(meter));
            writer.WriteUInt16((ushort)meter.Flags);
            writer.WriteUInt32(meter.Meter.Value);
            BandsV13.Write(ref writer, meter.Bands);
        }
    }

    public static MeterId ReadRequest(ref WireReader reader)
    {
        var meter = new MeterId(reader.ReadUInt32("ofp_meter_multipart_request.meter_id"));
        reader.Skip(4, "ofp_meter_multipart_request.pad");
        return meter;
    }

    public static MeterConfigurationReply Read(ref WireReader reader)
    {
        ImmutableArray<MeterConfiguration>.Builder meters = ImmutableArray.CreateBuilder<MeterConfiguration>();
        while (reader.HasMore())
        {
            WireReader entry = reader.ReadEntry(BandsAt, "ofp_meter_config", WireFault.Request);
            entry.Skip(2, "ofp_meter_config.length");
            var flags = (MeterFlags)entry.ReadUInt16("ofp_meter_config.flags");
            var meter = new MeterId(entry.ReadUInt32("ofp_meter_config.meter_id"));
            meters.Add(new MeterConfiguration(meter, flags, BandsV13.Read(ref entry, WireFault.Request)));
        }
        return new MeterConfigurationReply(meters.DrainToImmutable());
    }

    private static long SizeOf(MeterConfiguration meter) => BandsAt + BandsV13.SizeOf(meter.Bands);
}
