using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>A class that needs two files is two classes.</remarks>
internal sealed class PartialTypes : ITidyRule
{
    private static readonly string[] Generators = ["LoggerMessage", "GeneratedRegex", "JsonSerializable"];

    public string Name => "a type is partial only where a generator completes it";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from type in file.Nodes<TypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PartialKeyword) && !IsCompletedByGenerator(type)
        select file.Find(type, type.Identifier.Text);

    private static bool IsCompletedByGenerator(TypeDeclarationSyntax type) =>
        type.DescendantNodes().OfType<AttributeSyntax>().Any(each => Generators.Contains(each.Name.ToString()));
}
