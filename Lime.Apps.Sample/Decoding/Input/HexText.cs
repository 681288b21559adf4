using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Reads bytes from text that people have at hand: hexadecimal digits, with or without spaces, colons, dashes
/// and <c>0x</c>; or dumps with an offset before each line, as those of <c>hexdump -C</c>, <c>xxd</c>,
/// <c>tcpdump -x</c> and <c>ovs-ofctl -mmm</c>, with prose between them. Behind a whole message its line may go on with
/// its name; <c>#</c> starts a comment, <c>(00*36)</c> stands for 36 bytes 00.</summary>
internal static partial class HexText
{
    private const int DumpLineBytes = 16;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ':', '-', ',', ';'];

    /// <summary>Whether bytes look like text rather than messages, which begin with a version byte.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0 && bytes.IndexOfAnyInRange((byte)14, (byte)31) < 0;

    /// <summary>Text behind the mark of UTF-8 that editors of Windows put before it.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    /// <summary>Reads every line.</summary>
    /// <returns>Runs of bytes that belong together, and what could not be read, by line.</returns>
    public static (ImmutableArray<byte[]> Runs, ImmutableArray<string> Faults) Read(string text)
    {
        string[] lines = text.Split('\n');
        var pieces = new HexPieces();
        var faults = ImmutableArray.CreateBuilder<string>();
        int dumpBytes = 0;
        bool isDump = lines.Any(line => TryReadDumpLine(line, 0, out _));
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Split('#')[0].Trim();
            if (isDump)
            {
                ReadInDump(line, pieces, ref dumpBytes);
                continue;
            }
            if (TryParse(line, out byte[] bytes) || TryReadNamed(line, out bytes)) pieces.Add(bytes);
            else faults.Add($"line {i + 1}: not hexadecimal digits in pairs: {Shorten(line)}");
        }
        return (pieces.ToRuns(), faults.ToImmutable());
    }

    /// <summary>Hexadecimal digits without an offset.</summary>
    public static bool TryParse(string text, out byte[] bytes)
    {
        string[] words = Run().Replace(text, Repeat).Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        string digits = string.Concat(words.Select(WithoutPrefix));
        bool isHex = digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit);
        bytes = isHex ? Convert.FromHexString(digits) : [];
        return isHex;
    }

    /// <summary>Whole messages, and behind them words about them.</summary>
    private static bool TryReadNamed(string line, out byte[] bytes) =>
        TryParse(line.Split(' ')[0], out bytes) && HexPieces.AreWholeFrames(bytes);

    /// <summary>A dump starts again at offset 0; lines that go on with no offset are prose.</summary>
    private static void ReadInDump(string line, HexPieces pieces, ref int dumpBytes)
    {
        if (TryReadDumpLine(line, 0, out byte[] bytes))
        {
            pieces.Break();
            dumpBytes = 0;
        }
        else if (!TryReadDumpLine(line, dumpBytes, out bytes))
        {
            return;
        }
        pieces.Add(bytes);
        dumpBytes += bytes.Length;
    }

    /// <summary>A line whose first word is the offset that is due.</summary>
    private static bool TryReadDumpLine(string line, int offset, out byte[] bytes)
    {
        bytes = [];
        string trimmed = line.Trim();
        int end = trimmed.IndexOfAny([' ', '\t']);
        if (end < 0) return false;
        string word = WithoutPrefix(trimmed[..end].TrimEnd(':'));
        bool isOffset = word.Length is >= 4 and <= 8
            && int.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int found)
            && found == offset;
        if (isOffset) bytes = ReadColumns(trimmed[end..].Trim());
        return bytes.Length > 0;
    }

    /// <summary>Up to the column with the characters, which stands behind two spaces at least.</summary>
    private static byte[] ReadColumns(string columns)
    {
        var bytes = new List<byte>();
        int at = 0;
        while (at < columns.Length && bytes.Count < DumpLineBytes)
        {
            int start = at;
            while (at < columns.Length && char.IsAsciiHexDigit(columns[at])) at++;
            if (at == start || (at - start) % 2 != 0) break;
            bytes.AddRange(Convert.FromHexString(columns[start..at]));
            int gap = at;
            while (at < columns.Length && columns[at] is ' ' or '\t' or '-') at++;
            // hexdump and ovs-ofctl leave a wider gap, or a dash, in the middle.
            if (at - gap > 1 && bytes.Count != DumpLineBytes / 2) break;
        }
        return [.. bytes];
    }

    private static string WithoutPrefix(string word) =>
        word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? word[2..] : word;

    private static string Repeat(Match run) => string.Concat(
        Enumerable.Repeat(run.Groups[1].Value, int.Parse(run.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\(([0-9a-f]{2})\*(\d{1,5})\)")]
    private static partial Regex Run();

    private static string Shorten(string line) => line.Length <= 60 ? line : line[..57] + "...";
}
