using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Figure3;

/// <summary>The paper's experiment (Figure 3, Table 1): s3 is migrated to s4 while h1 pings h2.</summary>
internal static class Figure3Experiment
{
    /// <summary>Runs it, shows it, and says by the exit code whether cloning was flawless.</summary>
    public static Task<int> RunAsync(Figure3Options options, CommandConsole console, CancellationToken stop)
    {
        if (!options.IsJson) Figure3Report.WriteSetting(options, console.Output);
        var results = new List<Figure3Result>();
        foreach (MigrationMethod method in options.Methods)
        {
            List<Figure3Result> ofMethod = Repeat(options, method, console, stop);
            if (!options.IsJson && ofMethod.Count > 0) Figure3Report.WriteTimeline(ofMethod[0], console.Output);
            results.AddRange(ofMethod);
        }
        if (options.IsJson) console.Output.WriteLine(Figure3Json.Write(options, results));
        else Figure3Report.WriteTable(results, console.Output);
        bool isComplete = results.Count == options.Repeats * options.Methods.Length;
        bool isSound = isComplete && results.All(IsSound);
        return Task.FromResult(isSound ? ExitCode.Success : ExitCode.Aborted);
    }

    private static List<Figure3Result> Repeat(
        Figure3Options options, MigrationMethod method, CommandConsole console, CancellationToken stop)
    {
        var results = new List<Figure3Result>();
        for (int repeat = 0; repeat < options.Repeats && !stop.IsCancellationRequested; repeat++)
        {
            using var lab = new Figure3Lab(options, options.Seed + repeat);
            Figure3Result result = lab.Run(method);
            results.Add(result);
            if (!options.IsJson) Figure3Report.WriteRepeat(repeat + 1, result, console.Output);
        }
        return results;
    }

    /// <summary>Freeze-and-copy may lose packets; it has to end well all the same.</summary>
    private static bool IsSound(Figure3Result result) => result.Method == MigrationMethod.Clone
        ? result.IsFlawless
        : result.End.Phase == MigrationPhase.Completed && result.SourceRulesLeft == 0;
}
