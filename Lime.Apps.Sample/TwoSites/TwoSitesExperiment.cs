using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>The demonstration: a tenant of two tiers moves from one site to another while it serves requests.</summary>
internal static class TwoSitesExperiment
{
    /// <summary>Runs it, shows it, and says by the exit code whether every promise was kept.</summary>
    public static Task<int> RunAsync(TwoSitesOptions options, CommandConsole console, CancellationToken stop)
    {
        // What a program reads is on the output alone.
        TextWriter words = options.IsJson ? console.Error : console.Output;
        if (options.SvgFile is { } wanted) WriteFile(wanted, ""); // What can't be written is told before the run.
        TwoSitesReport.WriteSetting(options, words);
        var results = new List<TwoSitesResult>();
        foreach (MigrationMethod method in options.Methods)
        {
            if (stop.IsCancellationRequested) break;
            TwoSitesReport.WriteMethod(method, words);
            if (RunOne(options, method, words, stop) is not { } result) break;
            results.Add(result);
            if (!options.IsJson) TwoSitesReport.WriteResult(result, words);
        }
        if (options.IsJson) console.Output.WriteLine(TwoSitesJson.Write(options, results));
        else TwoSitesReport.WriteTable(results, console.Output);
        if (options.SvgFile is { } file)
        {
            WriteFile(file, SvgPlot.Draw(results));
            words.WriteLine($"The picture is in {file}.");
        }
        bool isKept = results.Count == options.Methods.Length
            && results.All(each => Promises.BrokenBy(each).Count == 0);
        return Task.FromResult(isKept ? ExitCode.Success : ExitCode.FoundFaults);
    }

    private static TwoSitesResult? RunOne(
        TwoSitesOptions options, MigrationMethod method, TextWriter words, CancellationToken stop)
    {
        words.Write("  ");
        string separator = "";
        using var lab = new TwoSitesLab(options);
        try
        {
            return lab.Run(method, Tell, stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            words.WriteLine();
        }

        void Tell(string step)
        {
            words.Write(separator + step);
            words.Flush();
            separator = " > ";
        }
    }

    private static void WriteFile(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The picture can't be written: {exception.Message}");
        }
    }
}
