using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the sum over every rule that a match covers.</summary>
/// <param name="Match">Which rules.</param>
/// <param name="Table">Of which table, or <see cref="TableId.All"/>.</param>
/// <param name="OutPort">Only rules that send out of this port; <see cref="PortNumber.Any"/>: no
/// filter.</param>
public sealed record AggregateStatisticsRequest(Match Match, TableId Table, PortNumber OutPort)
    : MultipartRequest(MultipartType.Aggregate)
{
    /// <summary>Only rules that send to this group (1.1 and later); <see cref="GroupId.Any"/>: no filter.</summary>
    public GroupId OutGroup { get; init; } = GroupId.Any;

    /// <summary>The cookie that rules must have in the bits of <see cref="CookieMask"/> (1.1 and later).</summary>
    public Cookie Cookie { get; init; }

    /// <summary>Which bits of the cookie count; 0: no filter.</summary>
    public Cookie CookieMask { get; init; }
}
