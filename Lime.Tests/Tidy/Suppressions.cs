using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lime.Tests.Tidy;

/// <remarks>The reason stands behind it, or as a comment on the line above.</remarks>
internal sealed class Suppressions : ITidyRule
{
    public string Name => "a suppressed warning carries its reason";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
        let text = trivia.ToFullString().Trim()
        where text.Contains("disable", StringComparison.Ordinal) && !HasReason(file, trivia, text)
        select file.FindAt(trivia.GetLocation(), text);

    private static bool HasReason(SourceFile file, SyntaxTrivia trivia, string text)
    {
        if (text.Contains("//", StringComparison.Ordinal)) return true;
        int line = file.Lines.GetLinePosition(trivia.SpanStart).Line;
        return line > 0 && file.Lines[line - 1].ToString().TrimStart().StartsWith("//", StringComparison.Ordinal);
    }
}
