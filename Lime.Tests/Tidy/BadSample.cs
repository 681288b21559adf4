namespace Lime.Tests.Tidy;

/// <summary>Source that breaks a rule on purpose.</summary>
/// <param name="Rule">The rule's class.</param>
/// <param name="Path">Where it pretends to stand.</param>
/// <param name="Text">The source.</param>
/// <param name="Expected">The only finding's beginning.</param>
internal sealed record BadSample(Type Rule, string Path, string Text, string Expected)
{
    public override string ToString() => $"{Rule.Name}: {Expected}";
}
