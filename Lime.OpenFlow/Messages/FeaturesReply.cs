using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A switch's identity and abilities (OpenFlow 1.0.0 section 5.3.1).</summary>
/// <param name="Datapath">Who it is.</param>
/// <param name="BufferCount">How many packets it can hold.</param>
/// <param name="TableCount">How many flow tables it has.</param>
/// <param name="Capabilities">The bits of ofp_capabilities.</param>
/// <param name="ActionBits">OpenFlow 1.0: a bit per action type it supports.</param>
/// <param name="Ports">Its ports.</param>
public sealed record FeaturesReply(
    DatapathId Datapath,
    uint BufferCount,
    byte TableCount,
    uint Capabilities,
    uint ActionBits,
    ImmutableArray<PortDescription> Ports) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.FeaturesReply;
}
