using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The queues of a port, asked for and told (OpenFlow 1.3.5 sections 7.2.2 and 7.3.6).</summary>
/// <remarks><code>
/// request   8  port:32   pad:32
/// reply     8  port:32   pad:32
///          16  queues
/// queue     0  queue_id:32
///           4  port:32
///           8  len:16    pad:48
///          16  properties, kept byte for byte
/// </code></remarks>
internal static class QueueConfigV13
{
    public const int RequestBytes = 16;
    private const int QueuesAt = 16;
    private const int LengthAt = 8;
    private const int PropertiesAt = 16;

    public static int SizeOf(QueueGetConfigReply message)
    {
        long bytes = QueuesAt;
        foreach (PacketQueue queue in message.Queues.AsSpan()) bytes += SizeOf(queue);
        return WireLimits.FrameBytes(bytes);
    }

    public static void Write(ref WireWriter writer, QueueGetConfigRequest message)
    {
        writer.WriteUInt32(message.Port.Value);
        writer.WriteZeros(4);
    }

    public static void Write(ref WireWriter writer, QueueGetConfigReply message)
    {
        writer.WriteUInt32(message.Port.Value);
        writer.WriteZeros(4);
        foreach (PacketQueue queue in message.Queues.AsSpan())
        {
            writer.WriteUInt32(queue.Queue.Value);
            writer.WriteUInt32(queue.Port.Value);
            writer.WriteUInt16((ushort)SizeOf(queue));
            writer.WriteZeros(6);
            writer.WriteBytes(queue.Properties.AsSpan());
        }
    }

    public static QueueGetConfigRequest ReadRequest(ref WireReader reader)
    {
        var port = new PortNumber(reader.ReadUInt32("ofp_queue_get_config_request.port"));
        reader.Skip(4, "ofp_queue_get_config_request.pad");
        return new QueueGetConfigRequest(port);
    }

    public static QueueGetConfigReply ReadReply(ref WireReader reader)
    {
        var port = new PortNumber(reader.ReadUInt32("ofp_queue_get_config_reply.port"));
        reader.Skip(4, "ofp_queue_get_config_reply.pad");
        ImmutableArray<PacketQueue>.Builder queues = ImmutableArray.CreateBuilder<PacketQueue>();
        while (reader.HasMore()) queues.Add(ReadQueue(ref reader));
        return new QueueGetConfigReply(port, queues.DrainToImmutable());
    }

    private static PacketQueue ReadQueue(ref WireReader reader)
    {
        WireReader entry = reader.ReadEntry(PropertiesAt, "ofp_packet_queue", WireFault.Request, LengthAt);
        var queue = new QueueId(entry.ReadUInt32("ofp_packet_queue.queue_id"));
        var port = new PortNumber(entry.ReadUInt32("ofp_packet_queue.port"));
        entry.Skip(PropertiesAt - LengthAt, "ofp_packet_queue.len and pad");
        QueueProperties.Check(entry);
        return new PacketQueue(queue, ImmutableArray.Create(entry.ReadRest())) { Port = port };
    }

    private static long SizeOf(PacketQueue queue) => QueueProperties.AreFramed(queue.Properties.AsSpan())
        ? (long)PropertiesAt + queue.Properties.Length
        : throw LimitsV13.Unsupported("PacketQueue.Properties");
}
