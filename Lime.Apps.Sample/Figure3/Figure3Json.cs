using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Figure3;

/// <summary>Writes the experiment for programs.</summary>
internal static class Figure3Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(Figure3Options options, IReadOnlyCollection<Figure3Result> results) => new JsonObject
    {
        ["setting"] = new JsonObject
        {
            ["openFlowVersion"] = options.Version,
            ["seed"] = options.Seed,
            ["repeats"] = options.Repeats,
            ["rules"] = options.Rules,
            ["pingIntervalMs"] = options.Interval.TotalMilliseconds,
            ["linkDelayMs"] = Figure3Lab.LinkDelay.TotalMilliseconds,
            ["controlDelayMs"] = Figure3Lab.ControlDelay.TotalMilliseconds,
            ["jitterFraction"] = Figure3Lab.JitterFraction,
            ["flowModsPerSecond"] = Figure3Lab.FlowModsPerSecond,
            ["isRealTime"] = options.IsRealTime,
        },
        ["methods"] = new JsonArray([.. results.GroupBy(each => each.Method).Select(WriteMethod)]),
    }.ToJsonString(Indented);

    private static JsonNode WriteMethod(IGrouping<MigrationMethod, Figure3Result> results)
    {
        LossStatistics loss = LossStatistics.Of(results.Select(each => each.LossPercent));
        return new JsonObject
        {
            ["method"] = MigrationWords.ToText(results.Key),
            ["lossPercentAverage"] = loss.Average,
            ["lossPercentStandardDeviation"] = loss.StandardDeviation,
            ["lossPercentMax"] = loss.Max,
            ["lossPercentMin"] = loss.Min,
            ["runs"] = new JsonArray([.. results.Select(WriteRun)]),
        };
    }

    private static JsonNode WriteRun(Figure3Result result) => new JsonObject
    {
        ["end"] = MigrationWords.ToText(result.End.Phase),
        ["detail"] = result.End.Detail,
        ["durationMs"] = result.End.Elapsed.TotalMilliseconds,
        ["sent"] = result.Pings.Sent,
        ["lost"] = result.Pings.Lost,
        ["duplicated"] = result.Pings.Duplicates,
        ["reordered"] = result.Pings.Reordered,
        ["lossPercent"] = result.LossPercent,
        ["packetsThroughTarget"] = result.PacketsThroughTarget,
        ["barriers"] = result.End.Barriers,
        ["flowMods"] = result.End.FlowMods,
        ["timeline"] = new JsonArray([.. result.Timeline.Select(entry => (JsonNode)new JsonObject
        {
            ["phase"] = MigrationWords.ToText(entry.Phase),
            ["atMs"] = entry.Elapsed.TotalMilliseconds,
            ["rulesCopied"] = entry.RulesCopied,
            ["attachmentsMoved"] = entry.AttachmentsMoved,
            ["barriers"] = entry.Barriers,
            ["flowMods"] = entry.FlowMods,
        })]),
    };
}
