using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for every rule that a match covers.</summary>
/// <param name="Match">Which rules.</param>
/// <param name="Table">Of which table, or <see cref="TableId.All"/>.</param>
/// <param name="OutPort">Only rules that send out of this port; <see cref="PortNumber.Any"/>: no
/// filter.</param>
public sealed record FlowStatisticsRequest(Match Match, TableId Table, PortNumber OutPort)
    : MultipartRequest(MultipartType.Flow);
