using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire;

/// <summary>A port's twelve counters, which every version tells in the same order (ofp_port_stats).</summary>
internal static class PortCounters
{
    public static void Write(ref WireWriter writer, PortStatistics port)
    {
        writer.WriteUInt64(port.ReceivedPackets);
        writer.WriteUInt64(port.SentPackets);
        writer.WriteUInt64(port.ReceivedBytes);
        writer.WriteUInt64(port.SentBytes);
        writer.WriteUInt64(port.ReceiveDropped);
        writer.WriteUInt64(port.SendDropped);
        writer.WriteUInt64(port.ReceiveErrors);
        writer.WriteUInt64(port.SendErrors);
        writer.WriteUInt64(port.FrameErrors);
        writer.WriteUInt64(port.OverrunErrors);
        writer.WriteUInt64(port.CrcErrors);
        writer.WriteUInt64(port.Collisions);
    }

    public static PortStatistics Read(ref WireReader reader, PortNumber port) => new()
    {
        Port = port,
        ReceivedPackets = reader.ReadUInt64("ofp_port_stats.rx_packets"),
        SentPackets = reader.ReadUInt64("ofp_port_stats.tx_packets"),
        ReceivedBytes = reader.ReadUInt64("ofp_port_stats.rx_bytes"),
        SentBytes = reader.ReadUInt64("ofp_port_stats.tx_bytes"),
        ReceiveDropped = reader.ReadUInt64("ofp_port_stats.rx_dropped"),
        SendDropped = reader.ReadUInt64("ofp_port_stats.tx_dropped"),
        ReceiveErrors = reader.ReadUInt64("ofp_port_stats.rx_errors"),
        SendErrors = reader.ReadUInt64("ofp_port_stats.tx_errors"),
        FrameErrors = reader.ReadUInt64("ofp_port_stats.rx_frame_err"),
        OverrunErrors = reader.ReadUInt64("ofp_port_stats.rx_over_err"),
        CrcErrors = reader.ReadUInt64("ofp_port_stats.rx_crc_err"),
        Collisions = reader.ReadUInt64("ofp_port_stats.collisions"),
    };
}
