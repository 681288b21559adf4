using System.Text.Json;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Migration;
using Microsoft.AspNetCore.Http;

namespace Lime.Apps.Sample.Operator;

/// <summary>A migration's progress as newline-delimited JSON: first the phases that it has entered already,
/// then what happens, until it has ended.</summary>
internal static class MigrationEvents
{
    private const string MediaType = "application/x-ndjson";

    public static async Task WriteAsync(IMigration migration, HttpContext context)
    {
        CancellationToken aborted = context.RequestAborted;
        context.Response.ContentType = MediaType;
        MigrationProgress? last = null;
        foreach (MigrationProgress progress in migration.Timeline)
            last = await WriteUnlessRepeatedAsync(context.Response, progress, last, aborted);
        await foreach (MigrationProgress progress in migration.WatchAsync(aborted))
            last = await WriteUnlessRepeatedAsync(context.Response, progress, last, aborted);
        // Whoever reads this far relies on the last line being the end.
        await WriteUnlessRepeatedAsync(context.Response, await migration.Completion, last, aborted);
    }

    private static async Task<MigrationProgress> WriteUnlessRepeatedAsync(
        HttpResponse response, MigrationProgress progress, MigrationProgress? last, CancellationToken aborted)
    {
        // The watch begins with what the timeline ended with, and may lag behind it.
        if (last is not null && (progress == last || progress.Elapsed < last.Elapsed)) return last;
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            ProgressDocument.Of(progress), OperatorJson.Default.ProgressDocument);
        await response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], aborted);
        await response.Body.FlushAsync(aborted);
        return progress;
    }
}
