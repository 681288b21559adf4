using System.Collections.Immutable;
using System.Net;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Commands;

/// <summary>What <c>serve</c> was asked for.</summary>
internal sealed record ServeOptions
{
    /// <summary>Where to listen for switches; port 0: one that is free.</summary>
    public required IPEndPoint OpenFlow { get; init; }

    /// <summary>What is offered to switches, best first.</summary>
    public ImmutableArray<OpenFlowVersion> Versions { get; init; } = [OpenFlowVersion.V13, OpenFlowVersion.V10];

    /// <summary>Switches that listen, to connect to.</summary>
    public ImmutableArray<EndPoint> Connect { get; init; } = [];

    /// <summary>The apps' names, in the order in which they are called.</summary>
    public ImmutableArray<string> Apps { get; init; } = [];

    /// <summary>Switches that no app sees.</summary>
    public ImmutableArray<DatapathId> Spares { get; init; } = [];

    /// <summary>The network file; null: one-to-one.</summary>
    public string? NetworkPath { get; init; }

    /// <summary>Where the operator API listens; null: nowhere.</summary>
    public IPEndPoint? Operator { get; init; }

    /// <summary>What the operator API's callers have to show; null: nothing.</summary>
    public string? OperatorToken { get; init; }

    /// <summary>What happens to rules found on a switch.</summary>
    public UnknownRulePolicy UnknownRules { get; init; }

    /// <summary>Seconds without a packet after which the learning switch's rules go.</summary>
    public ushort IdleTimeoutSeconds { get; init; }
}
