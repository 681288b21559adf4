using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Ports: descriptions, changes, statistics.</summary>
internal static class PortForms
{
    public static PortDescription Description(Fields fields, PortDescription? value) => new(
        fields.Port("port_no", value?.Port),
        fields.Mac("hw_addr", value?.HardwareAddress),
        fields.Text("name", value?.Name))
    {
        Config = (PortConfig)fields.Number("config", (ulong?)value?.Config, FieldNames.PortConfig),
        State = (uint)fields.Number("state", value?.State, FieldNames.PortState),
        CurrentFeatures = Features(fields, "curr", value?.CurrentFeatures),
        AdvertisedFeatures = Features(fields, "advertised", value?.AdvertisedFeatures),
        SupportedFeatures = Features(fields, "supported", value?.SupportedFeatures),
        PeerFeatures = Features(fields, "peer", value?.PeerFeatures),
        CurrentSpeedKbps = fields.UInt32("curr_speed", value?.CurrentSpeedKbps, 0),
        MaxSpeedKbps = fields.UInt32("max_speed", value?.MaxSpeedKbps, 0),
    };

    public static PortStatus Status(Fields fields, PortStatus? value) => new(
        (PortStatusReason)fields.Number("reason", (ulong?)value?.Reason, FieldNames.PortStatusReason),
        fields.Object<PortDescription>("desc", value?.Port, Description));

    public static PortMod Mod(Fields fields, PortMod? value) => new(
        fields.Port("port_no", value?.Port),
        fields.Mac("hw_addr", value?.HardwareAddress),
        (PortConfig)fields.Number("config", (ulong?)value?.Config, FieldNames.PortConfig),
        (PortConfig)fields.Number("mask", (ulong?)value?.Mask, FieldNames.PortConfig),
        Features(fields, "advertise", value?.Advertise));

    public static PortDescriptionRequest DescriptionRequest(Fields fields, PortDescriptionRequest? value) =>
        new() { HasMore = fields.Flag("more", value?.HasMore) };

    public static PortDescriptionReply DescriptionReply(Fields fields, PortDescriptionReply? value) =>
        new(fields.List<PortDescription>("ports", value?.Ports, Description))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    public static PortStatisticsRequest StatisticsRequest(Fields fields, PortStatisticsRequest? value) =>
        new(fields.Port("port_no", value?.Port)) { HasMore = fields.Flag("more", value?.HasMore) };

    public static PortStatisticsReply StatisticsReply(Fields fields, PortStatisticsReply? value) =>
        new(fields.List<PortStatistics>("ports", value?.Ports, Statistics))
        {
            HasMore = fields.Flag("more", value?.HasMore),
        };

    private static PortStatistics Statistics(Fields fields, PortStatistics? value) => new()
    {
        Port = fields.Port("port_no", value?.Port),
        ReceivedPackets = fields.UInt64("rx_packets", value?.ReceivedPackets),
        SentPackets = fields.UInt64("tx_packets", value?.SentPackets),
        ReceivedBytes = fields.UInt64("rx_bytes", value?.ReceivedBytes),
        SentBytes = fields.UInt64("tx_bytes", value?.SentBytes),
        ReceiveDropped = fields.UInt64("rx_dropped", value?.ReceiveDropped),
        SendDropped = fields.UInt64("tx_dropped", value?.SendDropped),
        ReceiveErrors = fields.UInt64("rx_errors", value?.ReceiveErrors),
        SendErrors = fields.UInt64("tx_errors", value?.SendErrors),
        FrameErrors = fields.UInt64("rx_frame_err", value?.FrameErrors),
        OverrunErrors = fields.UInt64("rx_over_err", value?.OverrunErrors),
        CrcErrors = fields.UInt64("rx_crc_err", value?.CrcErrors),
        Collisions = fields.UInt64("collisions", value?.Collisions),
        Duration = fields.Duration(value?.Duration, isOptional: true),
    };

    private static PortFeatures Features(Fields fields, string name, PortFeatures? value) =>
        (PortFeatures)fields.Number(name, (ulong?)value, FieldNames.PortFeatures);
}
