using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>Names of message and multipart types, as in 1.3's specification without their prefixes OFPT_ and
/// OFPMP_.</summary>
internal static class MessageNames
{
    /// <summary>By <see cref="MessageKind"/>, whose order it has.</summary>
    public static NamedNumber Kind { get; } = new((ulong)MessageKind.BundleAdd,
        ("HELLO", (ulong)MessageKind.Hello),
        ("ERROR", (ulong)MessageKind.Error),
        ("ECHO_REQUEST", (ulong)MessageKind.EchoRequest),
        ("ECHO_REPLY", (ulong)MessageKind.EchoReply),
        ("EXPERIMENTER", (ulong)MessageKind.Experimenter),
        ("FEATURES_REQUEST", (ulong)MessageKind.FeaturesRequest),
        ("FEATURES_REPLY", (ulong)MessageKind.FeaturesReply),
        ("GET_CONFIG_REQUEST", (ulong)MessageKind.GetConfigRequest),
        ("GET_CONFIG_REPLY", (ulong)MessageKind.GetConfigReply),
        ("SET_CONFIG", (ulong)MessageKind.SetConfig),
        ("PACKET_IN", (ulong)MessageKind.PacketIn),
        ("FLOW_REMOVED", (ulong)MessageKind.FlowRemoved),
        ("PORT_STATUS", (ulong)MessageKind.PortStatus),
        ("PACKET_OUT", (ulong)MessageKind.PacketOut),
        ("FLOW_MOD", (ulong)MessageKind.FlowMod),
        ("PORT_MOD", (ulong)MessageKind.PortMod),
        ("MULTIPART_REQUEST", (ulong)MessageKind.MultipartRequest),
        ("MULTIPART_REPLY", (ulong)MessageKind.MultipartReply),
        ("BARRIER_REQUEST", (ulong)MessageKind.BarrierRequest),
        ("BARRIER_REPLY", (ulong)MessageKind.BarrierReply),
        ("QUEUE_GET_CONFIG_REQUEST", (ulong)MessageKind.QueueGetConfigRequest),
        ("QUEUE_GET_CONFIG_REPLY", (ulong)MessageKind.QueueGetConfigReply),
        ("GROUP_MOD", (ulong)MessageKind.GroupMod),
        ("TABLE_MOD", (ulong)MessageKind.TableMod),
        ("METER_MOD", (ulong)MessageKind.MeterMod),
        ("ROLE_REQUEST", (ulong)MessageKind.RoleRequest),
        ("ROLE_REPLY", (ulong)MessageKind.RoleReply),
        ("GET_ASYNC_REQUEST", (ulong)MessageKind.GetAsyncRequest),
        ("GET_ASYNC_REPLY", (ulong)MessageKind.GetAsyncReply),
        ("SET_ASYNC", (ulong)MessageKind.SetAsync),
        ("BUNDLE_CONTROL", (ulong)MessageKind.BundleControl),
        ("BUNDLE_ADD_MESSAGE", (ulong)MessageKind.BundleAdd));

    public static NamedNumber Multipart { get; } = new(ushort.MaxValue,
        ("DESC", (ulong)MultipartType.Description),
        ("FLOW", (ulong)MultipartType.Flow),
        ("AGGREGATE", (ulong)MultipartType.Aggregate),
        ("TABLE", (ulong)MultipartType.Table),
        ("PORT_STATS", (ulong)MultipartType.PortStatistics),
        ("QUEUE", (ulong)MultipartType.Queue),
        ("GROUP", (ulong)MultipartType.Group),
        ("GROUP_DESC", (ulong)MultipartType.GroupDescription),
        ("GROUP_FEATURES", (ulong)MultipartType.GroupFeatures),
        ("METER", (ulong)MultipartType.Meter),
        ("METER_CONFIG", (ulong)MultipartType.MeterConfiguration),
        ("METER_FEATURES", (ulong)MultipartType.MeterFeatures),
        ("TABLE_FEATURES", (ulong)MultipartType.TableFeatures),
        ("PORT_DESC", (ulong)MultipartType.PortDescription),
        ("EXPERIMENTER", (ulong)MultipartType.Experimenter));
}
