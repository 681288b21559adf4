using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Groups: changes, descriptions, features, statistics.</summary>
internal static class GroupForms
{
    public static GroupMod Mod(Fields fields, GroupMod? value) => new(
        (GroupModCommand)fields.Number("command", (ulong?)value?.Command, FieldNames.GroupModCommand),
        (GroupType)fields.Number("group_type", (ulong?)value?.Type, FieldNames.GroupType),
        fields.Group("group_id", value?.Group),
        fields.List<GroupBucket>("buckets", value?.Buckets, Bucket, isOptional: true));

    public static GroupDescriptionRequest DescriptionRequest(Fields fields, GroupDescriptionRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static GroupDescriptionReply DescriptionReply(Fields fields, GroupDescriptionReply? value) =>
        new(fields.List<GroupDescription>("groups", value?.Groups, Description))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static GroupFeaturesRequest FeaturesRequest(Fields fields, GroupFeaturesRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static GroupFeaturesReply FeaturesReply(Fields fields, GroupFeaturesReply? value)
    {
        uint types = fields.Hex32("types", value?.Types);
        uint capabilities = fields.Hex32("capabilities", value?.Capabilities);
        fields.Note("means", () => new JsonObject
        {
            ["types"] = BitNote.Of(types, "ALL", "SELECT", "INDIRECT", "FF"),
            ["capabilities"] =
                BitNote.Of(capabilities, "SELECT_WEIGHT", "SELECT_LIVENESS", "CHAINING", "CHAINING_CHECKS"),
        });
        return new GroupFeaturesReply(types, capabilities,
            fields.Numbers("max_groups", value?.GroupsMax, PlainNumber.UInt32),
            fields.Numbers("actions", value?.Actions, PlainNumber.Hex32))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };
    }

    public static GroupStatisticsRequest StatisticsRequest(Fields fields, GroupStatisticsRequest? value) =>
        new(fields.Group("group_id", value?.Group)) { HasMore = fields.Flag("more", value?.HasMore) };

    public static GroupStatisticsReply StatisticsReply(Fields fields, GroupStatisticsReply? value) =>
        new(fields.List<GroupStatistics>("groups", value?.Groups, Statistics))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    /// <summary>A bucket's or meter band's counters.</summary>
    public static BucketCounter Counter(Fields fields, BucketCounter value) => new(
        fields.UInt64("packet_count", value.PacketCount), fields.UInt64("byte_count", value.ByteCount));

    private static GroupBucket Bucket(Fields fields, GroupBucket? value) =>
        new(fields.Actions("actions", value?.Actions))
        {
            Weight = fields.UInt16("weight", value?.Weight, 0),
            WatchPort = fields.Port("watch_port", value?.WatchPort, PortNumber.Any),
            WatchGroup = fields.Group("watch_group", value?.WatchGroup, GroupId.Any),
        };

    private static GroupDescription Description(Fields fields, GroupDescription? value) => new(
        fields.Group("group_id", value?.Group),
        (GroupType)fields.Number("group_type", (ulong?)value?.Type, FieldNames.GroupType),
        fields.List<GroupBucket>("buckets", value?.Buckets, Bucket));

    private static GroupStatistics Statistics(Fields fields, GroupStatistics? value) => new()
    {
        Group = fields.Group("group_id", value?.Group),
        ReferenceCount = fields.UInt32("ref_count", value?.ReferenceCount),
        PacketCount = fields.UInt64("packet_count", value?.PacketCount),
        ByteCount = fields.UInt64("byte_count", value?.ByteCount),
        Duration = fields.Duration(value?.Duration),
        Buckets = fields.List<BucketCounter>("buckets", value?.Buckets, Counter),
    };
}
