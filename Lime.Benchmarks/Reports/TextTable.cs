namespace Lime.Benchmarks.Reports;

/// <summary>A table for people: columns as wide as their widest cell, numbers to the right.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <exception cref="ArgumentException">Not one cell for each heading.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"{cells.Length} cells for {headings.Length} columns.", nameof(cells));
        _rows.Add(cells);
    }

    public override string ToString()
    {
        int[] widths = [.. headings.Select((_, column) => _rows.Max(row => row[column].Length))];
        return string.Join(Environment.NewLine, _rows.Select(row => Line(row, widths)));
    }

    private static string Line(string[] row, int[] widths)
    {
        // The first column names the row; the others are numbers.
        IEnumerable<string> cells = row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
        return string.Join("  ", cells).TrimEnd();
    }
}
