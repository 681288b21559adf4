using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Rules: flow-mod, flow-removed, flow and aggregate statistics.</summary>
internal static class FlowForms
{
    private const ushort UsualPriority = 0x8000;

    public static FlowMod FlowMod(Fields fields, FlowMod value) => new()
    {
        Command = (FlowModCommand)fields.Number("command", (ulong)value.Command, FieldNames.FlowModCommand),
        Table = fields.Table("table", value.Table, default(TableId)),
        Priority = fields.UInt16("priority", value.Priority, UsualPriority, isShown: true),
        Match = fields.Match("match", value.Match),
        Cookie = fields.Cookie("cookie", value.Cookie, 0, isShown: true),
        CookieMask = fields.Cookie("cookie_mask", value.CookieMask, 0),
        IdleTimeoutSeconds = fields.UInt16("idle_timeout", value.IdleTimeoutSeconds, 0, isShown: true),
        HardTimeoutSeconds = fields.UInt16("hard_timeout", value.HardTimeoutSeconds, 0, isShown: true),
        BufferId = fields.Buffer("buffer_id", value.BufferId, BufferId.None),
        OutPort = fields.Port("out_port", value.OutPort, PortNumber.Any, isShown: true),
        OutGroup = fields.Group("out_group", value.OutGroup, GroupId.Any),
        Flags = (FlowModFlags)fields.Number("flags", (ulong)value.Flags, FieldNames.FlowModFlags, 0, isShown: true),
        Actions = fields.Actions("actions", value.Actions),
        Instructions = fields.Instructions("instructions", value.Instructions),
    };

    public static FlowRemoved FlowRemoved(Fields fields, FlowRemoved? value) => new(
        fields.Match("match", value?.Match),
        fields.Cookie("cookie", value?.Cookie),
        fields.UInt16("priority", value?.Priority),
        (FlowRemovedReason)fields.Number("reason", (ulong?)value?.Reason, FieldNames.FlowRemovedReason),
        fields.Duration(value?.Duration),
        fields.UInt16("idle_timeout", value?.IdleTimeoutSeconds),
        fields.UInt64("packet_count", value?.PacketCount),
        fields.UInt64("byte_count", value?.ByteCount))
    {
        Table = fields.Table("table", value?.Table, default(TableId)),
        HardTimeoutSeconds = fields.UInt16("hard_timeout", value?.HardTimeoutSeconds, 0),
    };

    public static FlowStatisticsRequest FlowRequest(Fields fields, FlowStatisticsRequest? value) => new(
        fields.Match("match", value?.Match),
        fields.Table("table", value?.Table),
        fields.Port("out_port", value?.OutPort))
    {
        OutGroup = fields.Group("out_group", value?.OutGroup, GroupId.Any),
        Cookie = fields.Cookie("cookie", value?.Cookie, 0),
        CookieMask = fields.Cookie("cookie_mask", value?.CookieMask, 0),
        HasMore = fields.Flag("more", value?.HasMore),
    };

    public static FlowStatisticsReply FlowReply(Fields fields, FlowStatisticsReply? value) =>
        new(fields.List<FlowStatistics>("flows", value?.Flows, Flow)) { HasMore = fields.Flag("more", value?.HasMore) };

    public static AggregateStatisticsRequest AggregateRequest(Fields fields, AggregateStatisticsRequest? value) => new(
        fields.Match("match", value?.Match),
        fields.Table("table", value?.Table),
        fields.Port("out_port", value?.OutPort))
    {
        OutGroup = fields.Group("out_group", value?.OutGroup, GroupId.Any),
        Cookie = fields.Cookie("cookie", value?.Cookie, 0),
        CookieMask = fields.Cookie("cookie_mask", value?.CookieMask, 0),
        HasMore = fields.Flag("more", value?.HasMore),
    };

    public static AggregateStatisticsReply AggregateReply(Fields fields, AggregateStatisticsReply? value) => new(
        fields.UInt64("packet_count", value?.PacketCount),
        fields.UInt64("byte_count", value?.ByteCount),
        fields.UInt32("flow_count", value?.FlowCount))
    {
        HasMore = fields.Flag("more", value?.HasMore),
    };

    private static FlowStatistics Flow(Fields fields, FlowStatistics? value) => new()
    {
        Table = fields.Table("table", value?.Table),
        Priority = fields.UInt16("priority", value?.Priority),
        Match = fields.Match("match", value?.Match),
        Cookie = fields.Cookie("cookie", value?.Cookie),
        Duration = fields.Duration(value?.Duration),
        IdleTimeoutSeconds = fields.UInt16("idle_timeout", value?.IdleTimeoutSeconds),
        HardTimeoutSeconds = fields.UInt16("hard_timeout", value?.HardTimeoutSeconds),
        Flags = (FlowModFlags)fields.Number("flags", (ulong?)value?.Flags, FieldNames.FlowModFlags, 0),
        PacketCount = fields.UInt64("packet_count", value?.PacketCount),
        ByteCount = fields.UInt64("byte_count", value?.ByteCount),
        Actions = fields.Actions("actions", value?.Actions),
        Instructions = fields.Instructions("instructions", value?.Instructions),
    };
}
