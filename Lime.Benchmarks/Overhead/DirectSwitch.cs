using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Benchmarks.Overhead;

/// <summary>A physical switch as apps would see it if there were no virtual layer: what they send goes to the channel
/// as it is.</summary>
/// <remarks>No shadow table, no translation, no reconciliation, one instance for ever: what the virtual layer is
/// measured against, with the same app on top and the same channel beneath. Life cycle: one a connection. Threading:
/// the channel's loop, and no other thread.</remarks>
internal sealed class DirectSwitch(OpenFlowChannel channel) : IVirtualSwitch
{
    public DatapathId Datapath => Features.Datapath;

    public string Name => Features.Datapath.ToString();

    public bool IsConnected => channel.IsReady;

    public FeaturesReply Features { get; } = channel.Features!;

    public ImmutableArray<PortDescription> Ports => Features.Ports;

    public SendResult Send(in FlowMod flowMod)
    {
        Xid xid = channel.NextXid();
        return new SendResult(channel.Send(xid, flowMod), xid);
    }

    public SendResult Send(in PacketOut packetOut)
    {
        Xid xid = channel.NextXid();
        return new SendResult(channel.Send(xid, packetOut), xid);
    }

    public SendResult Send(GroupMod groupMod) => Send((OpenFlowMessage)groupMod);

    public SendResult Send(MeterMod meterMod) => Send((OpenFlowMessage)meterMod);

    public SendResult Send(PortMod portMod) => Send((OpenFlowMessage)portMod);

    public SendResult Send(TableMod tableMod) => Send((OpenFlowMessage)tableMod);

    public SendResult Send(SetConfig setConfig) => Send((OpenFlowMessage)setConfig);

    public async ValueTask<GetConfigReply> GetConfigAsync(CancellationToken cancellationToken = default) =>
        (GetConfigReply)await channel.RequestAsync(new GetConfigRequest());

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) => channel.BarrierAsync();

    public async ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(request)).OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)];

    public async ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default) =>
        (AggregateStatisticsReply)await channel.RequestAsync(request);

    public async ValueTask<ImmutableArray<GroupDescription>> GetGroupsAsync(
        CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new GroupDescriptionRequest())).OfType<GroupDescriptionReply>()
            .SelectMany(part => part.Groups)];

    public async ValueTask<ImmutableArray<GroupStatistics>> GetGroupStatisticsAsync(
        GroupId group, CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new GroupStatisticsRequest(group))).OfType<GroupStatisticsReply>()
            .SelectMany(part => part.Groups)];

    public async ValueTask<ImmutableArray<MeterConfiguration>> GetMetersAsync(
        CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new MeterConfigurationRequest(MeterId.All)))
            .OfType<MeterConfigurationReply>().SelectMany(part => part.Meters)];

    public async ValueTask<ImmutableArray<MeterStatistics>> GetMeterStatisticsAsync(
        MeterId meter, CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new MeterStatisticsRequest(meter))).OfType<MeterStatisticsReply>()
            .SelectMany(part => part.Meters)];

    public async ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new PortStatisticsRequest(port))).OfType<PortStatisticsReply>()
            .SelectMany(part => part.Ports)];

    public async ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(
        CancellationToken cancellationToken = default) =>
        [.. (await channel.RequestAllAsync(new TableStatisticsRequest())).OfType<TableStatisticsReply>()
            .SelectMany(part => part.Tables)];

    public async ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default) =>
        (DescriptionReply)await channel.RequestAsync(new DescriptionRequest());

    private SendResult Send(OpenFlowMessage command)
    {
        Xid xid = channel.NextXid();
        return new SendResult(channel.Send(xid, command), xid);
    }
}
