using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>What meters a switch can have (ofp_meter_features, OpenFlow 1.3.5 section 7.3.5.14).</summary>
/// <remarks><code>
///  0  max_meter:32
///  4  band_types:32
///  8  capabilities:32
/// 12  max_bands:8   max_color:8   pad:16
/// </code></remarks>
internal static class MeterFeaturesV13
{
    public const int SizeBytes = 16;

    public static void Write(ref WireWriter writer, MeterFeaturesReply reply)
    {
        writer.WriteUInt32(reply.MetersMax);
        writer.WriteUInt32(reply.BandTypes);
        writer.WriteUInt32(reply.Capabilities);
        writer.WriteUInt8(reply.BandsMax);
        writer.WriteUInt8(reply.ColorsMax);
        writer.WriteZeros(2);
    }

    public static MeterFeaturesReply Read(ref WireReader reader)
    {
        var reply = new MeterFeaturesReply(
            reader.ReadUInt32("ofp_meter_features.max_meter"),
            reader.ReadUInt32("ofp_meter_features.band_types"),
            reader.ReadUInt32("ofp_meter_features.capabilities"),
            reader.ReadUInt8("ofp_meter_features.max_bands"),
            reader.ReadUInt8("ofp_meter_features.max_color"));
        reader.Skip(2, "ofp_meter_features.pad");
        return reply;
    }
}
