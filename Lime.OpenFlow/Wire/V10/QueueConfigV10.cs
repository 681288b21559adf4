using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>The queues of a port, asked for and told (OpenFlow 1.0.0 sections 5.2.2 and 5.3.4).</summary>
/// <remarks><code>
/// request   8  port:16   pad:16
/// reply     8  port:16   pad:48
///          16  queues
/// queue     0  queue_id:32
///           4  len:16    pad:16
///           8  properties, kept byte for byte
/// </code></remarks>
internal static class QueueConfigV10
{
    private const int RequestBytes = 12;
    private const int QueuesAt = 16;
    private const int LengthAt = 4;
    private const int PropertiesAt = 8;

    public static int SizeOf(QueueGetConfigRequest message)
    {
        PortNumberV10.Check(message.Port, "QueueGetConfigRequest.Port");
        return RequestBytes;
    }

    public static int SizeOf(QueueGetConfigReply message)
    {
        PortNumberV10.Check(message.Port, "QueueGetConfigReply.Port");
        long bytes = QueuesAt;
        foreach (PacketQueue queue in message.Queues.AsSpan())
        {
            bool isOwn = queue.Port == default || queue.Port == message.Port;
            if (!isOwn) throw LimitsV10.Unsupported("PacketQueue.Port");
            bytes += SizeOf(queue);
        }
        return WireLimits.FrameBytes(bytes);
    }

    public static void Write(ref WireWriter writer, QueueGetConfigRequest message)
    {
        PortNumberV10.Write(ref writer, message.Port);
        writer.WriteZeros(2);
    }

    public static void Write(ref WireWriter writer, QueueGetConfigReply message)
    {
        PortNumberV10.Write(ref writer, message.Port);
        writer.WriteZeros(6);
        foreach (PacketQueue queue in message.Queues.AsSpan())
        {
            writer.WriteUInt32(queue.Queue.Value);
            writer.WriteUInt16((ushort)SizeOf(queue));
            writer.WriteZeros(2);
            writer.WriteBytes(queue.Properties.AsSpan());
        }
    }

    public static QueueGetConfigRequest ReadRequest(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_queue_get_config_request.port");
        reader.Skip(2, "ofp_queue_get_config_request.pad");
        return new QueueGetConfigRequest(port);
    }

    public static QueueGetConfigReply ReadReply(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_queue_get_config_reply.port");
        reader.Skip(6, "ofp_queue_get_config_reply.pad");
        ImmutableArray<PacketQueue>.Builder queues = ImmutableArray.CreateBuilder<PacketQueue>();
        while (reader.HasMore()) queues.Add(ReadQueue(ref reader, port));
        return new QueueGetConfigReply(port, queues.DrainToImmutable());
    }

    private static PacketQueue ReadQueue(ref WireReader reader, PortNumber port)
    {
        WireReader entry = reader.ReadEntry(PropertiesAt, "ofp_packet_queue", WireFault.Request, LengthAt);
        var queue = new QueueId(entry.ReadUInt32("ofp_packet_queue.queue_id"));
        entry.Skip(PropertiesAt - LengthAt, "ofp_packet_queue.len and pad");
        QueueProperties.Check(entry);
        return new PacketQueue(queue, ImmutableArray.Create(entry.ReadRest())) { Port = port };
    }

    private static long SizeOf(PacketQueue queue) => QueueProperties.AreFramed(queue.Properties.AsSpan())
        ? (long)PropertiesAt + queue.Properties.Length
        : throw LimitsV10.Unsupported("PacketQueue.Properties");
}
