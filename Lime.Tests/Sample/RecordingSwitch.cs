using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Sample;

/// <summary>A virtual switch that keeps what an app sends, or only counts it.</summary>
internal sealed class RecordingSwitch(ulong datapath = 1) : IVirtualSwitch
{
    public List<FlowMod> FlowMods { get; } = [];

    public List<SentPacket> PacketOuts { get; } = [];

    public bool OnlyCounts { get; init; }

    public int SentCount { get; private set; }

    public ImmutableArray<FlowStatistics> Flows { get; init; } = [];

    public OpenFlowRequestException? RequestFailure { get; init; }

    public DatapathId Datapath { get; } = new(datapath);

    public string Name { get; init; } = "s1";

    public bool IsConnected => true;

    public FeaturesReply Features => new(Datapath, 256, 1, 0, 0, Ports);

    public ImmutableArray<PortDescription> Ports { get; init; } =
        [new(new PortNumber(1), MacAddress.Parse("02:00:00:00:00:01"), "eth1")];

    public SendResult Send(in FlowMod flowMod)
    {
        SentCount++;
        if (!OnlyCounts) FlowMods.Add(flowMod);
        return new SendResult(SendOutcome.Queued, new Xid((uint)SentCount));
    }

    public SendResult Send(in PacketOut packetOut)
    {
        SentCount++;
        if (!OnlyCounts)
            PacketOuts.Add(new(packetOut.BufferId, packetOut.InPort, packetOut.Actions, packetOut.Data.ToArray()));
        return new SendResult(SendOutcome.Queued, new Xid((uint)SentCount));
    }

    public SendResult Send(GroupMod groupMod) => throw new NotSupportedException();

    public SendResult Send(MeterMod meterMod) => throw new NotSupportedException();

    public SendResult Send(PortMod portMod) => throw new NotSupportedException();

    public SendResult Send(TableMod tableMod) => throw new NotSupportedException();

    public SendResult Send(SetConfig setConfig) => throw new NotSupportedException();

    public ValueTask<GetConfigReply> GetConfigAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default) =>
        RequestFailure is null ? new(Flows) : throw RequestFailure;

    public ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<ImmutableArray<GroupDescription>> GetGroupsAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<ImmutableArray<GroupStatistics>> GetGroupStatisticsAsync(
        GroupId group, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<MeterConfiguration>> GetMetersAsync(
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<MeterStatistics>> GetMeterStatisticsAsync(
        MeterId meter, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public sealed record SentPacket(BufferId BufferId, PortNumber InPort, ActionList Actions, byte[] Frame);
}
