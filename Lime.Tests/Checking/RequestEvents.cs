using System.Collections.Immutable;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Checking;

/// <summary>The app has asked for something that is answered: a barrier (<see cref="Request"/> is null) or
/// statistics.</summary>
/// <param name="At">When.</param>
/// <param name="Number">Which request: unique in the trace.</param>
/// <param name="Request">A flow or aggregate statistics request; null: a barrier.</param>
internal sealed record RequestSent(TimeSpan At, int Number, MultipartRequest? Request) : TraceEvent(At)
{
    public override string Text => $"app sent request {Number}: {Request?.ToString() ?? "barrier"}";
}

/// <summary>A barrier was answered.</summary>
internal sealed record BarrierAnswered(TimeSpan At, int Number) : TraceEvent(At)
{
    public override string Text => $"app received barrier reply {Number}";
}

/// <summary>Flow statistics, all parts of the reply.</summary>
internal sealed record FlowsAnswered(TimeSpan At, int Number, ImmutableArray<FlowStatistics> Flows) : TraceEvent(At)
{
    public override string Text => $"app received flow statistics {Number}: "
        + string.Join("; ", Flows.Select(each => $"{each.Priority} {each.Match} {each.PacketCount} packets "
            + $"{each.ByteCount} bytes"));
}

/// <summary>Aggregate statistics.</summary>
internal sealed record AggregateAnswered(TimeSpan At, int Number, AggregateStatisticsReply Reply) : TraceEvent(At)
{
    public override string Text => $"app received aggregate {Number}: {Reply.FlowCount} flows, "
        + $"{Reply.PacketCount} packets, {Reply.ByteCount} bytes";
}

/// <summary>The groups that there are.</summary>
internal sealed record GroupsAnswered(TimeSpan At, int Number, ImmutableArray<GroupDescription> Groups) : TraceEvent(At)
{
    public override string Text => $"app received groups {Number}: {string.Join("; ", Groups.Select(Describe))}";

    public static string Describe(GroupDescription group) => $"{group.Group.Value} {group.Type} "
        + string.Join(" or ", group.Buckets.Select(each => $"{each.Weight} {each.WatchPort} {each.Actions}"));
}

/// <summary>The meters that there are.</summary>
internal sealed record MetersAnswered(TimeSpan At, int Number, ImmutableArray<MeterConfiguration> Meters)
    : TraceEvent(At)
{
    public override string Text => $"app received meters {Number}: {string.Join("; ", Meters.Select(Describe))}";

    public static string Describe(MeterConfiguration meter) =>
        $"{meter.Meter.Value} {meter.Flags} {string.Join(" and ", meter.Bands)}";
}

/// <summary>A request that ended without an answer: the connection was lost, or no answer came in time.</summary>
internal sealed record RequestFailed(TimeSpan At, int Number, string Reason) : TraceEvent(At)
{
    public override string Text => $"request {Number} failed: {Reason}";
}
