using System.Collections.Immutable;
using System.Text.Json;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.Operator.Documents;
using Lime.OpenFlow.Channel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Lime.Apps.Sample.Operator;

/// <summary>The operator API's errors.</summary>
internal static class Problems
{
    public static IResult Of(int status, string detail) => ToResult(Document(status, detail));

    public static IResult BadBody(ImmutableArray<JsonFault> faults) => ToResult(
        Document(StatusCodes.Status400BadRequest, "The body is not as expected; see errors.")
            with { Errors = faults });

    /// <summary>What can't be done, with each fault and its place.</summary>
    public static IResult Faulty(int status, string detail, ImmutableArray<JsonFault> faults) =>
        ToResult(Document(status, detail) with { Errors = faults });

    public static IResult NoSwitch(string name) => Of(
        StatusCodes.Status404NotFound, $"No virtual switch is named '{name}'; GET /api/v1/switches lists them.");

    public static IResult NoMigration(int id) => Of(
        StatusCodes.Status404NotFound, $"There is no migration {id}; GET /api/v1/migrations lists them.");

    /// <summary>A switch that did not answer.</summary>
    public static IResult Of(OpenFlowRequestException exception) => Of(
        exception.Failure switch
        {
            RequestFailure.TimedOut => StatusCodes.Status504GatewayTimeout,
            RequestFailure.Refused => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        exception.Message);

    /// <summary>Writes a problem where there is no result to return: in middleware.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            Document(status, detail), OperatorJson.Default.ProblemDocument, ProblemDocument.MediaType,
            CancellationToken.None);
    }

    private static ProblemDocument Document(int status, string detail) =>
        new(ReasonPhrases.GetReasonPhrase(status), status, detail);

    private static ContentHttpResult ToResult(ProblemDocument problem) => TypedResults.Text(
        JsonSerializer.Serialize(problem, OperatorJson.Default.ProblemDocument),
        ProblemDocument.MediaType,
        statusCode: problem.Status);
}
