using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lime.Apps.Sample.Decoding.Input;
using Lime.Apps.Sample.Fuzzing;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Commands;

/// <summary>Holds the codecs to their promises with frames that are nearly right.</summary>
internal sealed class FuzzCommand
{
    private readonly Option<ulong?> _count = new("--count")
    {
        HelpName = "COUNT",
        Description = "How many frames to try; the default is 1000000, or no end if there is a --time",
    };

    private readonly Option<TimeSpan?> _time = new("--time")
    {
        HelpName = "TIME",
        Description = "How long to try, for example 60s or 5m",
        CustomParser = ReadTime,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        HelpName = "NUMBER",
        Description = "The same seed tries the same frames",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<ulong> _first = new("--first")
    {
        HelpName = "NUMBER",
        Description = "The first frame's number, to try one again that failed",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string[]> _from = new("--from")
    {
        HelpName = "FILE|FOLDER",
        Description = "Spoil the messages of this file or folder too, as decode reads them",
    };

    public static Command Create(CommandConsole console)
    {
        var command = new FuzzCommand();
        var fuzz = new Command("fuzz", "Try spoilt frames of every type and version on the codecs.");
        foreach (Option option in new Option[]
        {
            command._count, command._time, command._seed, command._first, command._from,
        }) fuzz.Options.Add(option);
        fuzz.SetAction((parsed, stop) => Task.FromResult(command.Run(parsed, console, stop)));
        return fuzz;
    }

    private int Run(ParseResult parsed, CommandConsole console, CancellationToken stop)
    {
        AppContext.SetSwitch(ReaderSteps.SwitchName, true);
        return new FuzzRun(Read(parsed, console), console.Output).Run(stop) ? ExitCode.Success : ExitCode.FoundFaults;
    }

    private FuzzOptions Read(ParseResult parsed, CommandConsole console) => new()
    {
        Further = [.. Frames(parsed.GetValue(_from) ?? [], new SourceReader(console.OpenInput))],
        Seed = parsed.GetValue(_seed),
        First = parsed.GetValue(_first),
        Time = parsed.GetValue(_time),
        Count = parsed.GetValue(_count) ?? (parsed.GetValue(_time) is null ? 1_000_000 : null),
    };

    private static IEnumerable<SeedFrame> Frames(string[] sources, SourceReader reader) => sources.Length == 0
        ? []
        : reader.ReadMessages(sources).SelectMany(FrameCutter.Cut)
            .Where(frame => frame.Fault is null).Select(frame => SeedFrame.Of(frame.Bytes.Span));

    private static TimeSpan? ReadTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int secondsPerUnit = text[^1] switch { 'm' => 60, 'h' => 3600, _ => 1 };
        bool isNumber = uint.TryParse(
            text.TrimEnd('s', 'm', 'h'), NumberStyles.None, CultureInfo.InvariantCulture, out uint count);
        if (isNumber && count > 0 && text.Length - text.TrimEnd('s', 'm', 'h').Length <= 1)
            return TimeSpan.FromSeconds((double)count * secondsPerUnit);
        result.AddError($"--time {text}: expected a whole number of seconds, or with s, m or h, for example 60s.");
        return null;
    }
}
