using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Lime.Apps.Sample.Operator;

/// <summary>Stands before every request: lets nobody in who shouldn't be, and nothing out but
/// answers.</summary>
/// <remarks>
/// With a token, the request has to carry it. Without one the API listens on loopback only, and what has to
/// be kept out are web pages in a browser on this machine: their scripts' requests carry an Origin, and
/// pages that point their own name at 127.0.0.1 carry that name as Host.
/// </remarks>
internal sealed class OperatorGuard(string? token, ILogger logger)
{
    private readonly byte[]? _tokenHash = token is null ? null : Hash(token);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Refusal(context.Request) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
            await Problems.WriteAsync(context, refusal.Status, refusal.Detail);
            return;
        }
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            OperatorLog.CallerGone(logger, context.Request.Method, context.Request.Path);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            OperatorLog.RequestFailed(logger, context.Request.Method, context.Request.Path, exception);
            await Problems.WriteAsync(
                context, StatusCodes.Status500InternalServerError, "An error in the controller; its log has it.");
        }
    }

    private (int Status, string Detail)? Refusal(HttpRequest request)
    {
        if (_tokenHash is not null)
        {
            return IsAuthorised(request)
                ? null
                : (StatusCodes.Status401Unauthorized, "Send the header 'Authorization: Bearer TOKEN'.");
        }
        if (request.Headers.ContainsKey(HeaderNames.Origin))
            return (StatusCodes.Status403Forbidden, "Web pages may not use this API unless a token is set.");
        if (IsLoopback(request.Host.Host)) return null;
        return (StatusCodes.Status403Forbidden,
            "The Host header has to name a loopback address unless a token is set.");
    }

    private bool IsAuthorised(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string given = request.Headers.Authorization.ToString();
        // Hashes have one length, so that the comparison's time tells nothing of the token's.
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(given[Scheme.Length..].Trim()), _tokenHash);
    }

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
