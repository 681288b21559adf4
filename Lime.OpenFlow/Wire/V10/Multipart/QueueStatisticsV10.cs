using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Queues' counters, asked for and told (ofp_queue_stats_request and ofp_queue_stats, OpenFlow
/// 1.0.0 section
/// 5.3.5).</summary>
/// <remarks><code>
/// request   0  port_no:16   pad:16   queue_id:32
/// reply     0  port_no:16   pad:16   queue_id:32
///           8  tx_bytes:64
///          16  tx_packets:64
///          24  tx_errors:64
/// </code></remarks>
internal static class QueueStatisticsV10
{
    private const int RequestBytes = 8;
    private const int EntryBytes = 32;

    public static int SizeOf(QueueStatisticsRequest request)
    {
        PortNumberV10.Check(request.Port, "QueueStatisticsRequest.Port");
        return RequestBytes;
    }

    public static long SizeOf(QueueStatisticsReply reply)
    {
        ReadOnlySpan<QueueStatistics> queues = reply.Queues.AsSpan();
        foreach (QueueStatistics queue in queues) PortNumberV10.Check(queue.Port, "QueueStatistics.Port");
        return (long)queues.Length * EntryBytes;
    }

    public static void Write(ref WireWriter writer, QueueStatisticsRequest request) =>
        WriteName(ref writer, request.Port, request.Queue);

    public static void Write(ref WireWriter writer, QueueStatisticsReply reply)
    {
        foreach (QueueStatistics queue in reply.Queues.AsSpan())
        {
            WriteName(ref writer, queue.Port, queue.Queue);
            writer.WriteUInt64(queue.SentBytes);
            writer.WriteUInt64(queue.SentPackets);
            writer.WriteUInt64(queue.SendErrors);
        }
    }

    public static QueueStatisticsRequest ReadRequest(ref WireReader reader)
    {
        (PortNumber port, QueueId queue) = ReadName(ref reader);
        return new QueueStatisticsRequest(port, queue);
    }

    public static QueueStatisticsReply ReadReply(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_queue_stats");
        var queues = new QueueStatistics[count];
        for (int i = 0; i < count; i++) queues[i] = ReadQueue(ref reader);
        return new QueueStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(queues));
    }

    private static QueueStatistics ReadQueue(ref WireReader reader)
    {
        (PortNumber port, QueueId queue) = ReadName(ref reader);
        return new QueueStatistics
        {
            Port = port,
            Queue = queue,
            SentBytes = reader.ReadUInt64("ofp_queue_stats.tx_bytes"),
            SentPackets = reader.ReadUInt64("ofp_queue_stats.tx_packets"),
            SendErrors = reader.ReadUInt64("ofp_queue_stats.tx_errors"),
        };
    }

    private static void WriteName(ref WireWriter writer, PortNumber port, QueueId queue)
    {
        PortNumberV10.Write(ref writer, port);
        writer.WriteZeros(2);
        writer.WriteUInt32(queue.Value);
    }

    private static (PortNumber Port, QueueId Queue) ReadName(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_queue_stats.port_no");
        reader.Skip(2, "ofp_queue_stats.pad");
        return (port, new QueueId(reader.ReadUInt32("ofp_queue_stats.queue_id")));
    }
}
