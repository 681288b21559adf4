using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Migration;

/// <summary>How a migration grows with its rules.</summary>
internal static class MigrateText
{
    public static string Table(IReadOnlyList<MigrateRun> runs)
    {
        var table = new TextTable(
            "rules", "ms", "cloning, ms", "us a rule", "x", "flow-mods", "barriers", "messages", "MiB before",
            "MiB at most", "bytes a rule", "x",
            "longest turn, ms", "in", "turns over 5 ms", "together, ms", "GC pauses, ms");
        for (int i = 0; i < runs.Count; i++)
        {
            MigrateRun run = runs[i];
            MigrateRun? before = i > 0 ? runs[i - 1] : null;
            table.Add(
                Numbers.Whole(run.Rules),
                Numbers.Fixed(run.Ms, 1),
                Numbers.Fixed(run.CloningMs, 1),
                Numbers.Fixed(run.Ms * 1000 / run.Rules, 2),
                Ratio(run.Ms, before?.Ms),
                Numbers.Whole(run.FlowMods),
                Numbers.Whole(run.Barriers),
                Numbers.Whole(run.Messages),
                Numbers.Mebibytes(run.BytesBefore),
                Numbers.Mebibytes(run.BytesMax),
                Numbers.Whole(run.BytesPerRule),
                Ratio(run.BytesMax - run.BytesBefore, before?.BytesMax - before?.BytesBefore),
                Numbers.Fixed(run.TurnMsMax, 1),
                run.TurnMaxPhase,
                Numbers.Whole(run.LongTurns),
                Numbers.Fixed(run.LongTurnsMs, 1),
                Numbers.Fixed(run.GcPauseMs, 1));
        }
        return table.ToString();
    }

    private static string Ratio(double value, double? before) =>
        before is > 0 ? Numbers.Fixed(value / before.Value, 2) : "-";
}
