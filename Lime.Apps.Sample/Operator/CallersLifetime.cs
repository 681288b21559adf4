using Microsoft.Extensions.Hosting;

namespace Lime.Apps.Sample.Operator;

/// <summary>The web server lives as long as its owner says. (The usual lifetime would take Ctrl-C for
/// itself.)</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
