using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Apps;
using Lime.Core.Migration;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lime.Apps.Sample.Operator;

/// <summary>The operator API: what can be asked for, and the answers.</summary>
internal sealed class OperatorRoutes(OperatorBackend backend)
{
    private const int RulesUsual = 1000;
    private const int RulesMax = 100_000;

    private readonly BeginGate _gate = new(backend);

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        new NetworkRoutes(backend).Map(api);
        api.MapGet("/physical-switches", () => Json(
            new PhysicalSwitchList([.. backend.PhysicalSwitches().Select(PhysicalSwitchDocument.Of)]),
            OperatorJson.Default.PhysicalSwitchList));
        api.MapGet("/switches", ListSwitches);
        api.MapGet("/switches/{name}/ports", ListPorts);
        api.MapGet("/switches/{name}/rules", (Delegate)ListRulesAsync);
        api.MapGet("/migrations", () => Json(
            new MigrationList([.. backend.Ensembles.Migrations.Select(MigrationDocument.Of)]),
            OperatorJson.Default.MigrationList));
        api.MapPost("/migrations", (Delegate)StartMigrationAsync);
        api.MapPost("/migrations/preview", (Delegate)PreviewMigrationAsync);
        api.MapGet("/migrations/{id:int}", (int id) => WithMigration(id, Ok));
        api.MapDelete("/migrations/{id:int}", (int id) => WithMigration(id, Abort));
        api.MapPost("/migrations/{id:int}/abort", (int id) => WithMigration(id, Abort));
        api.MapPost("/migrations/{id:int}/undo", (Delegate)UndoAsync);
        api.MapGet("/migrations/{id:int}/events", WatchMigrationAsync).DisableRequestTimeout();
        new EnsembleRoutes(backend, _gate).Map(api);
    }

    private JsonHttpResult<SwitchList> ListSwitches()
    {
        var physicalSwitches = backend.PhysicalSwitches();
        return Json(
            new SwitchList([.. backend.VirtualSwitches().Select(each => SwitchDocument.Of(each, physicalSwitches))]),
            OperatorJson.Default.SwitchList);
    }

    private IResult ListPorts(string name) => backend.FindVirtualSwitch(name) is { } found
        ? Json(new PortList(found.Name, [.. found.Ports.Select(PortDocument.Of)]), OperatorJson.Default.PortList)
        : Problems.NoSwitch(name);

    private async Task<IResult> ListRulesAsync(string name, HttpContext context)
    {
        if (backend.FindVirtualSwitch(name) is not { } found) return Problems.NoSwitch(name);
        string limitText = context.Request.Query["limit"].FirstOrDefault() ?? $"{RulesUsual}";
        if (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
            || limit is < 1 or > RulesMax)
            return Problems.Of(StatusCodes.Status400BadRequest, $"limit={limitText}: expected 1 to {RulesMax}.");
        try
        {
            ImmutableArray<FlowStatistics> flows = await found.GetFlowsAsync(
                new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any), context.RequestAborted);
            return Json(
                new RuleList(found.Name, flows.Length, [.. flows.Take(limit).Select(RuleDocument.Of)]),
                OperatorJson.Default.RuleList);
        }
        catch (OpenFlowRequestException exception)
        {
            return Problems.Of(exception);
        }
    }

    private async Task<IResult> StartMigrationAsync(HttpContext context)
    {
        (MigrationPlan? plan, IResult? problem) = await ReadPlanAsync(context);
        return plan is null ? problem! : await StartAsync(plan, context);
    }

    private async Task<IResult> PreviewMigrationAsync(HttpContext context)
    {
        (MigrationPlan? plan, IResult? problem) = await ReadPlanAsync(context);
        if (plan is null) return problem!;
        MigrationPreview preview = await backend.Ensembles.PreviewAsync(plan, context.RequestAborted);
        return Json(PreviewDocument.Of(preview), OperatorJson.Default.PreviewDocument);
    }

    private async Task<IResult> UndoAsync(int id, HttpContext context)
    {
        if (Find(id) is not { } migration) return Problems.NoMigration(id);
        if (migration.Undo is not { } plan)
        {
            return Problems.Of(
                StatusCodes.Status409Conflict,
                $"Migration {id} is {MigrationWords.ToText(migration.Progress.Phase)}; "
                + "only a completed one can be undone.");
        }
        return await StartAsync(plan, context);
    }

    private async Task<(MigrationPlan? Plan, IResult? Problem)> ReadPlanAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json."));
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        (MigrationPlan? plan, ImmutableArray<JsonFault> faults) =
            MigrationRequestReader.Read(body.ToArray(), backend.PhysicalSwitches());
        if (plan is null) return (null, Problems.BadBody(faults));
        return backend.FindVirtualSwitch(plan.Switch) is null
            ? (null, Problems.NoSwitch(plan.Switch))
            : (plan, null);
    }

    private async Task<IResult> StartAsync(MigrationPlan plan, HttpContext context)
    {
        // Once asked for it is begun, whether or not the caller waits for the answer.
        Task<IMigration>? begun = _gate.TryBegin(
            [plan.Switch], () => backend.Ensembles.MigrateAsync(plan, CancellationToken.None), out string? conflict);
        if (begun is null) return Problems.Of(StatusCodes.Status409Conflict, conflict!);
        IMigration migration = await begun;
        backend.Started(migration);
        context.Response.Headers.Location = $"/api/v1/migrations/{migration.Id}";
        return Json(
            MigrationDocument.Of(migration), OperatorJson.Default.MigrationDocument, StatusCodes.Status201Created);
    }

    private Task WatchMigrationAsync(int id, HttpContext context) => Find(id) is { } migration
        ? MigrationEvents.WriteAsync(migration, context)
        : Problems.NoMigration(id).ExecuteAsync(context);

    private static IResult Ok(IMigration migration) =>
        Json(MigrationDocument.Of(migration), OperatorJson.Default.MigrationDocument);

    private static IResult Abort(IMigration migration)
    {
        if (migration.Progress.IsFinal) return Ok(migration);
        // Taking everything back may take longer than a request should: the caller watches it.
        _ = migration.AbortAsync("an operator asked for it");
        return Json(
            MigrationDocument.Of(migration), OperatorJson.Default.MigrationDocument, StatusCodes.Status202Accepted);
    }

    private IResult WithMigration(int id, Func<IMigration, IResult> answer) =>
        Find(id) is { } migration ? answer(migration) : Problems.NoMigration(id);

    private IMigration? Find(int id) => backend.Ensembles.Migrations.FirstOrDefault(each => each.Id == id);

    private static JsonHttpResult<T> Json<T>(
        T document, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(document, type, statusCode: status);
}
