using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>A virtual switch as a recorded app sees it: records each command and request, and each answer when the app
/// learns of it.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class RecordedSwitch(IVirtualSwitch inner, RecordedApp recorded) : IVirtualSwitch
{
    private int _requests;

    /// <summary>How the app's messages look on the wire; errors quote them.</summary>
    public OpenFlowCodec? Codec { get; set; }

    public DatapathId Datapath => inner.Datapath;

    public string Name => inner.Name;

    public bool IsConnected => inner.IsConnected;

    public FeaturesReply Features => inner.Features;

    public ImmutableArray<PortDescription> Ports => inner.Ports;

    private ITraceSink? Sink => recorded.Sink;

    public SendResult Send(in FlowMod flowMod)
    {
        FlowMod copy = flowMod;
        int? place = Sink?.Reserve();
        SendResult result = inner.Send(copy);
        return Record(place, result, xid => new FlowModSent(Sink!.Now, xid, copy, Bytes(xid, copy)));
    }

    public SendResult Send(GroupMod groupMod) => SendResource(groupMod, () => inner.Send(groupMod));

    public SendResult Send(MeterMod meterMod) => SendResource(meterMod, () => inner.Send(meterMod));

    public SendResult Send(PortMod portMod) => SendResource(portMod, () => inner.Send(portMod));

    public SendResult Send(TableMod tableMod) => SendResource(tableMod, () => inner.Send(tableMod));

    public SendResult Send(SetConfig setConfig) => SendResource(setConfig, () => inner.Send(setConfig));

    public SendResult Send(in PacketOut packetOut)
    {
        var copy = new SentPacket(
            packetOut.BufferId, packetOut.InPort, packetOut.Actions, packetOut.Data.ToArray());
        int? place = Sink?.Reserve();
        SendResult result = inner.Send(packetOut);
        return Record(place, result, xid => new PacketOutSent(Sink!.Now, xid, copy, Bytes(xid, copy)));
    }

    public async ValueTask BarrierAsync(CancellationToken cancellationToken = default) => await Ask<bool>(
        null,
        async () =>
        {
            await inner.BarrierAsync(cancellationToken);
            return true;
        },
        (number, _) => new BarrierAnswered(Sink!.Now, number));

    public ValueTask<GetConfigReply> GetConfigAsync(CancellationToken cancellationToken = default) =>
        inner.GetConfigAsync(cancellationToken);

    public ValueTask<ImmutableArray<FlowStatistics>> GetFlowsAsync(
        FlowStatisticsRequest request, CancellationToken cancellationToken = default) => Ask(
        request,
        () => inner.GetFlowsAsync(request, cancellationToken),
        (number, flows) => new FlowsAnswered(Sink!.Now, number, flows));

    public ValueTask<AggregateStatisticsReply> GetAggregateAsync(
        AggregateStatisticsRequest request, CancellationToken cancellationToken = default) => Ask(
        request,
        () => inner.GetAggregateAsync(request, cancellationToken),
        (number, reply) => new AggregateAnswered(Sink!.Now, number, reply));

    public ValueTask<ImmutableArray<GroupDescription>> GetGroupsAsync(
        CancellationToken cancellationToken = default) => Ask(
        new GroupDescriptionRequest(),
        () => inner.GetGroupsAsync(cancellationToken),
        (number, groups) => new GroupsAnswered(Sink!.Now, number, groups));

    public ValueTask<ImmutableArray<GroupStatistics>> GetGroupStatisticsAsync(
        GroupId group, CancellationToken cancellationToken = default) =>
        inner.GetGroupStatisticsAsync(group, cancellationToken);

    public ValueTask<ImmutableArray<MeterConfiguration>> GetMetersAsync(
        CancellationToken cancellationToken = default) => Ask(
        new MeterConfigurationRequest(MeterId.All),
        () => inner.GetMetersAsync(cancellationToken),
        (number, meters) => new MetersAnswered(Sink!.Now, number, meters));

    public ValueTask<ImmutableArray<MeterStatistics>> GetMeterStatisticsAsync(
        MeterId meter, CancellationToken cancellationToken = default) =>
        inner.GetMeterStatisticsAsync(meter, cancellationToken);

    public ValueTask<ImmutableArray<PortStatistics>> GetPortStatisticsAsync(
        PortNumber port, CancellationToken cancellationToken = default) =>
        inner.GetPortStatisticsAsync(port, cancellationToken);

    public ValueTask<ImmutableArray<TableStatistics>> GetTableStatisticsAsync(
        CancellationToken cancellationToken = default) => inner.GetTableStatisticsAsync(cancellationToken);

    public ValueTask<DescriptionReply> GetDescriptionAsync(CancellationToken cancellationToken = default) =>
        inner.GetDescriptionAsync(cancellationToken);

    private SendResult SendResource(OpenFlowMessage message, Func<SendResult> send)
    {
        int? place = Sink?.Reserve();
        return Record(place, send(), xid => new ResourceSent(Sink!.Now, xid, message, Bytes(xid, message)));
    }

    private SendResult Record(int? place, SendResult result, Func<Xid, TraceEvent> describe)
    {
        if (place is not { } reserved) return result;
        bool isTaken = result.Outcome == SendOutcome.Queued;
        Sink!.Fill(reserved, isTaken
            ? describe(result.Xid)
            : new Remark(Sink.Now, $"a command was not taken: {result.Outcome}"));
        return result;
    }

    private async ValueTask<T> Ask<T>(
        MultipartRequest? request, Func<ValueTask<T>> ask, Func<int, T, TraceEvent> describe)
    {
        int number = ++_requests;
        bool isRecorded = Sink is not null;
        Sink?.Add(new RequestSent(Sink.Now, number, request));
        try
        {
            T answer = await ask();
            if (isRecorded) Sink?.Add(describe(number, answer));
            return answer;
        }
        catch (OpenFlowRequestException exception)
        {
            if (isRecorded) Sink?.Add(new RequestFailed(Sink.Now, number, exception.Message));
            throw;
        }
    }

    private byte[] Bytes(Xid xid, in FlowMod message)
    {
        if (Codec is null) return [];
        var frame = new byte[Codec.SizeOf(message)];
        Codec.Write(frame, xid, message);
        return frame;
    }

    private byte[] Bytes(Xid xid, OpenFlowMessage message)
    {
        if (Codec is null) return [];
        var frame = new byte[Codec.SizeOf(message)];
        Codec.Write(frame, xid, message);
        return frame;
    }

    private byte[] Bytes(Xid xid, SentPacket packet)
    {
        if (Codec is null) return [];
        var message = new PacketOut
        {
            BufferId = packet.BufferId,
            InPort = packet.InPort,
            Actions = packet.Actions,
            Data = packet.Frame,
        };
        var frame = new byte[Codec.SizeOf(message)];
        Codec.Write(frame, xid, message);
        return frame;
    }
}
