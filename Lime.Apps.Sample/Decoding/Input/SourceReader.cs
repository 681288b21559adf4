using System.Collections.Immutable;
using System.Text;
using Lime.Apps.Sample.Commands;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Finds what the command's arguments mean: files and folders by their names, <c>-</c> for the standard input,
/// the others hexadecimal text.</summary>
internal sealed class SourceReader(Func<Stream> openInput)
{
    private readonly ImmutableArray<string>.Builder _faults = ImmutableArray.CreateBuilder<string>();

    /// <summary>What could not be read.</summary>
    public ImmutableArray<string> Faults => _faults.ToImmutable();

    /// <summary>The bytes of messages.</summary>
    /// <exception cref="CommandFailedException">An argument is neither hexadecimal nor a file, or a file can't be
    /// read.</exception>
    public IEnumerable<ByteSource> ReadMessages(IReadOnlyList<string> arguments)
    {
        var pieces = new HexPieces();
        foreach (string argument in arguments.Count == 0 ? ["-"] : arguments)
        {
            if (argument == "-" || Path.Exists(argument))
            {
                foreach (ByteSource source in Arguments(pieces)) yield return source;
                pieces = new HexPieces();
                foreach (ByteSource source in OpenAll(argument).SelectMany(CutText)) yield return source;
            }
            else
            {
                pieces.Add(HexText.TryParse(argument, out byte[] bytes) ? bytes : throw NotFound(argument));
            }
        }
        foreach (ByteSource source in Arguments(pieces)) yield return source;
    }

    /// <summary>Whole texts; an argument that begins as JSON does is one itself.</summary>
    /// <exception cref="CommandFailedException">A file can't be read.</exception>
    public IEnumerable<ByteSource> ReadTexts(IReadOnlyList<string> arguments)
    {
        foreach (string argument in arguments.Count == 0 ? ["-"] : arguments)
        {
            bool isJson = argument.TrimStart().StartsWith('{') || argument.TrimStart().StartsWith('[');
            if (isJson) yield return new ByteSource("argument", Encoding.UTF8.GetBytes(argument));
            else if (argument == "-" || Path.Exists(argument))
                foreach (ByteSource source in OpenAll(argument)) yield return source;
            else throw NotFound(argument);
        }
    }

    private static IEnumerable<ByteSource> Arguments(HexPieces pieces)
    {
        ImmutableArray<byte[]> runs = pieces.ToRuns();
        return runs.Select((run, index) =>
            new ByteSource(runs.Length == 1 ? "argument" : $"argument {index + 1}", run));
    }

    private IEnumerable<ByteSource> OpenAll(string argument)
    {
        if (argument == "-")
        {
            using Stream input = openInput();
            using var copy = new MemoryStream();
            input.CopyTo(copy);
            return [new ByteSource("stdin", copy.ToArray())];
        }
        string[] files = Directory.Exists(argument)
            ? [.. Directory.EnumerateFiles(argument, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [argument];
        return files.Select(Open);
    }

    private static ByteSource Open(string file)
    {
        try
        {
            return new ByteSource(file, File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file}: {exception.Message}");
        }
    }

    /// <summary>A file of text holds hexadecimal digits; any other is messages as they are.</summary>
    private IEnumerable<ByteSource> CutText(ByteSource source)
    {
        if (source.Bytes.IsEmpty)
        {
            _faults.Add($"{source.Name}: empty; expected messages, or hexadecimal text.");
            return [];
        }
        if (CaptureFile.Describe(source.Bytes.Span) is { } format)
        {
            _faults.Add($"{source.Name}: {format}; expected messages, or hexadecimal text. {CaptureFile.Advice}");
            return [];
        }
        if (!HexText.IsText(source.Bytes.Span)) return [source];
        (ImmutableArray<byte[]> runs, ImmutableArray<string> faults) =
            HexText.Read(Encoding.Latin1.GetString(HexText.WithoutMark(source.Bytes.Span)));
        _faults.AddRange(faults.Select(fault => $"{source.Name}: {fault}"));
        return runs.Select((run, index) =>
            new ByteSource(runs.Length == 1 ? source.Name : $"{source.Name}, message {index + 1}", run));
    }

    private static CommandFailedException NotFound(string argument) => new(
        $"{(argument.Length <= 60 ? argument : argument[..57] + "...")}: neither a file or folder nor hexadecimal "
        + "digits in pairs.");
}
