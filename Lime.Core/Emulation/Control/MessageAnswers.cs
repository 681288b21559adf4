using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Control;

/// <summary>What an emulated switch answers to all but commands.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class MessageAnswers(
    EmulationContext context, SwitchDatapath datapath, SwitchOutbox outbox, ControllerSession session)
{
    /// <summary>OFPC_FRAG_REASM and above: it reassembles nothing.</summary>
    private const ushort UnsupportedConfig = 0xfffe;

    public void Answer(QueuedMessage message)
    {
        switch (message.Message)
        {
            case FeaturesRequest:
                outbox.Send(message.Xid, Features());
                break;
            case GetConfigRequest:
                SwitchConfiguration present = datapath.Configuration;
                outbox.Send(message.Xid, new GetConfigReply(present.Flags, present.MissSendBytes));
                break;
            case SetConfig config:
                Refuse(message, Change(config));
                break;
            case BarrierRequest:
                outbox.Send(message.Xid, new BarrierReply());
                break;
            case MultipartRequest request:
                Answer(message, request);
                break;
            case QueueGetConfigRequest queues:
                AnswerQueues(message, queues.Port);
                break;
            case RoleRequest role:
                Answer(message, role);
                break;
            case GetAsyncRequest:
                outbox.Send(message.Xid, new GetAsyncReply(session.Masks));
                break;
            case SetAsync async:
                session.Masks = async.Masks;
                break;
            case ErrorMessage:
                // An error is never answered with an error (section 5.4.4).
                break;
            default:
                Refuse(message, Unsupported(message.Message));
                break;
        }
    }

    private void Refuse(QueuedMessage message, Refusal? refusal)
    {
        if (refusal is { } reason) outbox.Refuse(message.Xid, reason, message.Quote);
    }

    /// <summary>Roles and bundles come as vendors' messages here, so their vendor is what is unknown.</summary>
    private static Refusal Unsupported(OpenFlowMessage message)
    {
        bool isVendors = message is ExperimenterMessage or RoleRequest or BundleControl or BundleAdd;
        return new(ErrorType.BadRequest, isVendors ? ErrorCodes.BadExperimenter : ErrorCodes.BadType);
    }

    private FeaturesReply Features() => new(
        datapath.Id,
        (uint)datapath.Options.BufferCount,
        (byte)datapath.TableCount,
        datapath.Traits.Capabilities,
        datapath.Traits.ActionBits,
        // 1.3 asks for ports on their own.
        datapath.Traits.HasPipeline
            ? []
            : [.. datapath.Ports.All.Select(port => port.DescriptionFor(datapath.Traits))]);

    private Refusal? Change(SetConfig config)
    {
        bool isSupported = !datapath.Traits.HasPipeline || (config.Flags & UnsupportedConfig) == 0;
        if (!isSupported) return new Refusal(ErrorType.SwitchConfigFailed, ErrorCodes.SwitchConfigBadFlags);
        datapath.Configuration.Flags = config.Flags;
        datapath.Configuration.MissSendBytes = config.MissSendBytes;
        return null;
    }

    private void Answer(QueuedMessage message, RoleRequest request)
    {
        // Nicira's extension of 1.0 has no generation ids.
        bool hasGenerations = datapath.Traits.HasPipeline;
        Refusal? refusal = session.Change(request, hasGenerations);
        ulong generationId = hasGenerations ? session.GenerationId : ulong.MaxValue;
        if (refusal is null) outbox.Send(message.Xid, new RoleReply(session.Role, generationId));
        else Refuse(message, refusal);
    }

    private void Answer(QueuedMessage message, MultipartRequest request)
    {
        if (outbox.Codec is not { } codec) return;
        if (StatisticsAnswers.WhyNot(request, datapath) is { } refusal)
        {
            Refuse(message, refusal);
            return;
        }
        IReadOnlyList<MultipartReply>? parts = StatisticsAnswers.To(request, datapath, context.NowTicks, codec);
        if (parts is null)
        {
            bool isVendors = request is ExperimenterMultipartRequest;
            Refuse(message, new Refusal(
                ErrorType.BadRequest, isVendors ? ErrorCodes.BadExperimenter : ErrorCodes.BadMultipart));
            return;
        }
        foreach (MultipartReply part in parts) outbox.Send(message.Xid, part);
    }

    private void AnswerQueues(QueuedMessage message, PortNumber port)
    {
        bool isForAll = datapath.Traits.HasPipeline && port == PortNumber.Any;
        bool hasPort = isForAll || datapath.Ports.Find(port) is not null;
        if (hasPort) outbox.Send(message.Xid, new QueueGetConfigReply(port, []));
        else Refuse(message, new Refusal(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort));
    }
}
