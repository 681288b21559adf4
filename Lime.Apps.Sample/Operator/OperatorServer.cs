using System.Net;
using Lime.Apps.Sample.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lime.Apps.Sample.Operator;

/// <summary>Serves the operator API over HTTP.</summary>
/// <remarks>Life cycle: started by <see cref="StartAsync"/>; disposed once, which lets requests end for 5
/// s.</remarks>
internal sealed class OperatorServer : IAsyncDisposable
{
    private const int BodyBytesMax = 64 << 10;
    private const int ConnectionsMax = 100;
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    private readonly WebApplication _web;

    private OperatorServer(WebApplication web, IPEndPoint endPoint)
    {
        _web = web;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <exception cref="CommandFailedException">The address cannot be listened on.</exception>
    public static async Task<OperatorServer> StartAsync(
        IPEndPoint endPoint, string? token, OperatorBackend backend, ILoggerFactory loggerFactory)
    {
        WebApplication web = Build(endPoint, token, backend, loggerFactory);
        try
        {
            await web.StartAsync();
        }
        catch (IOException exception)
        {
            await web.DisposeAsync();
            throw new CommandFailedException(
                $"--operator {endPoint}: cannot listen here: {exception.Message} Choose another address or port.");
        }
        var bound = new Uri(web.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        return new OperatorServer(web, new IPEndPoint(endPoint.Address, bound.Port));
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopTime);
        await _web.StopAsync(limit.Token);
        await _web.DisposeAsync();
    }

    /// <summary>The empty builder reads no environment variables and no appsettings.json, either of which
    /// could make the server listen elsewhere as well.</summary>
    private static WebApplication Build(
        IPEndPoint endPoint, string? token, OperatorBackend backend, ILoggerFactory loggerFactory)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = RequestTime,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            WriteTimeoutResponse = context => Problems.WriteAsync(
                context, StatusCodes.Status504GatewayTimeout, $"No answer within {RequestTime.TotalSeconds} s."),
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, endPoint));
        WebApplication web = builder.Build();
        var guard = new OperatorGuard(token, loggerFactory.CreateLogger("Lime.Operator"));
        web.Use(next => context => guard.InvokeAsync(context, next));
        web.UseStatusCodePages(pages => Problems.WriteAsync(
            pages.HttpContext, pages.HttpContext.Response.StatusCode, "The API's resources lie below /api/v1."));
        web.UseRouting();
        web.UseRequestTimeouts();
        new OperatorRoutes(backend).Map(web);
        return web;
    }

    private static void Configure(KestrelServerOptions options, IPEndPoint endPoint)
    {
        options.Listen(endPoint);
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = BodyBytesMax;
        options.Limits.MaxConcurrentConnections = ConnectionsMax;
    }
}
