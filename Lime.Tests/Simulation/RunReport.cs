using System.Text;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>What to read when a run fails.</summary>
internal static class RunReport
{
    private const int EventsBefore = 60;
    private const int EventsBehind = 25;

    /// <summary>The whole trace into the file that LIME_TRACE names, if it names one, with the seed behind the
    /// name.</summary>
    public static void WriteWhole(RunResult result)
    {
        if (Environment.GetEnvironmentVariable("LIME_TRACE") is not { Length: > 0 } path) return;
        File.WriteAllLines($"{path}.{result.Scenario.Seed}", result.Trace.Events.Select((each, i) => $"{i,6} {each}"));
    }

    /// <summary>Seed, violations, and the trace around the first of them.</summary>
    public static string Of(RunResult result, TraceVerdict verdict, bool isLong)
    {
        var text = new StringBuilder();
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture,
            $"Seed {result.Scenario.Seed} (LIME_SEED_START={result.Scenario.Seed} LIME_SEEDS=1): {result.Scenario}");
        if (!result.HasEnded) text.AppendLine("A migration did not end.");
        IEnumerable<Violation> told = isLong
            ? verdict.Violations.Take(5)
            : verdict.Violations.DistinctBy(each => each.Kind);
        foreach (Violation each in told) text.AppendLine($"{each}");
        if (!isLong || verdict.IsExplained) return text.ToString();
        int at = verdict.Violations[0].EventIndex;
        text.AppendLine("The trace around it:");
        for (int i = Math.Max(0, at - EventsBefore); i < Math.Min(result.Trace.Events.Length, at + EventsBehind); i++)
            text.AppendLine($"{(i == at ? ">" : " ")}{i,6} {result.Trace.Events[i]}");
        return text.ToString();
    }
}
