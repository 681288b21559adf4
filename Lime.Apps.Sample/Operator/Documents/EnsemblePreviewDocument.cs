using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A plan for an ensemble that was looked at, as the operator API writes it.</summary>
internal sealed record EnsemblePreviewDocument
{
    /// <summary>Whether it would be begun now.</summary>
    public required bool CanBegin { get; init; }
    public required ImmutableArray<FindingDocument> Findings { get; init; }

    /// <summary>The hosts in the order in which they would move.</summary>
    public required ImmutableArray<HostMoveDocument> Moves { get; init; }

    public static EnsemblePreviewDocument Of(EnsemblePreview preview) => new()
    {
        CanBegin = preview.CanBegin,
        Findings = [.. preview.Findings.Select(FindingDocument.Of)],
        Moves = [.. preview.Moves.Select(each => new HostMoveDocument(
            each.Host, each.From.ToString(), each.To.ToString()))],
    };
}

/// <summary>A host and where it would go.</summary>
internal sealed record HostMoveDocument(string Host, string From, string To);
