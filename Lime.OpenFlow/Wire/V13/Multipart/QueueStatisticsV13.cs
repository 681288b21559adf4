using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Queues' counters, asked for and told (ofp_queue_stats_request and ofp_queue_stats, OpenFlow 1.3.5 section
/// 7.3.5.8).</summary>
/// <remarks><code>
/// request   0  port_no:32   queue_id:32
/// reply     0  port_no:32   queue_id:32
///           8  tx_bytes:64
///          16  tx_packets:64
///          24  tx_errors:64
///          32  duration_sec:32
///          36  duration_nsec:32
/// </code></remarks>
internal static class QueueStatisticsV13
{
    public const int RequestBytes = 8;
    private const int EntryBytes = 40;

    public static long SizeOf(QueueStatisticsReply reply) => (long)reply.Queues.AsSpan().Length * EntryBytes;

    public static void Write(ref WireWriter writer, QueueStatisticsRequest request)
    {
        writer.WriteUInt32(request.Port.Value);
        writer.WriteUInt32(request.Queue.Value);
    }

    public static void Write(ref WireWriter writer, QueueStatisticsReply reply)
    {
        foreach (QueueStatistics queue in reply.Queues.AsSpan())
        {
            writer.WriteUInt32(queue.Port.Value);
            writer.WriteUInt32(queue.Queue.Value);
            writer.WriteUInt64(queue.SentBytes);
            writer.WriteUInt64(queue.SentPackets);
            writer.WriteUInt64(queue.SendErrors);
            WireDuration.Write(ref writer, queue.Duration);
        }
    }

    public static QueueStatisticsRequest ReadRequest(ref WireReader reader) => new(
        new PortNumber(reader.ReadUInt32("ofp_queue_stats_request.port_no")),
        new QueueId(reader.ReadUInt32("ofp_queue_stats_request.queue_id")));

    public static QueueStatisticsReply ReadReply(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_queue_stats");
        var queues = new QueueStatistics[count];
        for (int i = 0; i < count; i++) queues[i] = ReadQueue(ref reader);
        return new QueueStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(queues));
    }

    private static QueueStatistics ReadQueue(ref WireReader reader) => new()
    {
        Port = new PortNumber(reader.ReadUInt32("ofp_queue_stats.port_no")),
        Queue = new QueueId(reader.ReadUInt32("ofp_queue_stats.queue_id")),
        SentBytes = reader.ReadUInt64("ofp_queue_stats.tx_bytes"),
        SentPackets = reader.ReadUInt64("ofp_queue_stats.tx_packets"),
        SendErrors = reader.ReadUInt64("ofp_queue_stats.tx_errors"),
        Duration = WireDuration.Read(ref reader),
    };
}
