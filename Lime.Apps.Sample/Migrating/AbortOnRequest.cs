using Lime.Apps.Sample.Commands;

namespace Lime.Apps.Sample.Migrating;

/// <summary>While it lives: asks a running controller for an abort on Ctrl-C. The end of what is aborted is still
/// waited
/// for, by whoever follows it.</summary>
internal sealed class AbortOnRequest : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly CommandConsole _console;
    private Task _watching = Task.CompletedTask;

    private AbortOnRequest(CommandConsole console) => _console = console;

    /// <param name="what">What would be aborted, as people are told.</param>
    /// <param name="abort">Asks for the abort; its failure is told, and nothing else comes of it.</param>
    /// <param name="console">Where people are told.</param>
    /// <param name="stop">Cancelled by Ctrl-C.</param>
    public static AbortOnRequest Watch(string what, Func<Task> abort, CommandConsole console, CancellationToken stop)
    {
        var watch = new AbortOnRequest(console);
        watch._watching = watch.RunAsync(what, abort, stop);
        return watch;
    }

    /// <summary>Ends the watch, behind an abort that is being asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
    }

    private async Task RunAsync(string what, Func<Task> abort, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _ended.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ended.IsCancellationRequested) return;
        _console.Output.WriteLine($"aborting {what}; waiting for its end (Ctrl-C again leaves it to itself)");
        try
        {
            await abort();
        }
        catch (CommandFailedException failure)
        {
            _console.Error.WriteLine(failure.Message);
        }
    }
}
