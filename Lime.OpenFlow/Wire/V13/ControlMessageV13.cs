using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Leads every message but packet-in, packet-out and flow-mod to the class of its
/// family.</summary>
internal static class ControlMessageV13
{
    public static int SizeOf(OpenFlowMessage message) => message switch
    {
        HelloMessage hello => HelloBody.SizeOf(hello),
        ErrorMessage error => ErrorV13.SizeOf(error),
        EchoRequest request => EchoBody.SizeOf(request.Bytes),
        EchoReply reply => EchoBody.SizeOf(reply.Bytes),
        ExperimenterMessage experimenter => ExperimenterV13.SizeOf(experimenter),
        FeaturesRequest or GetConfigRequest or BarrierRequest or BarrierReply => FrameHeader.SizeBytes,
        FeaturesReply features => FeaturesV13.SizeOf(features),
        GetConfigReply or SetConfig => ConfigBody.SizeBytes,
        FlowRemoved removed => FlowRemovedV13.SizeOf(removed),
        PortStatus status => PortStatusV13.SizeOf(status),
        PortMod portMod => PortModV13.SizeOf(portMod),
        null => throw new ArgumentNullException(nameof(message)),
        _ => throw LimitsV13.Unsupported(message.GetType().Name),
    };

    /// <summary>Writes what follows the header of a message that <see cref="SizeOf"/> has let
    /// pass.</summary>
    public static void Write(ref WireWriter writer, OpenFlowMessage message)
    {
        switch (message)
        {
            case HelloMessage hello: HelloBody.Write(ref writer, hello); break;
            case ErrorMessage error: ErrorV13.Write(ref writer, error); break;
            case EchoRequest request: EchoBody.Write(ref writer, request.Bytes); break;
            case EchoReply reply: EchoBody.Write(ref writer, reply.Bytes); break;
            case ExperimenterMessage experimenter: ExperimenterV13.Write(ref writer, experimenter); break;
            case FeaturesReply features: FeaturesV13.Write(ref writer, features); break;
            case GetConfigReply reply: ConfigBody.Write(ref writer, reply.Flags, reply.MissSendBytes); break;
            case SetConfig config: ConfigBody.Write(ref writer, config.Flags, config.MissSendBytes); break;
            case FlowRemoved removed: FlowRemovedV13.Write(ref writer, removed); break;
            case PortStatus status: PortStatusV13.Write(ref writer, status); break;
            case PortMod portMod: PortModV13.Write(ref writer, portMod); break;
        }
    }

    public static OpenFlowMessage Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        byte version = reader.ReadUInt8("ofp_header.version");
        byte type = reader.ReadUInt8("ofp_header.type");
        reader.Skip(6, "ofp_header.length and xid");
        OpenFlowMessage message = ReadBody(ref reader, type, version);
        reader.ExpectEnd(message.Kind.ToString());
        return message;
    }

    private static OpenFlowMessage ReadBody(ref WireReader reader, byte type, byte version) =>
        MessageTypeV13.KindOf(type) switch
        {
            MessageKind.Hello => HelloBody.Read(ref reader, version),
            MessageKind.Error => ErrorV13.Read(ref reader),
            MessageKind.EchoRequest => EchoBody.ReadRequest(ref reader),
            MessageKind.EchoReply => EchoBody.ReadReply(ref reader),
            MessageKind.Experimenter => ExperimenterV13.Read(ref reader),
            MessageKind.FeaturesRequest => new FeaturesRequest(),
            MessageKind.FeaturesReply => FeaturesV13.Read(ref reader),
            MessageKind.GetConfigRequest => new GetConfigRequest(),
            MessageKind.GetConfigReply => ConfigBody.ReadReply(ref reader),
            MessageKind.SetConfig => ConfigBody.ReadSet(ref reader),
            MessageKind.FlowRemoved => FlowRemovedV13.Read(ref reader),
            MessageKind.PortStatus => PortStatusV13.Read(ref reader),
            MessageKind.PortMod => PortModV13.Read(ref reader),
            MessageKind.BarrierRequest => new BarrierRequest(),
            MessageKind.BarrierReply => new BarrierReply(),
            MessageKind.PacketIn or MessageKind.PacketOut or MessageKind.FlowMod =>
                throw new ArgumentException($"Type {type} has its own read method."),
            _ => throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadType,
                $"ofp_header.type at byte 1 is {type}, which OpenFlow 1.3 does not define."),
        };
}
