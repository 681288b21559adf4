using System.Collections.Immutable;
using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Control;

/// <summary>What an emulated switch answers to all but flow-mods and packet-outs.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class MessageAnswers(EmulationContext context, SwitchDatapath datapath, SwitchOutbox outbox)
{
    /// <summary>OFPC_FLOW_STATS, OFPC_TABLE_STATS, OFPC_PORT_STATS, OFPC_ARP_MATCH_IP.</summary>
    private const SwitchCapabilities Capabilities = SwitchCapabilities.FlowStatistics
        | SwitchCapabilities.TableStatistics | SwitchCapabilities.PortStatistics
        | SwitchCapabilities.MatchesArpAddresses;

    /// <summary>All actions of 1.0 but OFPAT_ENQUEUE.</summary>
    private const uint ActionBits = 0x7ff;

    /// <summary>OFPQOFC_BAD_QUEUE.</summary>
    private const ushort BadQueue = 1;

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
                datapath.Configuration.Flags = config.Flags;
                datapath.Configuration.MissSendBytes = config.MissSendBytes;
                break;
            case BarrierRequest:
                outbox.Send(message.Xid, new BarrierReply());
                break;
            case PortMod portMod:
                Refuse(message, Change(portMod));
                break;
            case MultipartRequest request:
                Answer(message, request);
                break;
            case QueueGetConfigRequest queues:
                AnswerQueues(message, queues.Port);
                break;
            case ErrorMessage:
                // An error is never answered with an error (section 5.4.4).
                break;
            default:
                Refuse(message, Unsupported(message.Message));
                break;
        }
    }

    public void Refuse(Xid xid, Refusal refusal, byte[] quote) =>
        outbox.Send(xid, new ErrorMessage(refusal.Type, refusal.Code, ImmutableArray.Create(quote)));

    private void Refuse(QueuedMessage message, Refusal? refusal)
    {
        if (refusal is { } reason) Refuse(message.Xid, reason, message.Quote);
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
        TableCount: 1,
        Capabilities,
        ActionBits,
        [.. datapath.Ports.All.Select(port => port.Description)]);

    private Refusal? Change(PortMod mod)
    {
        SwitchPort? port = datapath.Ports.Find(mod.Port);
        if (port is null) return new Refusal(ErrorType.PortModFailed, ErrorCodes.PortModBadPort);
        if (port.Address != mod.HardwareAddress)
            return new Refusal(ErrorType.PortModFailed, ErrorCodes.PortModBadHardwareAddress);
        PortConfig changed = (port.Config & ~mod.Mask) | (mod.Config & mod.Mask);
        if (changed == port.Config) return null;
        port.Config = changed;
        datapath.Ports.Announce(port);
        return null;
    }

    private void Answer(QueuedMessage message, MultipartRequest request)
    {
        if (request is QueueStatisticsRequest queues && QueueRefusal(queues) is { } refusal)
        {
            Refuse(message, refusal);
            return;
        }
        IReadOnlyList<MultipartReply>? parts = StatisticsAnswers.To(request, datapath, context.NowTicks);
        if (parts is null)
        {
            bool isVendors = request is ExperimenterMultipartRequest;
            Refuse(message, new Refusal(
                ErrorType.BadRequest, isVendors ? ErrorCodes.BadExperimenter : ErrorCodes.BadMultipart));
            return;
        }
        foreach (MultipartReply part in parts) outbox.Send(message.Xid, part);
    }

    /// <summary>There are no queues: asking for all is answered with none, asking for one is
    /// refused.</summary>
    private Refusal? QueueRefusal(QueueStatisticsRequest request)
    {
        bool hasPort = request.Port == PortNumber.All || datapath.Ports.Find(request.Port) is not null;
        if (!hasPort) return new Refusal(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort);
        return request.Queue == QueueId.All ? null : new Refusal(ErrorType.QueueOperationFailed, BadQueue);
    }

    private void AnswerQueues(QueuedMessage message, PortNumber port)
    {
        bool hasPort = datapath.Ports.Find(port) is not null;
        if (hasPort) outbox.Send(message.Xid, new QueueGetConfigReply(port, []));
        else Refuse(message, new Refusal(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort));
    }
}
