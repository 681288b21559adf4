using System.Collections.Immutable;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A rule and its counters; match and actions as <c>ovs-ofctl</c> writes them.</summary>
internal sealed record RuleDocument(
    byte Table,
    ushort Priority,
    string Match,
    string Actions,
    string Cookie,
    ushort IdleTimeoutSeconds,
    ushort HardTimeoutSeconds,
    double DurationSeconds,
    ulong Packets,
    ulong Bytes)
{
    public static RuleDocument Of(FlowStatistics flow) => new(
        flow.Table.Value,
        flow.Priority,
        flow.Match.ToString(),
        flow.Actions.ToString(),
        flow.Cookie.ToString(),
        flow.IdleTimeoutSeconds,
        flow.HardTimeoutSeconds,
        flow.Duration.TotalSeconds,
        flow.PacketCount,
        flow.ByteCount);
}

/// <summary>Rules of one virtual switch, up to a limit.</summary>
/// <param name="Switch">The virtual switch's name.</param>
/// <param name="TotalCount">How many rules it has; more than are listed if the limit was lower.</param>
/// <param name="Rules">The first of them.</param>
internal sealed record RuleList(string Switch, int TotalCount, ImmutableArray<RuleDocument> Rules);
