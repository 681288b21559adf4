using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lime.Tests.Tidy;

internal sealed class LineWidth : ITidyRule
{
    private const int ColumnsMax = 120;

    public string Name => $"no line is wider than {ColumnsMax} columns";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        foreach (TextLine line in file.Lines)
        {
            if (line.Span.Length > ColumnsMax)
                yield return new Finding(file.Path, line.LineNumber + 1, $"{line.Span.Length} columns");
        }
    }
}
