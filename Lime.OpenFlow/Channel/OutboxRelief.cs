namespace Lime.OpenFlow.Channel;

/// <summary>A wait for an outbox to drain, while nothing is read from the peer: so a peer that sends faster than it
/// reads is slowed down, and no answer to it has to be dropped.</summary>
/// <remarks>
/// A peer may be one that reads nothing while it can't write. So the wait is over, drained or not, when the transport
/// has taken nothing for <see cref="StallTime"/>; and at the latest after <see cref="WaitMax"/>, so that a connection
/// over which little goes is not taken for a silent one. What is read then is answered as far as there is room.
/// Life cycle: begins again and again. Threading: the owner loop only.
/// </remarks>
internal sealed class OutboxRelief
{
    /// <summary>Far more than a peer needs that reads at all.</summary>
    public static readonly TimeSpan StallTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Less than any time for which peers are waited for.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    private readonly ChannelClock _clock;
    private readonly DeadlineTimer _timer;
    private TaskCompletionSource? _wait;
    private long _sinceTicks;
    private long _drainedTicks;

    public OutboxRelief(ChannelClock clock)
    {
        _clock = clock;
        _timer = new DeadlineTimer(clock, Check);
    }

    private long DeadlineTicks => Math.Min(_drainedTicks + StallTime.Ticks, _sinceTicks + WaitMax.Ticks);

    /// <summary>Begins to wait; the caller's context is where it goes on.</summary>
    public Task BeginAsync()
    {
        _sinceTicks = _clock.NowTicks;
        _drainedTicks = _sinceTicks;
        _wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _timer.ArmAt(DeadlineTicks);
        return _wait.Task;
    }

    /// <summary>The transport has taken something.</summary>
    public void HasDrained(bool isRelieved)
    {
        if (_wait is null) return;
        _drainedTicks = _clock.NowTicks;
        if (isRelieved) End();
    }

    /// <summary>The wait is over.</summary>
    public void End()
    {
        TaskCompletionSource? wait = _wait;
        _wait = null;
        wait?.SetResult();
    }

    /// <summary>The last call.</summary>
    public void Stop()
    {
        _timer.Stop();
        End();
    }

    private long Check()
    {
        if (_wait is null) return DeadlineTimer.Never;
        if (_clock.NowTicks <= DeadlineTicks) return DeadlineTicks;
        End();
        return DeadlineTimer.Never;
    }
}
