namespace Lime.Tests.Tidy;

/// <summary>A file or a function.</summary>
/// <param name="Name">Where it is.</param>
/// <param name="Lines">How many lines it has.</param>
internal readonly record struct Sized(string Name, int Lines);
