using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Meters: changes, configuration, features, statistics.</summary>
internal static class MeterForms
{
    public static MeterMod Mod(Fields fields, MeterMod? value) => new(
        (MeterModCommand)fields.Number("command", (ulong?)value?.Command, FieldNames.MeterModCommand),
        Flags(fields, value?.Flags),
        fields.Meter("meter_id", value?.Meter),
        fields.List<MeterBand>("bands", value?.Bands, Band, isOptional: true));

    public static MeterConfigurationRequest ConfigurationRequest(Fields fields, MeterConfigurationRequest? value) =>
        new(fields.Meter("meter_id", value?.Meter)) { HasMore = fields.Flag("more", value?.HasMore) };

    public static MeterConfigurationReply ConfigurationReply(Fields fields, MeterConfigurationReply? value) =>
        new(fields.List<MeterConfiguration>("meters", value?.Meters, Configuration))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static MeterFeaturesRequest FeaturesRequest(Fields fields, MeterFeaturesRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static MeterFeaturesReply FeaturesReply(Fields fields, MeterFeaturesReply? value)
    {
        uint metersMax = fields.UInt32("max_meter", value?.MetersMax);
        uint bandTypes = fields.Hex32("band_types", value?.BandTypes);
        uint capabilities = fields.Hex32("capabilities", value?.Capabilities);
        fields.Note("means", () => new JsonObject
        {
            ["band_types"] = BitNote.Of(bandTypes, "", "DROP", "DSCP_REMARK"),
            ["capabilities"] = BitNote.Of(capabilities, "KBPS", "PKTPS", "BURST", "STATS"),
        });
        return new MeterFeaturesReply(metersMax, bandTypes, capabilities,
            fields.UInt8("max_bands", value?.BandsMax), fields.UInt8("max_color", value?.ColorsMax))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };
    }

    public static MeterStatisticsRequest StatisticsRequest(Fields fields, MeterStatisticsRequest? value) =>
        new(fields.Meter("meter_id", value?.Meter)) { HasMore = fields.Flag("more", value?.HasMore) };

    public static MeterStatisticsReply StatisticsReply(Fields fields, MeterStatisticsReply? value) =>
        new(fields.List<MeterStatistics>("meters", value?.Meters, Statistics))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    private static MeterFlags Flags(Fields fields, MeterFlags? value) =>
        (MeterFlags)fields.Number("flags", (ulong?)value, FieldNames.MeterFlags);

    private static MeterBand Band(Fields fields, MeterBand? value) => new(
        (MeterBandType)fields.Number("type", (ulong?)value?.Type, FieldNames.MeterBandType),
        fields.UInt32("rate", value?.Rate),
        fields.UInt32("burst_size", value?.BurstSize))
    {
        PrecedenceLevel = fields.UInt8("prec_level", value?.PrecedenceLevel, 0),
        Experimenter = fields.Hex32("experimenter", value?.Experimenter, 0),
        Bytes = fields.Bytes("data", value?.Bytes, isOptional: true),
    };

    private static MeterConfiguration Configuration(Fields fields, MeterConfiguration? value) => new(
        fields.Meter("meter_id", value?.Meter),
        Flags(fields, value?.Flags),
        fields.List<MeterBand>("bands", value?.Bands, Band));

    private static MeterStatistics Statistics(Fields fields, MeterStatistics? value) => new()
    {
        Meter = fields.Meter("meter_id", value?.Meter),
        FlowCount = fields.UInt32("flow_count", value?.FlowCount),
        PacketCount = fields.UInt64("packet_in_count", value?.PacketCount),
        ByteCount = fields.UInt64("byte_in_count", value?.ByteCount),
        Duration = fields.Duration(value?.Duration),
        Bands = fields.List<BucketCounter>("bands", value?.Bands, GroupForms.Counter),
    };
}
