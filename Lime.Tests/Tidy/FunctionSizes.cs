using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <summary>Finds the functions of a file and counts their lines.</summary>
/// <remarks>From the signature (attributes and documentation not counted) to the end of the body. A local
/// function counts by itself and within the one around it; what has no body doesn't count.</remarks>
internal static class FunctionSizes
{
    public static IEnumerable<Sized> Of(SourceFile file)
    {
        foreach (SyntaxNode node in file.Root.DescendantNodes())
        {
            if (FirstToken(node) is not { } first) continue;
            int start = first.SpanStart;
            yield return new Sized($"{file.Path}:{LineOf(start, file)}", Lines(start, node.Span.End, file));
        }
        GlobalStatementSyntax[] program = [.. file.Nodes<GlobalStatementSyntax>()];
        if (program.Length > 0)
            yield return new Sized($"{file.Path}:1", Lines(program[0].SpanStart, program[^1].Span.End, file));
    }

    private static SyntaxToken? FirstToken(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method when method.Body is not null || method.ExpressionBody is not null =>
            AfterAttributes(method, method.AttributeLists),
        LocalFunctionStatementSyntax function => AfterAttributes(function, function.AttributeLists),
        AccessorDeclarationSyntax accessor when accessor.Body is not null || accessor.ExpressionBody is not null =>
            AfterAttributes(accessor, accessor.AttributeLists),
        PropertyDeclarationSyntax { ExpressionBody: not null } property =>
            AfterAttributes(property, property.AttributeLists),
        IndexerDeclarationSyntax { ExpressionBody: not null } indexer =>
            AfterAttributes(indexer, indexer.AttributeLists),
        _ => null,
    };

    private static SyntaxToken AfterAttributes(SyntaxNode node, SyntaxList<AttributeListSyntax> attributes) =>
        attributes.Count == 0 ? node.GetFirstToken() : attributes[^1].GetLastToken().GetNextToken();

    private static int Lines(int start, int end, SourceFile file) => LineOf(end, file) - LineOf(start, file) + 1;

    private static int LineOf(int position, SourceFile file) => file.Lines.GetLinePosition(position).Line + 1;
}
