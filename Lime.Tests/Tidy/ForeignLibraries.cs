using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

internal sealed class ForeignLibraries : ITidyRule
{
    /// <summary>A library's namespace, and the one room that may name it.</summary>
    private static readonly (string Library, string Room)[] Walls =
    [
        ("Pipelines.Sockets.Unofficial", "Lime.OpenFlow.Transport"),
        ("Microsoft.Extensions.DependencyInjection", "Lime.Core.Hosting"),
    ];

    public string Name => "only Transport knows the socket library, only Hosting the container";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        if (!file.IsPackaged) yield break;
        foreach (SimpleNameSyntax name in file.Nodes<SimpleNameSyntax>())
        {
            string used = Meaning.NamespaceOf(name, model);
            string user = SourceFile.NamespaceAt(name);
            if (Walls.Any(wall => IsWithin(used, wall.Library) && !IsWithin(user, wall.Room)))
                yield return file.Find(name, $"{user} uses {Meaning.FullNameOf(name, model)}");
        }
    }

    private static bool IsWithin(string inner, string outer) =>
        inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);
}
