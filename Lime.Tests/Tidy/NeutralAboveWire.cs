using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>What differs between versions is asked of the codec (its semantics, what it refuses), not of its
/// number.</remarks>
internal sealed partial class NeutralAboveWire : ITidyRule
{
    public string Name => "only Wire and Channel ask which OpenFlow version it is";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        if (!file.IsProduct) return [];
        return file.Root.DescendantNodes()
            .Where(node => !MayAsk().IsMatch(SourceFile.NamespaceAt(node)))
            .Where(node => NamesCodec(node, model) || AsksVersion(node, model))
            .Select(node => file.Find(node, node.ToString()));
    }

    private static bool NamesCodec(SyntaxNode node, SemanticModel model) =>
        node is SimpleNameSyntax name && VersionsOwn().IsMatch(Meaning.NamespaceOf(name, model));

    private static bool AsksVersion(SyntaxNode node, SemanticModel model) => node switch
    {
        BinaryExpressionSyntax binary => IsVersion(binary.Left, model) || IsVersion(binary.Right, model),
        IsPatternExpressionSyntax pattern => IsVersion(pattern.Expression, model),
        SwitchStatementSyntax statement => IsVersion(statement.Expression, model),
        SwitchExpressionSyntax expression => IsVersion(expression.GoverningExpression, model),
        CastExpressionSyntax cast => IsVersion(cast.Expression, model),
        _ => false,
    };

    private static bool IsVersion(ExpressionSyntax expression, SemanticModel model)
    {
        ITypeSymbol? type = model.GetTypeInfo(expression).Type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type?.ToDisplayString() == "Lime.OpenFlow.OpenFlowVersion";
    }

    [GeneratedRegex(@"^Lime\.OpenFlow(\.(Wire|Channel)(\..*)?)?$")]
    private static partial Regex MayAsk();

    [GeneratedRegex(@"^Lime\.OpenFlow\.Wire\.V\d+")]
    private static partial Regex VersionsOwn();
}
