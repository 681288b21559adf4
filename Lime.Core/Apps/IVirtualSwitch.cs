using System.Collections.Immutable;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Apps;

/// <summary>A switch as apps see it; what realises it may change beneath.</summary>
/// <remarks>
/// Commands take effect in the order in which they are sent, as on one switch; wait for
/// <see cref="BarrierAsync"/> where it matters that they have.
/// What a switch has not taken yet waits in an outbox with a bound; at it commands are refused
/// (<see cref="SendOutcome.OutboxFull"/>) until <see cref="IControllerApp.OnDrained"/>.
/// Threading: everything may be called from any thread. On the owner loop a command is taken at once; from
/// elsewhere it is copied and posted there, and its outcome is that of the hand-over: refused while the switch
/// is known to refuse.
/// </remarks>
public interface IVirtualSwitch
{
    /// <summary>The datapath id that apps know it by.</summary>
    DatapathId Datapath { get; }

    /// <summary>Its name: from the network file, or the datapath id's 16 digits.</summary>
    string Name { get; }

    /// <summary>Whether commands reach it at the moment.</summary>
    bool IsConnected { get; }

    /// <summary>What it can do; stays the same while it migrates.</summary>
    FeaturesReply Features { get; }

    /// <summary>Its ports as they are now, by number.</summary>
    ImmutableArray<PortDescription> Ports { get; }

    /// <summary>Changes the flow table.</summary>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(in FlowMod flowMod);

    /// <summary>Sends a packet.</summary>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(in PacketOut packetOut);

    /// <summary>Completes when every command sent before it has taken effect.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask BarrierAsync(CancellationToken cancellationToken = default);

    /// <summary>The rules that <paramref name="request"/> selects, with their counters.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The sum over the rules that <paramref name="request"/> selects.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The counters of one port, or of all (<see cref="PortNumber.Any"/>).</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default);

    /// <summary>The flow table's counters.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>Manufacturer, hardware, software; stays the same while it migrates.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default);
}
