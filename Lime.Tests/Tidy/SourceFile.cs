using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lime.Tests.Tidy;

/// <summary>A C# file, parsed.</summary>
/// <param name="Path">From the repository's root, with slashes: <c>Lime.Core/Apps/AppVerdict.cs</c>.</param>
/// <param name="Tree">Its syntax.</param>
internal sealed record SourceFile(string Path, SyntaxTree Tree)
{
    /// <summary>The project's name, which is its folder's.</summary>
    public string Project => Path[..Path.IndexOf('/')];

    /// <summary>Whether it is part of the product; else of the tests.</summary>
    public bool IsProduct => Project != "Lime.Tests";

    /// <summary>Whether it becomes part of a package.</summary>
    public bool IsPackaged => Project is "Lime.OpenFlow" or "Lime.Core";

    /// <summary>The folder with dots: what the namespace has to be.</summary>
    public string FolderNamespace => Path[..Path.LastIndexOf('/')].Replace('/', '.');

    /// <summary>The file's name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public SyntaxNode Root => Tree.GetRoot();

    public TextLineCollection Lines => Tree.GetText().Lines;

    public static SourceFile Parse(string path, string text) =>
        new(path, CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), path));

    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    /// <summary>The namespace that <paramref name="node"/> stands in; empty for top-level
    /// statements.</summary>
    public static string NamespaceAt(SyntaxNode node) =>
        string.Join('.', node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(each => each.Name));

    public Finding Find(SyntaxNode node, string what) => FindAt(node.GetLocation(), what);

    public Finding FindAt(Location location, string what) =>
        new(Path, location.GetLineSpan().StartLinePosition.Line + 1, what);
}
