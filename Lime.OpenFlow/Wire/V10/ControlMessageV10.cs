using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire.V10.Multipart;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Leads every message but packet-in, packet-out and flow-mod to the class of its
/// family.</summary>
internal static class ControlMessageV10
{
    public static int SizeOf(OpenFlowMessage message) => message switch
    {
        HelloMessage hello => HelloBody.SizeOf(hello),
        ErrorMessage error => ErrorV10.SizeOf(error),
        EchoRequest request => EchoBody.SizeOf(request.Bytes),
        EchoReply reply => EchoBody.SizeOf(reply.Bytes),
        ExperimenterMessage experimenter => ExperimenterV10.SizeOf(experimenter),
        RoleRequest request => NiciraRoleV10.SizeOf(request),
        RoleReply reply => NiciraRoleV10.SizeOf(reply),
        FeaturesRequest or GetConfigRequest or BarrierRequest or BarrierReply => FrameHeader.SizeBytes,
        FeaturesReply features => FeaturesV10.SizeOf(features),
        GetConfigReply or SetConfig => ConfigBody.SizeBytes,
        FlowRemoved removed => FlowRemovedV10.SizeOf(removed),
        PortStatus status => PortStatusV10.SizeOf(status),
        PortMod portMod => PortModV10.SizeOf(portMod),
        MultipartRequest request => MultipartRequestV10.SizeOf(request),
        MultipartReply reply => MultipartReplyV10.SizeOf(reply),
        QueueGetConfigRequest request => QueueConfigV10.SizeOf(request),
        QueueGetConfigReply reply => QueueConfigV10.SizeOf(reply),
        null => throw new ArgumentNullException(nameof(message)),
        _ => throw LimitsV10.Unsupported(message.GetType().Name),
    };

    /// <summary>Writes what follows the header of a message that <see cref="SizeOf"/> has let
    /// pass.</summary>
    public static void Write(ref WireWriter writer, OpenFlowMessage message)
    {
        switch (message)
        {
            case HelloMessage hello: HelloBody.Write(ref writer, hello); break;
            case ErrorMessage error: ErrorV10.Write(ref writer, error); break;
            case EchoRequest request: EchoBody.Write(ref writer, request.Bytes); break;
            case EchoReply reply: EchoBody.Write(ref writer, reply.Bytes); break;
            case ExperimenterMessage experimenter: ExperimenterV10.Write(ref writer, experimenter); break;
            case RoleRequest request: NiciraRoleV10.Write(ref writer, request); break;
            case RoleReply reply: NiciraRoleV10.Write(ref writer, reply); break;
            case FeaturesReply features: FeaturesV10.Write(ref writer, features); break;
            case GetConfigReply reply: ConfigBody.Write(ref writer, reply.Flags, reply.MissSendBytes); break;
            case SetConfig config: ConfigBody.Write(ref writer, config.Flags, config.MissSendBytes); break;
            case FlowRemoved removed: FlowRemovedV10.Write(ref writer, removed); break;
            case PortStatus status: PortStatusV10.Write(ref writer, status); break;
            case PortMod portMod: PortModV10.Write(ref writer, portMod); break;
            case MultipartRequest request: MultipartRequestV10.Write(ref writer, request); break;
            case MultipartReply reply: MultipartReplyV10.Write(ref writer, reply); break;
            case QueueGetConfigRequest request: QueueConfigV10.Write(ref writer, request); break;
            case QueueGetConfigReply reply: QueueConfigV10.Write(ref writer, reply); break;
        }
    }

    public static OpenFlowMessage Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        byte version = reader.ReadUInt8("ofp_header.version");
        byte type = reader.ReadUInt8("ofp_header.type");
        reader.Skip(6, "ofp_header.length and xid");
        OpenFlowMessage message = ReadBody(ref reader, type, version);
        reader.ExpectEnd(type);
        return message;
    }

    private static OpenFlowMessage ReadBody(ref WireReader reader, byte type, byte version) =>
        MessageTypeV10.KindOf(type) switch
        {
            MessageKind.Hello => HelloBody.Read(ref reader, version),
            MessageKind.Error => ErrorV10.Read(ref reader),
            MessageKind.EchoRequest => EchoBody.ReadRequest(ref reader),
            MessageKind.EchoReply => EchoBody.ReadReply(ref reader),
            MessageKind.Experimenter => ExperimenterV10.Read(ref reader),
            MessageKind.FeaturesRequest => new FeaturesRequest(),
            MessageKind.FeaturesReply => FeaturesV10.Read(ref reader),
            MessageKind.GetConfigRequest => new GetConfigRequest(),
            MessageKind.GetConfigReply => ConfigBody.ReadReply(ref reader),
            MessageKind.SetConfig => ConfigBody.ReadSet(ref reader),
            MessageKind.FlowRemoved => FlowRemovedV10.Read(ref reader),
            MessageKind.PortStatus => PortStatusV10.Read(ref reader),
            MessageKind.PortMod => PortModV10.Read(ref reader),
            MessageKind.MultipartRequest => MultipartRequestV10.Read(ref reader),
            MessageKind.MultipartReply => MultipartReplyV10.Read(ref reader),
            MessageKind.BarrierRequest => new BarrierRequest(),
            MessageKind.BarrierReply => new BarrierReply(),
            MessageKind.QueueGetConfigRequest => QueueConfigV10.ReadRequest(ref reader),
            MessageKind.QueueGetConfigReply => QueueConfigV10.ReadReply(ref reader),
            MessageKind.Unknown => throw new OpenFlowProtocolException(
                ErrorType.BadRequest, ErrorCodes.BadType,
                $"ofp_header.type at byte 1 is {type}, which OpenFlow 1.0 does not define."),
            MessageKind kind => throw new ArgumentException($"A {kind} has its own read method."),
        };
}
