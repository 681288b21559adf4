namespace Lime.Core.Hosting;

/// <summary>A connection's place among the handshakes in progress.</summary>
/// <remarks>Life cycle: taken when its handshake starts; left once, when that is done or failed, or has taken
/// longer than a switch that is well takes. Threading: the owner loop's.</remarks>
internal sealed class HandshakePlace
{
    private readonly Action _left;
    private readonly ITimer _timer;
    private bool _isLeft;

    /// <param name="left">Told once when the place is free.</param>
    /// <param name="time">The loop's timers.</param>
    /// <param name="patience">How long the place is kept at most.</param>
    public HandshakePlace(Action left, TimeProvider time, TimeSpan patience)
    {
        _left = left;
        _timer = time.CreateTimer(
            static place => ((HandshakePlace)place!).Leave(), this, patience, Timeout.InfiniteTimeSpan);
    }

    public void Leave()
    {
        if (_isLeft) return;
        _isLeft = true;
        _timer.Dispose();
        _left();
    }
}
