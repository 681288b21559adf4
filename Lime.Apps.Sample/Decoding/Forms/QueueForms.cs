using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Queues: configuration and statistics.</summary>
internal static class QueueForms
{
    public static QueueGetConfigRequest ConfigRequest(Fields fields, QueueGetConfigRequest? value) =>
        new(fields.Port("port", value?.Port));

    public static QueueGetConfigReply ConfigReply(Fields fields, QueueGetConfigReply? value) => new(
        fields.Port("port", value?.Port), fields.List<PacketQueue>("queues", value?.Queues, Queue));

    public static QueueStatisticsRequest StatisticsRequest(Fields fields, QueueStatisticsRequest? value) =>
        new(fields.Port("port_no", value?.Port), fields.Queue("queue_id", value?.Queue))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static QueueStatisticsReply StatisticsReply(Fields fields, QueueStatisticsReply? value) =>
        new(fields.List<QueueStatistics>("queues", value?.Queues, Statistics))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    private static PacketQueue Queue(Fields fields, PacketQueue? value)
    {
        QueueId queue = fields.Queue("queue_id", value?.Queue);
        ImmutableArray<byte> properties = fields.Bytes("properties", value?.Properties, isOptional: true);
        if (!properties.IsDefaultOrEmpty) fields.Note("means", () => QueuePropertyNote.Of(properties.AsSpan()));
        return new PacketQueue(queue, properties) { Port = fields.Port("port", value?.Port, default(PortNumber)) };
    }

    private static QueueStatistics Statistics(Fields fields, QueueStatistics? value) => new()
    {
        Port = fields.Port("port_no", value?.Port),
        Queue = fields.Queue("queue_id", value?.Queue),
        SentBytes = fields.UInt64("tx_bytes", value?.SentBytes),
        SentPackets = fields.UInt64("tx_packets", value?.SentPackets),
        SendErrors = fields.UInt64("tx_errors", value?.SendErrors),
        Duration = fields.Duration(value?.Duration, isOptional: true),
    };
}
