using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

internal sealed class OnePublicType : ITidyRule
{
    public string Name => "a file has at most one public type, and its name";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        MemberDeclarationSyntax[] types = [.. file.Nodes<MemberDeclarationSyntax>().Where(IsPublicTopLevelType)];
        foreach (MemberDeclarationSyntax second in types.Skip(1))
            yield return file.Find(second, $"{NameOf(second)} too");
        if (types.Length > 0 && NameOf(types[0]) != file.Name)
            yield return file.Find(types[0], $"{NameOf(types[0])} in {file.Name}.cs");
    }

    private static bool IsPublicTopLevelType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        && member.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
        && member.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };
}
