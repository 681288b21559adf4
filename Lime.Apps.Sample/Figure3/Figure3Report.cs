using System.Globalization;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Figure3;

/// <summary>Writes the experiment for people.</summary>
internal static class Figure3Report
{
    public static void WriteSetting(Figure3Options options, TextWriter output)
    {
        Line(output, $"LIME (HotNets 2012), Figure 3: h1 - s1 - s3 - s2 - h2; s3 is migrated to s4 while h1 pings h2.");
        Line(output, $"OpenFlow {options.Version}, embedded network, {(options.IsRealTime ? "real" : "virtual")} time, "
            + $"seed {options.Seed}; {options.Rules} rules on s3;");
        Line(output, $"a 64-byte ping every {options.Interval.TotalMilliseconds} ms;");
        Line(output, $"links {Figure3Lab.LinkDelay.TotalMilliseconds} ms, control channels "
            + $"{Figure3Lab.ControlDelay.TotalMilliseconds} ms each way, both vary by {Figure3Lab.JitterFraction:P0}; "
            + $"{Figure3Lab.FlowModsPerSecond} flow-mods/s a switch (as Open vSwitch).");
    }

    public static void WriteRepeat(int repeat, Figure3Result result, TextWriter output)
    {
        if (repeat == 1) output.WriteLine();
        Line(output, $"{MigrationWords.ToText(result.Method),-16}{repeat,3}: {result.End.Phase}, "
            + $"{result.End.Elapsed.TotalMilliseconds,7:F1} ms, {result.Pings}, loss {result.LossPercent:F1} %");
        if (result.End.Phase != MigrationPhase.Completed) Line(output, $"    {result.End.Detail}");
    }

    public static void WriteTimeline(Figure3Result result, TextWriter output)
    {
        Line(output, $"  Timeline of the first one ({result.PacketsThroughTarget} packets through s4):");
        Line(output, $"  {"phase",-12}{"at ms",8}{"rules",8}{"moved",8}{"barriers",10}{"flow-mods",11}");
        foreach (MigrationProgress entry in result.Timeline)
        {
            Line(output, $"  {MigrationWords.ToText(entry.Phase),-12}{entry.Elapsed.TotalMilliseconds,8:F1}"
                + $"{entry.RulesCopied,8}{entry.AttachmentsMoved,8}{entry.Barriers,10}{entry.FlowMods,11}");
        }
    }

    public static void WriteTable(IReadOnlyCollection<Figure3Result> results, TextWriter output)
    {
        output.WriteLine();
        Line(output, $"Table 1: packet loss during migration, in percent of the pings sent from its start to its end");
        Line(output, $"{"",-18}{"average",9}{"std dev",9}{"max",7}{"min",7}   the paper's");
        foreach (IGrouping<MigrationMethod, Figure3Result> method in results.GroupBy(each => each.Method))
        {
            LossStatistics loss = LossStatistics.Of(method.Select(each => each.LossPercent));
            string paper = method.Key == MigrationMethod.Clone ? "0, 0, 0, 0" : "32, 4.22, 40, 30";
            Line(output, $"{MigrationWords.ToText(method.Key),-18}{loss.Average,9:F2}{loss.StandardDeviation,9:F2}"
                + $"{loss.Max,7:F1}{loss.Min,7:F1}   {paper}");
        }
        Line(output, $"What differs, and why: freeze-and-copy loses less than the paper's, since its outage is");
        Line(output, $"three round trips of a 1 ms control channel here, in a migration made long by the copying.");
    }

    private static void Line(TextWriter output, FormattableString text) =>
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Line(TextWriter output, string text) => output.WriteLine(text);
}
