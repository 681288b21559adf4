using System.Collections.Immutable;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lime.Apps.Sample.Operator;

/// <summary>The operator API's part about virtual networks: list, show, create, change, delete.</summary>
internal sealed class NetworkRoutes(OperatorBackend backend)
{
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/networks", () => TypedResults.Json(
            NetworkList.Of(backend), OperatorJson.Default.NetworkList));
        api.MapGet("/networks/{name}", Show);
        api.MapPost("/networks", (Delegate)CreateAsync);
        api.MapPut("/networks/{name}", (Delegate)ChangeAsync);
        api.MapDelete("/networks/{name}", (Delegate)DeleteAsync);
    }

    private IResult Show(string name)
    {
        VirtualNetworkDescription? found = Find(name);
        return found is null
            ? NoNetwork(name)
            : TypedResults.Json(
                VirtualNetworkDocument.Of(found, backend.PhysicalSwitches()),
                OperatorJson.Default.VirtualNetworkDocument);
    }

    private async Task<IResult> CreateAsync(HttpContext context)
    {
        (VirtualNetworkDescription? network, IResult? problem) = await ReadAsync(context);
        if (network is null) return problem!;
        NetworkOutcome outcome = await backend.Networks!.CreateAsync(network, CancellationToken.None);
        if (!outcome.IsDone) return Refused(outcome);
        context.Response.Headers.Location = $"/api/v1/networks/{network.Name}";
        return TypedResults.Json(
            VirtualNetworkDocument.Of(network, backend.PhysicalSwitches()),
            OperatorJson.Default.VirtualNetworkDocument, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> ChangeAsync(string name, HttpContext context)
    {
        (VirtualNetworkDescription? network, IResult? problem) = await ReadAsync(context);
        if (network is null) return problem!;
        if (network.Name != name)
        {
            return Problems.BadBody(
                [new JsonFault("$.name", $"\"{network.Name}\"; expected \"{name}\", as in the path.")]);
        }
        NetworkOutcome outcome = await backend.Networks!.ChangeAsync(network, CancellationToken.None);
        return outcome.IsDone ? Show(name) : Refused(outcome);
    }

    private async Task<IResult> DeleteAsync(string name)
    {
        if (backend.Networks is null) return NoNetwork(name);
        NetworkOutcome outcome = await backend.Networks.DeleteAsync(name, CancellationToken.None);
        return outcome.IsDone ? TypedResults.NoContent() : Refused(outcome);
    }

    private async Task<(VirtualNetworkDescription? Network, IResult? Problem)> ReadAsync(HttpContext context)
    {
        if (backend.Networks is null)
        {
            return (null, Problems.Of(
                StatusCodes.Status501NotImplemented, "This controller's networks can't be changed while it runs."));
        }
        if (!context.Request.HasJsonContentType())
        {
            return (null, Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json."));
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        (VirtualNetworkDescription? network, ImmutableArray<JsonFault> faults) = NetworkFileReader.ReadVirtual(
            body.ToArray(), backend.PhysicalSwitches().Select(each => (each.Name, each.Datapath)));
        return network is null ? (null, Problems.BadBody(faults)) : (network, null);
    }

    private VirtualNetworkDescription? Find(string name) =>
        backend.Networks?.All.FirstOrDefault(each => each.Name == name);

    private static IResult NoNetwork(string name) => Problems.Of(
        StatusCodes.Status404NotFound,
        $"No virtual network that was made at run time is named '{name}'; GET /api/v1/networks lists them.");

    private static IResult Refused(NetworkOutcome outcome) => Problems.Faulty(
        outcome.Refusal switch
        {
            NetworkRefusal.Unknown => StatusCodes.Status404NotFound,
            NetworkRefusal.Exists or NetworkRefusal.Busy => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        string.Join(' ', outcome.Faults.Select(each => each.Message)),
        [.. outcome.Faults.Select(each => new JsonFault(each.Path, each.Message))]);
}
