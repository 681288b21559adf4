using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A plan that was looked at, as the operator API writes it.</summary>
internal sealed record PreviewDocument
{
    public required string Switch { get; init; }
    public required string Target { get; init; }

    /// <summary>Whether it would be begun now.</summary>
    public required bool CanBegin { get; init; }
    public required ImmutableArray<FindingDocument> Findings { get; init; }
    public ForecastDocument? Forecast { get; init; }

    public static PreviewDocument Of(MigrationPreview preview) => new()
    {
        Switch = preview.Plan.Switch,
        Target = preview.Plan.Target.ToString(),
        CanBegin = preview.CanBegin,
        Findings = [.. preview.Findings.Select(FindingDocument.Of)],
        Forecast = preview.Forecast is { } forecast ? ForecastDocument.Of(forecast) : null,
    };
}

/// <summary>One finding: kind "refusal" or "note".</summary>
internal sealed record FindingDocument(string Kind, string Topic, string Text)
{
    public static FindingDocument Of(MigrationFinding finding) => new(
        finding.Kind == FindingKind.Refusal ? "refusal" : "note", Lower(finding.Topic.ToString()), finding.Text);

    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}

/// <summary>What a migration is expected to take.</summary>
internal sealed record ForecastDocument
{
    public required int Rules { get; init; }
    public required int TargetEntries { get; init; }
    public required int Resources { get; init; }
    public required int Attachments { get; init; }
    public required int FlowMods { get; init; }
    public required int Messages { get; init; }
    public required double RoundTripMs { get; init; }
    public required double DurationMs { get; init; }

    public static ForecastDocument Of(MigrationForecast forecast) => new()
    {
        Rules = forecast.Rules,
        TargetEntries = forecast.TargetEntries,
        Resources = forecast.Resources,
        Attachments = forecast.Attachments,
        FlowMods = forecast.FlowMods,
        Messages = forecast.Messages,
        RoundTripMs = forecast.RoundTrip.TotalMilliseconds,
        DurationMs = forecast.Duration.TotalMilliseconds,
    };
}
