using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <summary>What a name in the source stands for.</summary>
internal static class Meaning
{
    /// <summary>The type that <paramref name="name"/> is or is a member of; null for locals, namespaces and
    /// the unknown.</summary>
    public static INamedTypeSymbol? TypeOf(SimpleNameSyntax name, SemanticModel model)
    {
        if (name.Ancestors().Any(each => each is UsingDirectiveSyntax)) return null;
        SymbolInfo found = model.GetSymbolInfo(name);
        return (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) switch
        {
            INamedTypeSymbol type => type,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => ContainingType(found),
            _ => null,
        };
    }

    /// <summary>That type with its namespace; empty if there is none.</summary>
    public static string FullNameOf(SimpleNameSyntax name, SemanticModel model) =>
        TypeOf(name, model) is { } type ? $"{type.ContainingNamespace}.{type.Name}" : "";

    /// <summary>The namespace of that type; empty if there is none.</summary>
    public static string NamespaceOf(SimpleNameSyntax name, SemanticModel model) =>
        TypeOf(name, model)?.ContainingNamespace?.ToDisplayString() ?? "";

    private static INamedTypeSymbol? ContainingType(SymbolInfo found) =>
        (found.Symbol ?? found.CandidateSymbols[0]).ContainingType;
}
