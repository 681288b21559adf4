using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>The switch as a whole: features, configuration, description, roles, asynchronous messages.</summary>
internal static class SwitchForms
{
    public static FeaturesReply Features(Fields fields, FeaturesReply? value) => new(
        new DatapathId(fields.Hex64("datapath_id", value?.Datapath.Value)),
        fields.UInt32("n_buffers", value?.BufferCount),
        fields.UInt8("n_tables", value?.TableCount),
        (SwitchCapabilities)fields.Number("capabilities", (ulong?)value?.Capabilities, FieldNames.Capabilities),
        fields.Hex32("actions", value?.ActionBits, 0),
        fields.List<PortDescription>("ports", value?.Ports, PortForms.Description, isOptional: true))
    {
        AuxiliaryId = fields.UInt8("auxiliary_id", value?.AuxiliaryId, 0),
    };

    public static GetConfigReply GetConfig(Fields fields, GetConfigReply? value) =>
        new(ConfigFlags(fields, value?.Flags), fields.UInt16("miss_send_len", value?.MissSendBytes));

    public static SetConfig SetConfig(Fields fields, SetConfig? value) =>
        new(ConfigFlags(fields, value?.Flags), fields.UInt16("miss_send_len", value?.MissSendBytes));

    public static DescriptionRequest DescriptionRequest(Fields fields, DescriptionRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static DescriptionReply Description(Fields fields, DescriptionReply? value) => new(
        fields.Text("mfr_desc", value?.Manufacturer),
        fields.Text("hw_desc", value?.Hardware),
        fields.Text("sw_desc", value?.Software),
        fields.Text("serial_num", value?.SerialNumber),
        fields.Text("dp_desc", value?.Datapath))
    {
        HasMore = fields.Flag("more", value?.HasMore),
    };

    public static RoleRequest RoleRequest(Fields fields, RoleRequest? value) => new(
        (ControllerRole)fields.Number("role", (ulong?)value?.Role, FieldNames.Role),
        fields.Hex64("generation_id", value?.GenerationId, 0));

    public static RoleReply RoleReply(Fields fields, RoleReply? value) => new(
        (ControllerRole)fields.Number("role", (ulong?)value?.Role, FieldNames.Role),
        fields.Hex64("generation_id", value?.GenerationId, ulong.MaxValue));

    public static SetAsync SetAsync(Fields fields, SetAsync? value) => new(Masks(fields, value?.Masks));

    public static GetAsyncReply GetAsync(Fields fields, GetAsyncReply? value) => new(Masks(fields, value?.Masks));

    private static ushort ConfigFlags(Fields fields, ushort? value)
    {
        ushort flags = fields.Hex16("flags", value);
        fields.Note("means", () => BitNote.Config(flags));
        return flags;
    }

    private static AsyncMasks Masks(Fields fields, AsyncMasks? value)
    {
        var masks = new AsyncMasks(
            fields.Hex32("packet_in_mask", value?.PacketIn),
            fields.Hex32("packet_in_mask_slave", value?.PacketInAsSlave),
            fields.Hex32("port_status_mask", value?.PortStatus),
            fields.Hex32("port_status_mask_slave", value?.PortStatusAsSlave),
            fields.Hex32("flow_removed_mask", value?.FlowRemoved),
            fields.Hex32("flow_removed_mask_slave", value?.FlowRemovedAsSlave));
        fields.Note("means", () => Meaning(masks));
        return masks;
    }

    /// <summary>The reasons that are asked for, as master (or equal) and as slave.</summary>
    private static JsonObject Meaning(AsyncMasks masks)
    {
        string[] packetIn = ["NO_MATCH", "ACTION", "INVALID_TTL"];
        string[] portStatus = ["ADD", "DELETE", "MODIFY"];
        string[] flowRemoved = ["IDLE_TIMEOUT", "HARD_TIMEOUT", "DELETE", "GROUP_DELETE"];
        return new JsonObject
        {
            ["packet_in"] = BitNote.Of(masks.PacketIn, packetIn),
            ["packet_in_slave"] = BitNote.Of(masks.PacketInAsSlave, packetIn),
            ["port_status"] = BitNote.Of(masks.PortStatus, portStatus),
            ["port_status_slave"] = BitNote.Of(masks.PortStatusAsSlave, portStatus),
            ["flow_removed"] = BitNote.Of(masks.FlowRemoved, flowRemoved),
            ["flow_removed_slave"] = BitNote.Of(masks.FlowRemovedAsSlave, flowRemoved),
        };
    }
}
