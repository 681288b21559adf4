namespace Lime.Apps.Sample.Json;

/// <summary>Something wrong in a JSON document.</summary>
/// <param name="Path">Where, as a JSON path; for what is no JSON at all line and column.</param>
/// <param name="Message">What was expected and what was found.</param>
internal sealed record JsonFault(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
