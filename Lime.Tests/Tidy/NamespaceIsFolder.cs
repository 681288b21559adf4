using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

internal sealed class NamespaceIsFolder : ITidyRule
{
    public string Name => "the namespace is the folder";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        foreach (BaseNamespaceDeclarationSyntax each in file.Nodes<BaseNamespaceDeclarationSyntax>())
        {
            if (each.Name.ToString() != file.FolderNamespace)
                yield return file.Find(each, $"{each.Name} instead of {file.FolderNamespace}");
        }
        foreach (BaseTypeDeclarationSyntax type in file.Nodes<BaseTypeDeclarationSyntax>())
        {
            if (SourceFile.NamespaceAt(type).Length == 0)
                yield return file.Find(type, $"{type.Identifier} has no namespace");
        }
    }
}
