using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The message type numbers (ofp_type, OpenFlow 1.3.5 section 7.1).</summary>
internal static class MessageTypeV13
{
    /// <summary>The kinds in the order of their numbers, 0 to 29.</summary>
    private static ReadOnlySpan<MessageKind> Kinds =>
    [
        MessageKind.Hello,
        MessageKind.Error,
        MessageKind.EchoRequest,
        MessageKind.EchoReply,
        MessageKind.Experimenter,
        MessageKind.FeaturesRequest,
        MessageKind.FeaturesReply,
        MessageKind.GetConfigRequest,
        MessageKind.GetConfigReply,
        MessageKind.SetConfig,
        MessageKind.PacketIn,
        MessageKind.FlowRemoved,
        MessageKind.PortStatus,
        MessageKind.PacketOut,
        MessageKind.FlowMod,
        MessageKind.GroupMod,
        MessageKind.PortMod,
        MessageKind.TableMod,
        MessageKind.MultipartRequest,
        MessageKind.MultipartReply,
        MessageKind.BarrierRequest,
        MessageKind.BarrierReply,
        MessageKind.QueueGetConfigRequest,
        MessageKind.QueueGetConfigReply,
        MessageKind.RoleRequest,
        MessageKind.RoleReply,
        MessageKind.GetAsyncRequest,
        MessageKind.GetAsyncReply,
        MessageKind.SetAsync,
        MessageKind.MeterMod,
    ];

    public static MessageKind KindOf(byte wireType) =>
        wireType < Kinds.Length ? Kinds[wireType] : MessageKind.Unknown;

    /// <summary>The number of <paramref name="kind"/>; bundles are the ONF's experimenter messages.</summary>
    public static byte NumberOf(MessageKind kind)
    {
        if (kind is MessageKind.BundleControl or MessageKind.BundleAdd) kind = MessageKind.Experimenter;
        int number = Kinds.IndexOf(kind);
        return number >= 0 ? (byte)number : throw LimitsV13.Unsupported($"{kind}");
    }
}
