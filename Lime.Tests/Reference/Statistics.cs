using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference;

/// <summary>Answers to multipart requests (1.0.0 section 5.3.5, 1.3.5 section 7.3.5).</summary>
internal static class Statistics
{
    public static ReferenceStep Answer(ReferenceState state, Xid xid, MultipartRequest request)
    {
        if (FaultOf(state, request) is { } fault) return ReferenceStep.Refuse(state, xid, fault);
        return AnswerTo(state, request) is { } reply
            ? ReferenceStep.Reply(state, xid, reply)
            : ReferenceStep.Refuse(state, xid, new(ErrorType.BadRequest, ErrorCodes.BadMultipart));
    }

    private static MultipartReply? AnswerTo(ReferenceState state, MultipartRequest request) => request switch
    {
        FlowStatisticsRequest flows => new FlowStatisticsReply(
            [.. Selected(state, FilterOf(flows)).Select(item => FlowOf(state, item.Table, item.Rule))]),
        AggregateStatisticsRequest flows => Aggregate([.. Selected(state, FilterOf(flows))]),
        TableStatisticsRequest => new TableStatisticsReply([.. state.Tables.Select(TableOf)]),
        PortStatisticsRequest ports => new PortStatisticsReply(
            [.. state.Ports.Values.Where(port => Means(ports.Port, port)).Select(PortOf)]),
        PortDescriptionRequest => new PortDescriptionReply([.. state.Ports.Values.Select(port => port.Description)]),
        QueueStatisticsRequest => new QueueStatisticsReply([]),
        GroupStatisticsRequest groups => new GroupStatisticsReply([.. state.Groups.Values
            .Where(group => groups.Group == GroupId.All || groups.Group == group.Id)
            .Select(group => GroupOf(state, group))]),
        GroupDescriptionRequest => new GroupDescriptionReply(
            [.. state.Groups.Values.Select(group => new GroupDescription(group.Id, group.Type, group.Buckets))]),
        MeterStatisticsRequest meters => new MeterStatisticsReply(
            [.. Selected(state, meters.Meter).Select(meter => MeterOf(state, meter))]),
        MeterConfigurationRequest meters => new MeterConfigurationReply([.. Selected(state, meters.Meter)
            .Select(meter => new MeterConfiguration(meter.Id, meter.Flags, meter.Bands))]),
        _ => state.Options.Descriptions.GetValueOrDefault(request.Type),
    };

    private static Fault? FaultOf(ReferenceState state, MultipartRequest request)
    {
        bool isUnknownPort = request switch
        {
            PortStatisticsRequest { Port: var port } => port != PortNumber.Any && !state.Ports.ContainsKey(port.Value),
            _ => false,
        };
        if (isUnknownPort) return new(ErrorType.BadRequest, ErrorCodes.BadPort);
        bool isUnknownTable = !state.Is10 && request switch
        {
            FlowStatisticsRequest flows => !IsTable(state, flows.Table),
            AggregateStatisticsRequest flows => !IsTable(state, flows.Table),
            _ => false,
        };
        if (isUnknownTable) return new(ErrorType.BadRequest, ErrorCodes.BadTableId);
        bool isUnknownMeter = request switch
        {
            MeterStatisticsRequest meters => Selected(state, meters.Meter).IsEmpty && meters.Meter != MeterId.All,
            MeterConfigurationRequest meters => Selected(state, meters.Meter).IsEmpty && meters.Meter != MeterId.All,
            _ => false,
        };
        if (isUnknownMeter) return new(ErrorType.MeterModFailed, ErrorCodes.MeterUnknown);
        return request is QueueStatisticsRequest queues ? QueueFault(state, queues) : null;
    }

    /// <summary>No port has a queue here, so none can be asked for (1.0.0 section 5.3.5, 1.3.5 section 7.3.5.8).</summary>
    private static Fault? QueueFault(ReferenceState state, QueueStatisticsRequest request)
    {
        bool isAnyPort = request.Port == PortNumber.Any || request.Port == PortNumber.All;
        if (!isAnyPort && !state.Ports.ContainsKey(request.Port.Value))
            return new(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort);
        return request.Queue == QueueId.All ? null : new(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadQueue);
    }

    private static bool IsTable(ReferenceState state, TableId table) =>
        table == TableId.All || table.Value < state.Tables.Length;

    private static bool Means(PortNumber asked, ReferencePort port) =>
        asked == PortNumber.Any || asked == port.Description.Port;

