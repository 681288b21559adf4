using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>A name that would fit anything says nothing.</remarks>
internal sealed class TypeNames : ITidyRule
{
    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Data", "Info"];

    /// <summary>Named by the users of the library, who asked for it.</summary>
    private static readonly string[] Given = ["IEnsembleManager", "EnsembleManager"];

    public string Name => "no type's name ends in an empty word (Manager, Helper, Util, Data, Info)";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from type in file.Nodes<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where EmptyWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)) && !Given.Contains(name)
        select file.Find(type, name);
}
