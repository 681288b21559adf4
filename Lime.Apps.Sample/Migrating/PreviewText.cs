using System.Globalization;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Operator.Documents;

namespace Lime.Apps.Sample.Migrating;

/// <summary>Shows what a dry run found.</summary>
internal static class PreviewText
{
    /// <returns>The exit code.</returns>
    public static int Write(PreviewDocument preview, CommandConsole console)
    {
        TextWriter output = console.Output;
        output.WriteLine($"dry run: {preview.Switch} to {preview.Target}; nothing was done");
        foreach (FindingDocument each in preview.Findings)
            output.WriteLine($"  {each.Kind,-7}  {each.Topic,-8}  {each.Text}");
        if (preview.Findings.IsEmpty) output.WriteLine("  nothing was found that could not be reproduced");
        if (preview.Forecast is { } forecast) output.WriteLine(Describe(forecast));
        output.WriteLine(preview.CanBegin ? "the plan holds" : "the plan would be refused");
        return preview.CanBegin ? ExitCode.Success : ExitCode.Aborted;
    }

    private static string Describe(ForecastDocument forecast) => string.Create(
        CultureInfo.InvariantCulture,
        $"  expected: {forecast.Rules} rules ({forecast.TargetEntries} entries at the target), "
        + $"{forecast.Resources} groups and meters, {forecast.Attachments} attachments; {forecast.FlowMods} flow-mods, "
        + $"{forecast.Messages} messages in all; "
        + $"about {forecast.DurationMs / 1000:F1} s (round trip {forecast.RoundTripMs:F1} ms)");
}
