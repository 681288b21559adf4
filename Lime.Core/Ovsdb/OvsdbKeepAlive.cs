namespace Lime.Core.Ovsdb;

/// <summary>Asks a silent server whether it lives, and says when it does not answer; any byte counts as life.</summary>
/// <remarks>Life cycle: from construction to <see cref="Stop"/>. Threading: the owner loop only. What arrives leaves a
/// timestamp; the timer looks at it once per interval.</remarks>
internal sealed class OvsdbKeepAlive
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly TimeProvider _time;
    private readonly OvsdbOptions _options;
    private readonly Action _ask;
    private readonly Action _giveUp;
    private readonly ITimer _timer;
    private long _heard;
    private bool _isAsking;
    private bool _isEnded;

    /// <param name="time">The loop's.</param>
    /// <param name="options">Echo interval and timeout.</param>
    /// <param name="ask">Sends an echo request.</param>
    /// <param name="giveUp">Closes the connection.</param>
    public OvsdbKeepAlive(TimeProvider time, OvsdbOptions options, Action ask, Action giveUp)
    {
        _time = time;
        _options = options;
        _ask = ask;
        _giveUp = giveUp;
        _heard = time.GetTimestamp();
        _timer = time.CreateTimer(
            static state => ((OvsdbKeepAlive)state!).Check(),
            this,
            options.EchoInterval + Tick,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Bytes have arrived.</summary>
    public void Heard()
    {
        _heard = _time.GetTimestamp();
        if (!_isAsking || _isEnded) return;
        _isAsking = false;
        Arm(_options.EchoInterval);
    }

    public void Stop()
    {
        _isEnded = true;
        _timer.Dispose();
    }

    private void Check()
    {
        if (_isEnded) return;
        TimeSpan silence = _time.GetElapsedTime(_heard);
        if (_isAsking) _giveUp();
        else if (silence <= _options.EchoInterval) Arm(_options.EchoInterval - silence);
        else
        {
            _isAsking = true;
            Arm(_options.EchoTimeout);
            _ask();
        }
    }

    private void Arm(TimeSpan limit) => _timer.Change(limit + Tick, Timeout.InfiniteTimeSpan);
}
