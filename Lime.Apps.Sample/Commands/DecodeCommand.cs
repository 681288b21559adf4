using System.CommandLine;
using Lime.Apps.Sample.Decoding.Input;
using Lime.Apps.Sample.Decoding.Output;

namespace Lime.Apps.Sample.Commands;

/// <summary>The tool for a person with a capture and a question: bytes to text or JSON, and back.</summary>
internal sealed class DecodeCommand
{
    private readonly Argument<string[]> _sources = new("sources")
    {
        HelpName = "HEX|FILE|FOLDER|-",
        Description = "Hexadecimal digits (spaces, colons, 0x and newlines don't matter), files or folders of messages "
            + "back to back or of hexadecimal text, or - for the standard input (the default)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print a JSON document a line for each message",
    };

    private readonly Option<bool> _roundTrip = new("--roundtrip")
    {
        Description = "Take each message to the model, to JSON, back through the model's constructors and to bytes, "
            + "and say how those compare",
    };

    private readonly Option<bool> _encode = new("--encode")
    {
        Description = "The other way: read JSON documents, one after another or in an array, and print each message in "
            + "hexadecimal digits",
    };

    private readonly Option<string?> _out = new("--out")
    {
        HelpName = "FILE",
        Description = "With --encode: write bytes to this file instead",
    };

    public static Command Create(CommandConsole console)
    {
        var command = new DecodeCommand();
        var decode = new Command("decode", "Decode OpenFlow 1.0 and 1.3 messages, encode them, or check both ways.");
        decode.Arguments.Add(command._sources);
        foreach (Option option in new Option[] { command._json, command._roundTrip, command._encode, command._out })
            decode.Options.Add(option);
        decode.Validators.Add(result =>
        {
            int modes = new[] { command._json, command._roundTrip, command._encode }.Count(result.GetValue);
            if (modes > 1) result.AddError("--json, --roundtrip and --encode: expected one of them at most.");
            if (result.GetValue(command._out) is not null && !result.GetValue(command._encode))
                result.AddError("--out: expected --encode with it.");
        });
        decode.SetAction(parsed => command.Run(parsed, console, new SourceReader(console.OpenInput)));
        return decode;
    }

    private int Run(ParseResult parsed, CommandConsole console, SourceReader reader)
    {
        string[] sources = parsed.GetValue(_sources)!;
        if (parsed.GetValue(_encode)) return Encode(parsed.GetValue(_out), console, reader.ReadTexts(sources));
        bool isGood = true;
        var trips = new RoundTripReport(console);
        var report = new DecodeReport(console, parsed.GetValue(_json));
        Func<CutFrame, bool> add = parsed.GetValue(_roundTrip) ? trips.Add : report.Add;
        foreach (CutFrame frame in reader.ReadMessages(sources).SelectMany(FrameCutter.Cut)) isGood &= add(frame);
        if (parsed.GetValue(_roundTrip)) trips.WriteSummary();
        foreach (string fault in reader.Faults) console.Error.WriteLine(fault);
        return isGood && reader.Faults.IsEmpty ? ExitCode.Success : ExitCode.FoundFaults;
    }

    private static int Encode(string? file, CommandConsole console, IEnumerable<ByteSource> texts)
    {
        try
        {
            using FileStream? binary = file is null ? null : File.Create(file);
            var report = new EncodeReport(console, binary);
            bool isGood = true;
            foreach (ByteSource text in texts) isGood &= report.Add(text);
            return isGood ? ExitCode.Success : ExitCode.FoundFaults;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file}: {exception.Message}");
        }
    }
}
