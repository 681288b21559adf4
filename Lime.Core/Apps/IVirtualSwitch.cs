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
/// is known to refuse. What was taken is sent, or waits for room; it is lost with the connection only.
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

    /// <summary>Changes a group (1.1 and later).</summary>
    /// <remarks>Rules that use a deleted group go with it, each with its own flow-removed if it asked for one. While
    /// the switch migrates a change is two-phase, as one of the rules that lead to the group: no packet meets the new
    /// buckets before another, which depends on it, could meet the old ones.</remarks>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(GroupMod groupMod);

    /// <summary>Changes a meter (1.3).</summary>
    /// <remarks>Rules that use a deleted meter go with it. While the switch migrates its instances share the rate, so
    /// that together they let through no more than it, and one burst.</remarks>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(MeterMod meterMod);

    /// <summary>Changes a port's configuration; it stays when the switch migrates.</summary>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(PortMod portMod);

    /// <summary>Changes a table's configuration (1.1 and later); it stays when the switch migrates.</summary>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(TableMod tableMod);

    /// <summary>Sets what becomes of fragments, and how much apps are shown of a packet that no rule matched
    /// (miss_send_len; in 1.3 of one that <c>TableMissTreatment</c> sends up or whose time to live is invalid); it
    /// stays
    /// when the switch migrates.</summary>
    /// <remarks>Until then apps are shown all of a packet. What they are shown a part of is held, to be named by its
    /// buffer id, unless the switch told that it has no buffers: then they go on being shown all.</remarks>
    SendResult Send(SetConfig setConfig);

    /// <summary>Sends a packet.</summary>
    /// <exception cref="OpenFlow.UnsupportedByVersionException">The switch's version cannot say it; names the
    /// field.</exception>
    SendResult Send(in PacketOut packetOut);

    /// <summary>Completes when every command sent before it has taken effect.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask BarrierAsync(CancellationToken cancellationToken = default);

    /// <summary>What apps have set by <see cref="Send(SetConfig)"/>.</summary>
    /// <exception cref="OpenFlowRequestException">No connection.</exception>
    ValueTask<GetConfigReply> GetConfigAsync(CancellationToken cancellationToken = default);

    /// <summary>The rules that <paramref name="request"/> selects, with their counters.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The sum over the rules that <paramref name="request"/> selects.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The groups, by number, with their buckets in virtual ports; none in 1.0.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<GroupDescription>> GetGroupsAsync(CancellationToken cancellationToken = default);

    /// <summary>The counters of one group, or of all (<see cref="GroupId.All"/>), by number.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<GroupStatistics>> GetGroupStatisticsAsync(
        GroupId group, CancellationToken cancellationToken = default);

    /// <summary>The meters, by number; none before 1.3.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<MeterConfiguration>> GetMetersAsync(CancellationToken cancellationToken = default);

    /// <summary>The counters of one meter, or of all (<see cref="MeterId.All"/>), by number.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<MeterStatistics>> GetMeterStatisticsAsync(
        MeterId meter, CancellationToken cancellationToken = default);

    /// <summary>The counters of one port, or of all (<see cref="PortNumber.Any"/>).</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default);

    /// <summary>The flow tables' counters, by number.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>Manufacturer, hardware, software; stays the same while it migrates.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default);
}
