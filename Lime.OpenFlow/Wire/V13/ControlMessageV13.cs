using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire.V13.Multipart;

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
        FeaturesRequest or GetConfigRequest or BarrierRequest or BarrierReply or GetAsyncRequest =>
            FrameHeader.SizeBytes,
        FeaturesReply features => FeaturesV13.SizeOf(features),
        GetConfigReply or SetConfig => ConfigBody.SizeBytes,
        FlowRemoved removed => FlowRemovedV13.SizeOf(removed),
        PortStatus status => PortStatusV13.SizeOf(status),
        PortMod portMod => PortModV13.SizeOf(portMod),
        GroupMod groupMod => GroupModV13.SizeOf(groupMod),
        MeterMod meterMod => MeterModV13.SizeOf(meterMod),
        TableMod => TableModV13.SizeBytes,
        MultipartRequest request => MultipartRequestV13.SizeOf(request),
        MultipartReply reply => MultipartReplyV13.SizeOf(reply),
        QueueGetConfigRequest => QueueConfigV13.RequestBytes,
        QueueGetConfigReply reply => QueueConfigV13.SizeOf(reply),
        RoleRequest request => RoleV13.SizeOf(request),
        RoleReply reply => RoleV13.SizeOf(reply),
        GetAsyncReply or SetAsync => AsyncV13.SizeBytes,
        BundleControl control => BundlesV13.SizeOf(control),
        BundleAdd add => BundlesV13.SizeOf(add),
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
            case MultipartRequest request: MultipartRequestV13.Write(ref writer, request); break;
            case MultipartReply reply: MultipartReplyV13.Write(ref writer, reply); break;
            default: WriteLater(ref writer, message); break;
        }
    }

    /// <summary>Writes what 1.0 has not, or has otherwise.</summary>
    private static void WriteLater(ref WireWriter writer, OpenFlowMessage message)
    {
        switch (message)
        {
            case GroupMod groupMod: GroupModV13.Write(ref writer, groupMod); break;
            case MeterMod meterMod: MeterModV13.Write(ref writer, meterMod); break;
            case TableMod tableMod: TableModV13.Write(ref writer, tableMod); break;
            case QueueGetConfigRequest request: QueueConfigV13.Write(ref writer, request); break;
            case QueueGetConfigReply reply: QueueConfigV13.Write(ref writer, reply); break;
            case RoleRequest request: RoleV13.Write(ref writer, request.Role, request.GenerationId); break;
            case RoleReply reply: RoleV13.Write(ref writer, reply.Role, reply.GenerationId); break;
            case GetAsyncReply reply: AsyncV13.Write(ref writer, reply.Masks); break;
            case SetAsync set: AsyncV13.Write(ref writer, set.Masks); break;
            case BundleControl control: BundlesV13.Write(ref writer, control); break;
            case BundleAdd add: BundlesV13.Write(ref writer, add); break;
        }
    }

    public static OpenFlowMessage Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        byte version = reader.ReadUInt8("ofp_header.version");
        byte type = reader.ReadUInt8("ofp_header.type");
        reader.Skip(2, "ofp_header.length");
        var xid = new Xid(reader.ReadUInt32("ofp_header.xid"));
        OpenFlowMessage message = MessageTypeV13.KindOf(type) switch
        {
            MessageKind.Hello => HelloBody.Read(ref reader, version),
            MessageKind.Experimenter => ExperimenterV13.Read(ref reader, xid),
            MessageKind kind => ReadBody(ref reader, kind, type),
        };
        reader.ExpectEnd(type);
        return message;
    }

    private static OpenFlowMessage ReadBody(ref WireReader reader, MessageKind kind, byte type) =>
        kind switch
        {
            MessageKind.Error => ErrorV13.Read(ref reader),
            MessageKind.EchoRequest => EchoBody.ReadRequest(ref reader),
            MessageKind.EchoReply => EchoBody.ReadReply(ref reader),
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
            MessageKind.MultipartRequest => MultipartRequestV13.Read(ref reader),
            MessageKind.MultipartReply => MultipartReplyV13.Read(ref reader),
            MessageKind.GroupMod => GroupModV13.Read(ref reader),
            MessageKind.MeterMod => MeterModV13.Read(ref reader),
            MessageKind.TableMod => TableModV13.Read(ref reader),
            MessageKind.QueueGetConfigRequest => QueueConfigV13.ReadRequest(ref reader),
            MessageKind.QueueGetConfigReply => QueueConfigV13.ReadReply(ref reader),
            MessageKind.RoleRequest => RoleV13.ReadRequest(ref reader),
            MessageKind.RoleReply => RoleV13.ReadReply(ref reader),
            MessageKind.GetAsyncRequest => new GetAsyncRequest(),
            MessageKind.GetAsyncReply => new GetAsyncReply(AsyncV13.Read(ref reader)),
            MessageKind.SetAsync => new SetAsync(AsyncV13.Read(ref reader)),
            MessageKind.PacketIn or MessageKind.PacketOut or MessageKind.FlowMod =>
                throw new ArgumentException($"Type {type} has its own read method."),
            _ => throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadType,
                $"ofp_header.type at byte 1 is {type}, which OpenFlow 1.3 does not define."),
        };
}
