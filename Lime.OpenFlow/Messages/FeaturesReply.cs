using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A switch's identity and abilities (OpenFlow 1.0.0 section 5.3.1).</summary>
/// <param name="Datapath">Who it is.</param>
/// <param name="BufferCount">How many packets it can hold.</param>
/// <param name="TableCount">How many flow tables it has.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="ActionBits">OpenFlow 1.0: a bit per action type it supports.</param>
/// <param name="Ports">Its ports; from 1.3 on they come by a multipart request, and the message itself has
/// none.</param>
public sealed record FeaturesReply(
    DatapathId Datapath,
    uint BufferCount,
    byte TableCount,
    SwitchCapabilities Capabilities,
    uint ActionBits,
    ImmutableArray<PortDescription> Ports) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.FeaturesReply;

    /// <summary>1.3: 0 on the main connection, another number on an auxiliary one.</summary>
    public byte AuxiliaryId { get; init; }
}
