using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Packet-in and packet-out.</summary>
internal static class PacketForms
{
    public static PacketInMessage PacketIn(Fields fields, PacketInMessage? value)
    {
        var message = new PacketInMessage(
            fields.Buffer("buffer_id", value?.BufferId),
            fields.UInt16("total_len", value?.TotalBytes),
            fields.Port("in_port", value?.InPort),
            (PacketInReason)fields.Number("reason", (ulong?)value?.Reason, FieldNames.PacketInReason))
        {
            Table = fields.Table("table", value?.Table, default(TableId)),
            Cookie = fields.Cookie("cookie", value?.Cookie, 0),
            MatchFields = fields.Bytes("match_fields", value?.MatchFields, isOptional: true),
            Packet = fields.Bytes("packet", value?.Packet),
        };
        fields.Note("match", () => FieldsNote(message.MatchFields.AsSpan()));
        fields.Note("packet", () => PacketSummary.Of(message.InPort, message.Packet.AsSpan()));
        return message;
    }

    public static PacketOutMessage PacketOut(Fields fields, PacketOutMessage? value)
    {
        var message = new PacketOutMessage(
            fields.Buffer("buffer_id", value?.BufferId),
            fields.Port("in_port", value?.InPort),
            fields.Actions("actions", value?.Actions),
            fields.Bytes("packet", value?.Packet, isOptional: true));
        fields.Note("packet", () => PacketSummary.Of(message.InPort, message.Packet.AsSpan()));
        return message;
    }

    /// <summary>The fields that a packet-in carries by name.</summary>
    private static JsonObject? FieldsNote(ReadOnlySpan<byte> matchFields)
    {
        if (matchFields.IsEmpty) return null;
        var json = new JsonObject();
        foreach (ReadOnlySpan<byte> bytes in new OxmReader(matchFields))
        {
            if (OxmNames.FromBytes(bytes) is { } field) OxmJson.Write(json, field);
        }
        return json;
    }
}
