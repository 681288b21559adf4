using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Ports' counters, asked for and told (ofp_port_stats_request and ofp_port_stats, OpenFlow
/// 1.0.0 section
/// 5.3.5).</summary>
/// <remarks><code>
/// request   0  port_no:16   pad:48
/// reply     0  port_no:16   pad:48
///           8  rx_packets:64   tx_packets:64   rx_bytes:64       tx_bytes:64
///          40  rx_dropped:64   tx_dropped:64   rx_errors:64      tx_errors:64
///          72  rx_frame_err:64 rx_over_err:64  rx_crc_err:64     collisions:64
/// </code></remarks>
internal static class PortStatisticsV10
{
    private const int RequestBytes = 8;
    private const int EntryBytes = 104;

    public static int SizeOf(PortStatisticsRequest request)
    {
        PortNumberV10.Check(request.Port, "PortStatisticsRequest.Port");
        return RequestBytes;
    }

    public static long SizeOf(PortStatisticsReply reply)
    {
        ReadOnlySpan<PortStatistics> ports = reply.Ports.AsSpan();
        foreach (PortStatistics port in ports) PortNumberV10.Check(port.Port, "PortStatistics.Port");
        return (long)ports.Length * EntryBytes;
    }

    public static void Write(ref WireWriter writer, PortStatisticsRequest request)
    {
        PortNumberV10.Write(ref writer, request.Port);
        writer.WriteZeros(6);
    }

    public static void Write(ref WireWriter writer, PortStatisticsReply reply)
    {
        foreach (PortStatistics port in reply.Ports.AsSpan()) Write(ref writer, port);
    }

    public static PortStatisticsRequest ReadRequest(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_port_stats_request.port_no");
        reader.Skip(6, "ofp_port_stats_request.pad");
        return new PortStatisticsRequest(port);
    }

    public static PortStatisticsReply ReadReply(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_port_stats");
        var ports = new PortStatistics[count];
        for (int i = 0; i < count; i++) ports[i] = ReadPort(ref reader);
        return new PortStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(ports));
    }

    private static void Write(ref WireWriter writer, PortStatistics port)
    {
        PortNumberV10.Write(ref writer, port.Port);
        writer.WriteZeros(6);
        PortCounters.Write(ref writer, port);
    }

    private static PortStatistics ReadPort(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_port_stats.port_no");
        reader.Skip(6, "ofp_port_stats.pad");
        return PortCounters.Read(ref reader, port);
    }
}
