using System.Collections.Immutable;
using Lime.Apps.Sample.Json;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>What went wrong, as RFC 9457 has it.</summary>
/// <param name="Title">The kind of problem, the same each time.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What it is this time, and what to do.</param>
internal sealed record ProblemDocument(string Title, int Status, string Detail)
{
    public const string MediaType = "application/problem+json";

    /// <summary>RFC 9457 section 4.2.1: nothing beyond the HTTP status.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>What is wrong in a body, each with its JSON path.</summary>
    public ImmutableArray<JsonFault>? Errors { get; init; }
}
