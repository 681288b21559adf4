using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lime.Tests.Tidy;

internal sealed class Suppressions : ITidyRule
{
    public string Name => "a suppressed warning carries its reason";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
        let text = trivia.ToFullString().Trim()
        where text.Contains("disable", StringComparison.Ordinal) && !text.Contains("//", StringComparison.Ordinal)
        select file.FindAt(trivia.GetLocation(), text);
}
