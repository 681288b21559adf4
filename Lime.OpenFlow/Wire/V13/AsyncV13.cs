using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Which events are sent, told and set (ofp_async_config, OpenFlow 1.3.5 section 7.3.10).</summary>
/// <remarks><code>
///  8  packet_in_mask:32      packet_in_mask as slave:32
/// 16  port_status_mask:32    port_status_mask as slave:32
/// 24  flow_removed_mask:32   flow_removed_mask as slave:32
/// </code></remarks>
internal static class AsyncV13
{
    public const int SizeBytes = 32;

    public static void Write(ref WireWriter writer, AsyncMasks masks)
    {
        writer.WriteUInt32(masks.PacketIn);
        writer.WriteUInt32(masks.PacketInAsSlave);
        writer.WriteUInt32(masks.PortStatus);
        writer.WriteUInt32(masks.PortStatusAsSlave);
        writer.WriteUInt32(masks.FlowRemoved);
        writer.WriteUInt32(masks.FlowRemovedAsSlave);
    }

    public static AsyncMasks Read(ref WireReader reader) => new(
        reader.ReadUInt32("ofp_async_config.packet_in_mask"),
        reader.ReadUInt32("ofp_async_config.packet_in_mask"),
        reader.ReadUInt32("ofp_async_config.port_status_mask"),
        reader.ReadUInt32("ofp_async_config.port_status_mask"),
        reader.ReadUInt32("ofp_async_config.flow_removed_mask"),
        reader.ReadUInt32("ofp_async_config.flow_removed_mask"));
}
