using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>A comment doesn't fill it: what is expected is named in the catch and answered with a
/// value.</remarks>
internal sealed class EmptyCatch : ITidyRule
{
    public string Name => "no catch is empty";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model) =>
        from clause in file.Nodes<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0
        select file.Find(clause, "an empty catch");
}
