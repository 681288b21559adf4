namespace Lime.Tests.Tidy;

/// <summary>A place that breaks a rule.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="What">What was found there.</param>
internal sealed record Finding(string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What}";
}
