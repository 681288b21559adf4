using Lime.Apps.Sample.Commands;

namespace Lime.Apps.Sample.Figure3;

/// <summary>The paper's experiment: h1-s1-s3-s2-h2 with s4 as the target, pings throughout (Figure 3, Table 1).</summary>
internal static class Figure3Experiment
{
    public static Task<int> RunAsync(Figure3Options options, CommandConsole console, CancellationToken stop)
    {
        console.Error.WriteLine($"The experiment ({options.Repeats} repeats) is not part of this build.");
        return Task.FromResult(ExitCode.CouldNotStart);
    }
}
