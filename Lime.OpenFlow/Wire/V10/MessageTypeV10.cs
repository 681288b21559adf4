using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>The message type numbers (ofp_type, OpenFlow 1.0.0 section 5.1).</summary>
internal static class MessageTypeV10
{
    /// <summary>The kinds in the order of their numbers, 0 to 21.</summary>
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
        MessageKind.PortMod,
        MessageKind.MultipartRequest,
        MessageKind.MultipartReply,
        MessageKind.BarrierRequest,
        MessageKind.BarrierReply,
        MessageKind.QueueGetConfigRequest,
        MessageKind.QueueGetConfigReply,
    ];

    public static MessageKind KindOf(byte wireType) =>
        wireType < Kinds.Length ? Kinds[wireType] : MessageKind.Unknown;

    public static byte NumberOf(MessageKind kind)
    {
        bool isVendors = kind is MessageKind.RoleRequest or MessageKind.RoleReply;
        int number = Kinds.IndexOf(isVendors ? MessageKind.Experimenter : kind);
        return number >= 0 ? (byte)number : throw LimitsV10.Unsupported($"{kind}");
    }
}
