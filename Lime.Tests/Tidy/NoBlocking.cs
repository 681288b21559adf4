using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>Threads are Transport's, Channel's and Hosting's business; the rooms between run on one loop,
/// where a lock would be useless and a wait would stop everything.</remarks>
internal sealed partial class NoBlocking : ITidyRule
{
    private static readonly string[] Waits = ["Result", "Wait", "WaitAll", "WaitAny", "GetResult"];

    private static readonly string[] Members = ["Sleep", "Delay", "Run", "Enter", .. Waits];

    public string Name => "no lock, Task.Run, async void, blocking wait or sleep where a loop runs";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        foreach (SyntaxNode node in file.Root.DescendantNodes())
        {
            if (IsAsyncVoid(node)) yield return file.Find(node, "async void");
            bool isOnLoop = OnLoop().IsMatch(SourceFile.NamespaceAt(node));
            if (isOnLoop && node is LockStatementSyntax) yield return file.Find(node, "lock");
            if (node is SimpleNameSyntax name && ForbiddenMember(name, model, isOnLoop) is { } member)
                yield return file.Find(node, member);
        }
    }

    private static bool IsAsyncVoid(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => IsAsync(method.Modifiers) && IsVoid(method.ReturnType),
        LocalFunctionStatementSyntax function => IsAsync(function.Modifiers) && IsVoid(function.ReturnType),
        _ => false,
    };

    private static bool IsAsync(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.AsyncKeyword);

    private static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword);

    private static string? ForbiddenMember(SimpleNameSyntax name, SemanticModel model, bool isOnLoop)
    {
        string member = name.Identifier.Text;
        if (!Members.Contains(member)) return null;
        string type = Meaning.FullNameOf(name, model);
        bool isForbidden = (type, member) switch
        {
            ("System.Threading.Thread", "Sleep") => true,
            ("System.Threading.Tasks.Task", "Delay") => IsTest(name) && !TakesClock(name, model),
            ("System.Threading.Tasks.Task", "Run") or ("System.Threading.Monitor", "Enter") => isOnLoop,
            _ => isOnLoop && Awaited().IsMatch(type) && Waits.Contains(member),
        };
        return isForbidden ? $"{type}.{member}" : null;
    }

    /// <summary>A delay by a loop's own clock takes no real time in a test.</summary>
    private static bool TakesClock(SimpleNameSyntax name, SemanticModel model) =>
        model.GetSymbolInfo(name).Symbol is IMethodSymbol method
        && method.Parameters.Any(each => each.Type.Name == nameof(TimeProvider));

    private static bool IsTest(SyntaxNode node) =>
        SourceFile.NamespaceAt(node).StartsWith("Lime.Tests", StringComparison.Ordinal);

    /// <summary>The rooms that live on an owner loop, or are pure.</summary>
    [GeneratedRegex(@"^Lime\.(Core\.(?!Hosting)|OpenFlow\.(?!Transport|Channel))")]
    private static partial Regex OnLoop();

    [GeneratedRegex(@"^System\.(Threading\.Tasks\.|Runtime\.CompilerServices\.).*(Task|TaskAwaiter)$")]
    private static partial Regex Awaited();
}
