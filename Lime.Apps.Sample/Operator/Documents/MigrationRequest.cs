using System.Collections.Immutable;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>The body that starts a migration; what is null takes its default.</summary>
internal sealed record MigrationRequest(string Switch, string Target)
{
    public string? Method { get; init; }
    public double? DeadlineSeconds { get; init; }
    public double? AttachmentIntervalMs { get; init; }
    public double? DrainQuietMs { get; init; }
    public string? Guard { get; init; }
    public BudgetsDocument? Budgets { get; init; }
    public string? Evidence { get; init; }
    public bool? RequireSelectAffinity { get; init; }
    public ImmutableArray<PortPair>? TargetPorts { get; init; }
}

/// <summary>Where a virtual port is at the target.</summary>
internal sealed record PortPair(uint Virtual, uint Physical);
