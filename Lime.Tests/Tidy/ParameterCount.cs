using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>Records may have more, and overrides have what they override.</remarks>
internal sealed class ParameterCount : ITidyRule
{
    private const int ParametersMax = 5;

    public string Name => $"no function has more than {ParametersMax} parameters";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from list in file.Nodes<BaseParameterListSyntax>()
        where list.Parameters.Count > ParametersMax && !MayHaveMore(list.Parent)
        select file.Find(list, $"{list.Parameters.Count} parameters");

    private static bool MayHaveMore(SyntaxNode? owner) => owner is RecordDeclarationSyntax
        || (owner is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.OverrideKeyword));
}
