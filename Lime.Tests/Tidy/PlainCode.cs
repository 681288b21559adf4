using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>The packages are to be trimmed and compiled ahead of time, and never to read beyond a
/// buffer.</remarks>
internal sealed class PlainCode : ITidyRule
{
    public string Name => "the packages use neither unsafe code nor reflection";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        if (!file.IsPackaged) yield break;
        foreach (SyntaxToken token in file.Root.DescendantTokens().Where(each => each.IsKind(SyntaxKind.UnsafeKeyword)))
            yield return file.FindAt(token.GetLocation(), "unsafe");
        foreach (SimpleNameSyntax name in file.Nodes<SimpleNameSyntax>())
        {
            string used = Meaning.FullNameOf(name, model);
            // A type's name is no more than text.
            bool isName = used == "System.Reflection.MemberInfo" && name.Identifier.Text == "Name";
            bool isReflection = used.StartsWith("System.Reflection", StringComparison.Ordinal) && !isName;
            if (isReflection) yield return file.Find(name, used);
        }
    }
}
