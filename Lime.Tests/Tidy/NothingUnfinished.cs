using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

internal sealed partial class NothingUnfinished : ITidyRule
{
    private const string Unimplemented = "NotImplementedException";

    public string Name => "nothing is unfinished: no TODO, no NotImplementedException, no commented-out code";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        foreach (SyntaxTrivia trivia in file.Root.DescendantTrivia().Where(IsComment))
        {
            string text = trivia.ToFullString();
            Location location = trivia.GetLocation();
            if (Mark().IsMatch(text)) yield return file.FindAt(location, text.Trim());
            else if (CodeLine().IsMatch(text)) yield return file.FindAt(location, $"code in a comment: {text.Trim()}");
        }
        foreach (SimpleNameSyntax name in file.Nodes<SimpleNameSyntax>())
        {
            if (name.Identifier.Text == Unimplemented) yield return file.Find(name, Unimplemented);
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Mark();

    /// <summary>A comment that ends as a statement or a block does.</summary>
    [GeneratedRegex(@"^//[^/].*[;{}]\s*$")]
    private static partial Regex CodeLine();
}
