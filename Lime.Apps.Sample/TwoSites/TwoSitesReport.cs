using System.Globalization;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Writes the demonstration for people.</summary>
internal static class TwoSitesReport
{
    public static void WriteSetting(TwoSitesOptions options, TextWriter output)
    {
        double far = (options.WideAreaDelay + TwoSitesLab.ControlDelay).TotalMilliseconds;
        double delay = options.WideAreaDelay.TotalMilliseconds;
        Line(output, $"A tenant moves from site a to site b while it works: clients - firewall and load balancer -");
        Line(output, $"web - data; 4 switches, 6 hosts, a request of each client every "
            + $"{options.Interval.TotalMilliseconds} ms (client, web, data, web, client).");
        Line(output, $"One link of {delay} ms joins the sites; the controller is at site a, {far} ms from site b.");
        Line(output, $"Hosts move one by one through tunnels over that link. A second tenant with the same addresses");
        Line(output, $"is spread over both sites and stays. OpenFlow 1.3, embedded network, virtual time, "
            + $"seed {options.Seed}.");
    }

    public static void WriteMethod(MigrationMethod method, TextWriter output) =>
        Line(output, $"\n{MigrationWords.ToText(method)}:");

    public static void WriteResult(TwoSitesResult result, TextWriter output)
    {
        Line(output, $"");
        TerminalPlot.Write(result, output);
        Line(output, $"");
        Line(output, $"     {"step",-16}{"s",8}{"requests",10}{"median ms",11}{"max ms",9}{"lost",6}{"in pauses",11}"
            + $"{"frames",8}{"kB over the link",18}");
        for (int i = 0; i < result.Figures.Length; i++)
        {
            StepFigures each = result.Figures[i];
            double seconds = (each.Step.To - each.Step.From).TotalSeconds;
            Line(output, $"  {TerminalPlot.LetterOf(i)}  {each.Step.Name,-16}{seconds,8:F2}"
                + $"{each.Sent,10}{Ms(each.Median),11}{Ms(each.Max),9}{each.Lost,6}{each.LostInPauses,11}"
                + $"{each.Frames,8}{each.Bytes / 1000.0,18:F1}");
        }
        WritePauses(result, output);
    }

    public static void WriteTable(IReadOnlyCollection<TwoSitesResult> results, TextWriter output)
    {
        Line(output, $"");
        Line(output, $"{"",-18}{"end",11}{"took s",9}{"requests",10}{"lost",7}{"in pauses",11}{"doubled",9}"
            + $"{"longest pause ms",18}{"longest answer ms",19}");
        foreach (TwoSitesResult each in results)
        {
            Line(output, $"{MigrationWords.ToText(each.Method),-18}{each.End.Phase,11}"
                + $"{(each.Ended - each.Began).TotalSeconds,9:F2}{each.Requests.Count,10}{each.Lost,7}"
                + $"{each.LostInPauses,11}{each.Duplicates,9}"
                + $"{Ms(each.PauseMax),18}{Ms(each.Requests.Max(request => request.Latency)),19}");
        }
        foreach (TwoSitesResult each in results)
        {
            foreach (string broken in Promises.BrokenBy(each))
                Line(output, $"BROKEN, {MigrationWords.ToText(each.Method)}: {broken}.");
        }
    }

    private static void WritePauses(TwoSitesResult result, TextWriter output)
    {
        string pauses = string.Join(", ", result.Pauses.Select(
            each => $"{each.Host} {Ms(each.Duration)} ms"));
        Line(output, $"     hosts stood still: {pauses}");
        Line(output, $"     over the link: {result.Frames.Count} frames; for where hosts were "
            + $"{result.FramesLeast} were needed");
        Line(output, $"     firewall: {result.Attempts} forbidden packets, {result.Leaks} passed; load balancer: "
            + $"{result.Flows} connections placed, longest set-up {result.SetUpMax.TotalMilliseconds:F1} ms");
        Line(output, $"     second tenant: {Promises.Describe(result.Other)}");
    }

    private static string Ms(TimeSpan? time) => time is { } known
        ? known.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)
        : "-";

    private static void Line(TextWriter output, FormattableString text) =>
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Line(TextWriter output, string text) => output.WriteLine(text);
}
