namespace Lime.OpenFlow.Channel;

/// <summary>Asks a silent peer whether it lives, and says when it does not answer; any byte counts as
/// life.</summary>
/// <remarks>
/// Life cycle: begins when the handshake is done, ends with the channel. Threading: the owner loop only.
/// A batch of received bytes leaves a timestamp; the timer looks at it once per interval.
/// </remarks>
internal sealed class KeepAlive
{
    private readonly ChannelClock _clock;
    private readonly ChannelOptions _options;
    private readonly Action _ask;
    private readonly Action _giveUp;
    private readonly DeadlineTimer _timer;
    private long _heardTicks;
    private long _askedTicks;
    private bool _isAsking;

    /// <param name="clock">The channel's time.</param>
    /// <param name="options">Echo interval and timeout.</param>
    /// <param name="ask">Sends an echo request.</param>
    /// <param name="giveUp">Closes the channel.</param>
    public KeepAlive(ChannelClock clock, ChannelOptions options, Action ask, Action giveUp)
    {
        _clock = clock;
        _options = options;
        _ask = ask;
        _giveUp = giveUp;
        _timer = new DeadlineTimer(clock, Check);
    }

    public void Start()
    {
        Heard();
        _timer.ArmAt(_heardTicks + _options.EchoInterval.Ticks);
    }

    /// <summary>Bytes have arrived.</summary>
    public void Heard()
    {
        _heardTicks = _clock.NowTicks;
        if (!_isAsking) return;
        _isAsking = false;
        _timer.ArmAt(_heardTicks + _options.EchoInterval.Ticks);
    }

    public void Stop() => _timer.Stop();

    private long Check()
    {
        long now = _clock.NowTicks;
        long deadline = _isAsking
            ? _askedTicks + _options.EchoTimeout.Ticks
            : _heardTicks + _options.EchoInterval.Ticks;
        if (now <= deadline) return deadline;
        if (_isAsking)
        {
            _giveUp();
            return DeadlineTimer.Never;
        }
        _isAsking = true;
        _askedTicks = now;
        _ask();
        return now + _options.EchoTimeout.Ticks;
    }
}
