using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Migration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lime.Apps.Sample.Operator;

/// <summary>The operator API's part for ensembles.</summary>
internal sealed class EnsembleRoutes(OperatorBackend backend, BeginGate gate)
{
    private const string MediaType = "application/x-ndjson";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/ensembles", () => Json(
            new EnsembleList([.. backend.Ensembles.EnsembleMigrations.Select(EnsembleDocument.Of)]),
            OperatorJson.Default.EnsembleList));
        api.MapPost("/ensembles", (Delegate)StartAsync);
        api.MapPost("/ensembles/preview", (Delegate)PreviewAsync);
        api.MapGet("/ensembles/{id:int}", (int id) => With(id, each => Ok(each)));
        api.MapDelete("/ensembles/{id:int}", (int id) => With(id, Abort));
        api.MapPost("/ensembles/{id:int}/abort", (int id) => With(id, Abort));
        api.MapPost("/ensembles/{id:int}/undo", (Delegate)UndoAsync);
        api.MapGet("/ensembles/{id:int}/events", WatchAsync).DisableRequestTimeout();
    }

    private async Task<IResult> StartAsync(HttpContext context)
    {
        (EnsemblePlan? plan, IResult? problem) = await ReadAsync(context);
        return plan is null ? problem! : await BeginAsync(plan, context);
    }

    private async Task<IResult> PreviewAsync(HttpContext context)
    {
        (EnsemblePlan? plan, IResult? problem) = await ReadAsync(context);
        if (plan is null) return problem!;
        EnsemblePreview preview = await backend.Ensembles.PreviewAsync(plan, context.RequestAborted);
        return Json(EnsemblePreviewDocument.Of(preview), OperatorJson.Default.EnsemblePreviewDocument);
    }

    private async Task<IResult> UndoAsync(int id, HttpContext context)
    {
        if (Find(id) is not { } migration) return NoEnsemble(id);
        if (migration.Undo is { } plan) return await BeginAsync(plan, context);
        return Problems.Of(
            StatusCodes.Status409Conflict,
            $"The ensemble's migration {id} is {MigrationWords.ToText(migration.Progress.Phase)}; only a completed one "
            + "can be undone.");
    }

    private async Task<(EnsemblePlan? Plan, IResult? Problem)> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json."));
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        (EnsemblePlan? plan, ImmutableArray<JsonFault> faults) = EnsembleRequestReader.Read(
            body.ToArray(), backend.PhysicalSwitches(), static tool => new HttpHostMover(tool));
        if (plan is null) return (null, Problems.BadBody(faults));
        for (int i = 0; i < plan.Switches.Length; i++)
        {
            string name = plan.Switches[i].Switch;
            if (backend.FindVirtualSwitch(name) is null)
                faults = faults.Add(new($"$.switches[{i}].switch", $"no virtual switch is named '{name}'."));
        }
        return faults.IsEmpty ? (plan, null) : (null, Problems.BadBody(faults));
    }

    private async Task<IResult> BeginAsync(EnsemblePlan plan, HttpContext context)
    {
        // Once asked for it is begun, whether or not the caller waits for the answer.
        Task<IEnsembleMigration>? begun = gate.TryBegin(
            plan.Switches.Select(each => each.Switch),
            () => backend.Ensembles.MigrateAsync(plan, CancellationToken.None), out string? conflict);
        if (begun is null) return Problems.Of(StatusCodes.Status409Conflict, conflict!);
        IEnsembleMigration migration = await begun;
        backend.EnsembleStarted(migration);
        context.Response.Headers.Location = $"/api/v1/ensembles/{migration.Id}";
        return Ok(migration, StatusCodes.Status201Created);
    }

    private async Task WatchAsync(int id, HttpContext context)
    {
        if (Find(id) is not { } migration)
        {
            await NoEnsemble(id).ExecuteAsync(context);
            return;
        }
        context.Response.ContentType = MediaType;
        EnsembleProgress? last = null;
        await foreach (EnsembleProgress each in migration.WatchAsync(context.RequestAborted))
            last = await WriteAsync(context, each);
        // Whoever reads this far relies on the last line being the end.
        if (last is not { IsFinal: true }) await WriteAsync(context, await migration.Completion);
    }

    private static async Task<EnsembleProgress> WriteAsync(HttpContext context, EnsembleProgress progress)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            EnsembleProgressDocument.Of(progress), OperatorJson.Default.EnsembleProgressDocument);
        await context.Response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        return progress;
    }

    private static IResult Abort(IEnsembleMigration migration)
    {
        if (migration.Progress.IsFinal) return Ok(migration);
        // Taking everything back may take longer than a request should: the caller watches it.
        _ = migration.AbortAsync("an operator asked for it");
        return Ok(migration, StatusCodes.Status202Accepted);
    }

    private IResult With(int id, Func<IEnsembleMigration, IResult> answer) =>
        Find(id) is { } migration ? answer(migration) : NoEnsemble(id);

    private IEnsembleMigration? Find(int id) =>
        backend.Ensembles.EnsembleMigrations.FirstOrDefault(each => each.Id == id);

    private static IResult NoEnsemble(int id) => Problems.Of(
        StatusCodes.Status404NotFound, $"There is no ensemble's migration {id}; GET /api/v1/ensembles lists them.");

    private static JsonHttpResult<EnsembleDocument> Ok(
        IEnsembleMigration migration, int status = StatusCodes.Status200OK) =>
        Json(EnsembleDocument.Of(migration), OperatorJson.Default.EnsembleDocument, status);

    private static JsonHttpResult<T> Json<T>(T document, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(document, type, statusCode: status);
}
