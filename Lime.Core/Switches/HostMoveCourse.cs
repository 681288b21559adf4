using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>One host's move: asks its mover, and follows the host.</summary>
/// <remarks>Life cycle: one a move; <see cref="RunAsync"/> once. Threading: the owner loop's; movers may tell what they
/// do from any thread.</remarks>
internal sealed class HostMoveCourse : IHostMoveProgress
{
    /// <summary>How long a mover that was told to stop may still take.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly HostMoving _moving;
    private readonly HostPort _port;
    private readonly Instance _from;
    private readonly Instance _to;
    private readonly Action<Func<HostMoveReport, HostMoveReport>> _report;
    private Task? _following;
    private TimeSpan? _pausedAt;
    private bool _hasResumed;

    public HostMoveCourse(
        HostMoving moving, HostPort port, Instance to, Action<Func<HostMoveReport, HostMoveReport>> report)
    {
        _moving = moving;
        _port = port;
        _from = port.At!;
        _to = to;
        _report = report;
    }

    /// <summary>Moves it.</summary>
    /// <exception cref="MigrationStepException">It could not be moved, and is where it was.</exception>
    public async Task RunAsync(HostMove move, CancellationToken stop)
    {
        if (_moving.IsRelayed) await HostPlacing.PrepareAsync(_port, _to);
        _port.Switch.PortNews.Hold(_port.VirtualPort);
        _port.Announced = at =>
        {
            if (at == _to) Seen();
        };
        try
        {
            await AskAsync(move, stop);
            Resume();
        }
        catch (Exception exception)
        {
            // The blast radius of a mover is its move.
            await GoBackAsync();
            throw new MigrationStepException($"{move.Host} was not moved to {move.To}: {exception.Message}");
        }
        finally
        {
            _port.Announced = null;
            await ReleaseAsync();
        }
        if (_moving.IsRelayed) await _moving.Effort.DoAsync(() => _moving.Placing.TidyAsync(_port));
    }

    public Task PausedAsync()
    {
        if (_moving.Loop.IsCurrent()) return PauseAsync();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _moving.Loop.Post(() => _ = PauseAsync(ready));
        return ready.Task;
    }

    public void Resumed()
    {
        if (_moving.Loop.IsCurrent()) Resume();
        else _moving.Loop.Post(Resume);
    }

    /// <summary>What switches had to tell of the host's ports comes before their answers.</summary>
    private async Task ReleaseAsync()
    {
        await Task.WhenAll(_port.Instances.Select(each => each.Physical.TryBarrierAsync()));
        _port.Switch.PortNews.Release(_port.VirtualPort);
    }

    /// <summary>Completes when the mover has, and packets are delivered at the new place.</summary>
    private async Task AskAsync(HostMove move, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_moving.Plan.HostMoveTimeout, _moving.Loop.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await _moving.Plan.Mover!.MoveAsync(move, this, either.Token)
                .WaitAsync(_moving.Plan.HostMoveTimeout + StopPatience, _moving.Loop.Time, CancellationToken.None);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or TimeoutException && limit.IsCancellationRequested)
        {
            throw new MigrationStepException($"its mover did not end in {_moving.Plan.HostMoveTimeout}.");
        }
        try
        {
            await FollowAsync();
        }
        catch (Exception exception) when (
            exception is OpenFlow.Channel.OpenFlowRequestException or MigrationStepException)
        {
            // The host is there: it counts as moved, and is taken back with all others.
            _moving.Fail($"{move.Host} is at {move.To}, but not every switch could be told: {exception.Message}");
        }
    }

    private async Task PauseAsync(TaskCompletionSource ready)
    {
        try
        {
            await PauseAsync();
            ready.SetResult();
        }
        catch (Exception exception)
        {
            ready.SetException(exception);
        }
    }

    private Task PauseAsync()
    {
        _pausedAt ??= _moving.Tally.Now;
        _report(each => each with { PausedAt = _pausedAt });
        return FollowAsync();
    }

    private void Resume()
    {
        if (_hasResumed) return;
        _hasResumed = true;
        if (_pausedAt is { } since) _report(each => each with { Pause = _moving.Tally.Now - since });
    }

    private void Seen()
    {
        if (_following is not null) return;
        _report(static each => each with { WasSeen = true });
        _ = FollowAsync();
    }

    private Task FollowAsync() => _following ??= SwitchAsync();

    private async Task SwitchAsync()
    {
        TimeSpan since = _moving.Tally.Now;
        if (_moving.IsRelayed) await _moving.Placing.SwitchAsync(_port, _to);
        else _port.At = _to;
        _report(each => each with { Switchover = _moving.Tally.Now - since });
    }

    /// <summary>The host goes on where it was.</summary>
    private async Task GoBackAsync()
    {
        if (!_moving.IsRelayed)
        {
            _port.At = _from;
            return;
        }
        if (_following is { } following) await _moving.Effort.DoAsync(() => following);
        await _moving.Effort.DoAsync(async () =>
        {
            if (_port.At == _to)
            {
                await HostPlacing.PrepareAsync(_port, _from);
                await _moving.Placing.SwitchAsync(_port, _from);
            }
            else
            {
                _port.Restore(_to);
                await _to.Physical.BarrierAsync();
            }
        });
        if (_following is not null) _port.FenceAt(_to);
        await _moving.Effort.DoAsync(() => _moving.Placing.TidyAsync(_port));
    }
}
