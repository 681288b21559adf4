using System.Collections.Immutable;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Tables: changes, features, statistics.</summary>
internal static class TableForms
{
    public static TableMod Mod(Fields fields, TableMod? value) =>
        new(fields.Table("table_id", value?.Table), fields.Hex32("config", value?.Config));

    public static TableStatisticsRequest StatisticsRequest(Fields fields, TableStatisticsRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static TableStatisticsReply StatisticsReply(Fields fields, TableStatisticsReply? value) =>
        new(fields.List<TableStatistics>("tables", value?.Tables, Statistics))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static TableFeaturesRequest FeaturesRequest(Fields fields, TableFeaturesRequest? value) =>
        new(fields.List<TableFeatures>("tables", value?.Tables, Features, isOptional: true))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static TableFeaturesReply FeaturesReply(Fields fields, TableFeaturesReply? value) =>
        new(fields.List<TableFeatures>("tables", value?.Tables, Features))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    private static TableStatistics Statistics(Fields fields, TableStatistics? value) => new()
    {
        Table = fields.Table("table_id", value?.Table),
        Name = fields.Has("name", value is { Name.Length: > 0 }) ? fields.Text("name", value?.Name) : "",
        Wildcards = fields.Hex32("wildcards", value?.Wildcards, 0),
        EntriesMax = fields.UInt32("max_entries", value?.EntriesMax, 0),
        ActiveCount = fields.UInt32("active_count", value?.ActiveCount),
        LookupCount = fields.UInt64("lookup_count", value?.LookupCount),
        MatchedCount = fields.UInt64("matched_count", value?.MatchedCount),
    };

    private static TableFeatures Features(Fields fields, TableFeatures? value) => new()
    {
        Table = fields.Table("table_id", value?.Table),
        Name = fields.Text("name", value?.Name),
        MetadataMatch = fields.Hex64("metadata_match", value?.MetadataMatch),
        MetadataWrite = fields.Hex64("metadata_write", value?.MetadataWrite),
        Config = fields.Hex32("config", value?.Config),
        EntriesMax = fields.UInt32("max_entries", value?.EntriesMax),
        Properties = fields.List<TableProperty>("properties", value?.Properties, Property, isOptional: true),
    };

    private static TableProperty Property(Fields fields, TableProperty? value)
    {
        var type = (TablePropertyType)fields.Number("type", (ulong?)value?.Type, FieldNames.TablePropertyType);
        ImmutableArray<byte> bytes = fields.Bytes("data", value?.Bytes, isOptional: true);
        fields.Note("means", () => TablePropertyNote.Of(type, bytes.AsSpan()));
        return new TableProperty(type, bytes);
    }
}
