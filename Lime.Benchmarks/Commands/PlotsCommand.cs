using System.CommandLine;
using System.Text.Json;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Plots;

namespace Lime.Benchmarks.Commands;

/// <summary>Draws what other commands wrote with <c>--json</c>.</summary>
internal static class PlotsCommand
{
    public static Command Create(TextWriter output)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Documents that other commands wrote with --json",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = new Option<string>("--out")
        {
            HelpName = "FOLDER",
            Description = "Where the plots go",
            DefaultValueFactory = _ => ".",
        };
        var plots = new Command("plots", "Draw results as SVG.");
        plots.Arguments.Add(files);
        plots.Options.Add(folder);
        plots.SetAction((parsed, stop) => RunAsync(parsed.GetValue(files)!, parsed.GetValue(folder)!, output, stop));
        return plots;
    }

    private static async Task<int> RunAsync(string[] files, string folder, TextWriter output, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in files)
        {
            foreach ((string name, Plot plot) in await ReadAsync(file, stop))
            {
                string path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{name}.svg");
                await File.WriteAllTextAsync(path, SvgPlot.Draw(plot), stop);
                await output.WriteLineAsync(path);
            }
        }
        return ExitCode.Success;
    }

    private static async Task<(string Name, Plot Plot)[]> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return [.. PlotsOf.Document(await File.ReadAllTextAsync(file, stop))];
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException)
        {
            throw new CommandFailedException($"{file}: {exception.Message}");
        }
    }
}
