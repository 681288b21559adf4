namespace Lime.OpenFlow.Channel;

/// <summary>One timer for many deadlines: it is moved only when it would fire too late, never once per
/// message.</summary>
/// <remarks>
/// A deadline holds up to and including its tick and is over one tick later. When the timer fires it asks
/// for the next deadline, so a deadline that has moved on in the meantime costs one firing and no more.
/// Life cycle: idle until <see cref="ArmAt"/>; dead after <see cref="Stop"/>. Threading: the owner loop only.
/// </remarks>
internal sealed class DeadlineTimer
{
    /// <summary>No deadline.</summary>
    public const long Never = long.MaxValue;

    private readonly ChannelClock _clock;
    private readonly Func<long> _check;
    private readonly ITimer _timer;
    private long _armedTicks = Never;
    private bool _isStopped;

    /// <param name="clock">The channel's time.</param>
    /// <param name="check">Does what is due and gives the next deadline, or <see cref="Never"/>.</param>
    public DeadlineTimer(ChannelClock clock, Func<long> check)
    {
        _clock = clock;
        _check = check;
        _timer = clock.CreateTimer(static state => ((DeadlineTimer)state!).Fire(), this);
    }

    /// <summary>Sees to it that the check runs once <paramref name="deadlineTicks"/> is over.</summary>
    public void ArmAt(long deadlineTicks)
    {
        if (_isStopped || deadlineTicks >= _armedTicks) return;
        _armedTicks = deadlineTicks;
        long waitTicks = Math.Max(0, deadlineTicks + 1 - _clock.NowTicks);
        _timer.Change(TimeSpan.FromTicks(waitTicks), Timeout.InfiniteTimeSpan);
    }

    public void Stop()
    {
        _isStopped = true;
        _timer.Dispose();
    }

    private void Fire()
    {
        if (_isStopped) return;
        _armedTicks = Never;
        ArmAt(_check());
    }
}