    private static FlowMod FilterOf(FlowStatisticsRequest request) => new()
    {
        Match = request.Match,
        Table = request.Table,
        OutPort = request.OutPort,
        OutGroup = request.OutGroup,
        Cookie = request.Cookie,
        CookieMask = request.CookieMask,
    };

    private static FlowMod FilterOf(AggregateStatisticsRequest request) => FilterOf(
        new FlowStatisticsRequest(request.Match, request.Table, request.OutPort)
        {
            OutGroup = request.OutGroup,
            Cookie = request.Cookie,
            CookieMask = request.CookieMask,
        });

    /// <summary>The rules that a non-strict DELETE with the same filter would remove.</summary>
    private static IEnumerable<(int Table, ReferenceRule Rule)> Selected(ReferenceState state, FlowMod filter)
    {
        ImmutableArray<FieldTest> tests = FieldTests.Of(filter.Match);
        return
            from table in Enumerable.Range(0, state.Tables.Length)
            where filter.Table == TableId.All || filter.Table.Value == table
            from rule in state.Tables[table].Rules
            where tests.Cover(rule.Tests) && FlowCommands.SendsTo(rule, filter.OutPort)
            where state.Is10 || (FlowCommands.SendsTo(rule, filter.OutGroup)
                && ((rule.Cookie.Value ^ filter.Cookie.Value) & filter.CookieMask.Value) == 0)
            select (table, rule);
    }

    private static ImmutableArray<ReferenceMeter> Selected(ReferenceState state, MeterId id) =>
        [.. state.Meters.Values.Where(meter => id == MeterId.All || id == meter.Id)];

    private static FlowStatistics FlowOf(ReferenceState state, int table, ReferenceRule rule) => new()
    {
        Table = new((byte)table),
        Match = rule.Match,
        Duration = state.Now - rule.CreatedAt,
        Priority = rule.Priority,
        IdleTimeoutSeconds = rule.IdleSeconds,
        HardTimeoutSeconds = rule.HardSeconds,
        Cookie = rule.Cookie,
        PacketCount = rule.PacketCount,
        ByteCount = rule.ByteCount,
        Flags = state.Is10 ? FlowModFlags.None : rule.Flags,
        Actions = rule.Actions,
        Instructions = rule.Instructions,
    };

    private static AggregateStatisticsReply Aggregate(ImmutableArray<(int Table, ReferenceRule Rule)> rules) => new(
        (ulong)rules.Sum(item => (long)item.Rule.PacketCount), (ulong)rules.Sum(item => (long)item.Rule.ByteCount),
        (uint)rules.Length);

    private static TableStatistics TableOf(ReferenceTable table, int index) => new()
    {
        Table = new((byte)index),
        ActiveCount = (uint)table.Rules.Length,
        LookupCount = table.LookupCount,
        MatchedCount = table.MatchedCount,
    };

    private static PortStatistics PortOf(ReferencePort port) => new()
    {
        Port = port.Description.Port,
        ReceivedPackets = port.ReceivedPackets,
        ReceivedBytes = port.ReceivedBytes,
        SentPackets = port.SentPackets,
        SentBytes = port.SentBytes,
    };

    /// <summary>The reference count is of rules and groups that lead to the group directly (1.3.5 section
    /// 7.3.5.9).</summary>
    private static GroupStatistics GroupOf(ReferenceState state, ReferenceGroup group)
    {
        bool Leads(FlowAction action) => action.Kind == FlowActionKind.Group && action.Value == group.Id.Value;
        int rules = state.Tables.SelectMany(table => table.Rules).Count(rule => rule.AllActions.Any(Leads));
        int groups = state.Groups.Values.Count(each => each.Buckets.Any(bucket => bucket.Actions.Any(Leads)));
        return new GroupStatistics
        {
            Group = group.Id,
            ReferenceCount = (uint)(rules + groups),
            PacketCount = group.PacketCount,
            ByteCount = group.ByteCount,
            Duration = state.Now - group.CreatedAt,
            Buckets = group.Counters,
        };
    }

    private static MeterStatistics MeterOf(ReferenceState state, ReferenceMeter meter) => new()
    {
        Meter = meter.Id,
        FlowCount = (uint)state.Tables.SelectMany(table => table.Rules)
            .Count(rule => rule.Instructions.Meter == meter.Id),
        PacketCount = meter.PacketCount,
        ByteCount = meter.ByteCount,
        Duration = state.Now - meter.CreatedAt,
        Bands = meter.Counters,
    };
}
