using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Commands;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Writes the demonstration for programs.</summary>
internal static class TwoSitesJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(TwoSitesOptions options, IReadOnlyCollection<TwoSitesResult> results) => new JsonObject
    {
        ["setting"] = new JsonObject
        {
            ["seed"] = options.Seed,
            ["wideAreaDelayMs"] = options.WideAreaDelay.TotalMilliseconds,
            ["controlDelayMs"] = TwoSitesLab.ControlDelay.TotalMilliseconds,
            ["requestIntervalMs"] = options.Interval.TotalMilliseconds,
            ["requestsPerConnection"] = options.RequestsPerFlow,
        },
        ["runs"] = new JsonArray([.. results.Select(WriteRun)]),
    }.ToJsonString(Indented);

    private static JsonNode WriteRun(TwoSitesResult result) => new JsonObject
    {
        ["method"] = MigrationWords.ToText(result.Method),
        ["end"] = MigrationWords.ToText(result.End.Phase),
        ["detail"] = result.End.Detail,
        ["durationMs"] = (result.Ended - result.Began).TotalMilliseconds,
        ["requests"] = result.Requests.Count,
        ["answered"] = result.Answered,
        ["lost"] = result.Lost,
        ["lostInPauses"] = result.LostInPauses,
        ["duplicated"] = result.Duplicates,
        ["connections"] = result.Flows,
        ["connectionSetUpMaxMs"] = result.SetUpMax.TotalMilliseconds,
        ["forbidden"] = result.Attempts,
        ["forbiddenPassed"] = result.Leaks,
        ["linkFrames"] = result.Frames.Count,
        ["linkBytes"] = result.Frames.Sum(each => (long)each.Bytes),
        ["linkFramesLeast"] = result.FramesLeast,
        ["linkBytesLeast"] = result.BytesLeast,
        ["pauses"] = new JsonArray([.. result.Pauses.Select(each => (JsonNode)new JsonObject
        {
            ["host"] = each.Host,
            ["atMs"] = (each.From - result.Began).TotalMilliseconds,
            ["durationMs"] = each.Duration.TotalMilliseconds,
        })]),
        ["steps"] = new JsonArray([.. result.Figures.Select(each => (JsonNode)WriteStep(each, result.Began))]),
        ["otherTenant"] = new JsonObject
        {
            ["sent"] = result.Other.During.Sent,
            ["lost"] = result.Other.During.Lost,
            ["duplicated"] = result.Other.During.Duplicates,
            ["reordered"] = result.Other.During.Reordered,
            ["roundTripMaxMs"] = result.Other.During.RoundTripMax?.TotalMilliseconds,
            ["roundTripMaxBeforeMs"] = result.Other.Before.RoundTripMax?.TotalMilliseconds,
            ["strangers"] = result.Other.Strangers,
            ["noticedNothing"] = result.Other.NoticedNothing,
        },
        ["broken"] = new JsonArray([.. Promises.BrokenBy(result).Select(each => (JsonNode)each)]),
    };

    private static JsonObject WriteStep(StepFigures figures, TimeSpan began) => new JsonObject
    {
        ["step"] = figures.Step.Name,
        ["atMs"] = (figures.Step.From - began).TotalMilliseconds,
        ["durationMs"] = (figures.Step.To - figures.Step.From).TotalMilliseconds,
        ["requests"] = figures.Sent,
        ["latencyMedianMs"] = figures.Median?.TotalMilliseconds,
        ["latencyMaxMs"] = figures.Max?.TotalMilliseconds,
        ["lost"] = figures.Lost,
        ["lostInPauses"] = figures.LostInPauses,
        ["linkFrames"] = figures.Frames,
        ["linkBytes"] = figures.Bytes,
    };
}
