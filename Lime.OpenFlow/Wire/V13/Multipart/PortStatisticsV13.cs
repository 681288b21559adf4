using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Ports' counters, asked for and told (ofp_port_stats_request and ofp_port_stats, OpenFlow 1.3.5 section
/// 7.3.5.6).</summary>
/// <remarks><code>
/// request   0  port_no:32   pad:32
/// reply     0  port_no:32   pad:32
///           8  rx_packets:64   tx_packets:64   rx_bytes:64       tx_bytes:64
///          40  rx_dropped:64   tx_dropped:64   rx_errors:64      tx_errors:64
///          72  rx_frame_err:64 rx_over_err:64  rx_crc_err:64     collisions:64
///         104  duration_sec:32
///         108  duration_nsec:32
/// </code></remarks>
internal static class PortStatisticsV13
{
    public const int RequestBytes = 8;
    private const int EntryBytes = 112;

    public static long SizeOf(PortStatisticsReply reply) => (long)reply.Ports.AsSpan().Length * EntryBytes;

    public static void Write(ref WireWriter writer, PortStatisticsRequest request)
    {
        writer.WriteUInt32(request.Port.Value);
        writer.WriteZeros(4);
    }

    public static void Write(ref WireWriter writer, PortStatisticsReply reply)
    {
        foreach (PortStatistics port in reply.Ports.AsSpan())
        {
            writer.WriteUInt32(port.Port.Value);
            writer.WriteZeros(4);
            PortCounters.Write(ref writer, port);
            WireDuration.Write(ref writer, port.Duration);
        }
    }

    public static PortStatisticsRequest ReadRequest(ref WireReader reader)
    {
        var port = new PortNumber(reader.ReadUInt32("ofp_port_stats_request.port_no"));
        reader.Skip(4, "ofp_port_stats_request.pad");
        return new PortStatisticsRequest(port);
    }

    public static PortStatisticsReply ReadReply(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_port_stats");
        var ports = new PortStatistics[count];
        for (int i = 0; i < count; i++)
        {
            var port = new PortNumber(reader.ReadUInt32("ofp_port_stats.port_no"));
            reader.Skip(4, "ofp_port_stats.pad");
            PortStatistics counters = PortCounters.Read(ref reader, port);
            ports[i] = counters with { Duration = WireDuration.Read(ref reader) };
        }
        return new PortStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(ports));
    }
}
