namespace Lime.Core.Hosting;

/// <summary>Where a loop's thread sleeps without missing what comes meanwhile.</summary>
/// <remarks>
/// Threading: one thread sleeps, any may wake it. The sleeper announces itself, looks once more whether
/// there is anything to do, and sleeps; who brings something makes it visible, then looks for a sleeper.
/// With a full fence on both sides at least one of the two sees the other.
/// </remarks>
internal sealed class LoopSleep
{
    private readonly object _gate = new();
    private int _isAnnounced;
    private bool _isWoken;

    /// <summary>Ends the sleep that has been announced, if one has.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAnnounced) == 0 || Interlocked.Exchange(ref _isAnnounced, 0) == 0) return;
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Says that a sleep is about to begin; <see cref="Sleep"/> or <see cref="Cancel"/>
    /// follows.</summary>
    public void Announce() => Interlocked.Exchange(ref _isAnnounced, 1);

    /// <summary>Sleeps until woken, or for <paramref name="atMost"/>; may end early for nothing.</summary>
    public void Sleep(TimeSpan atMost)
    {
        lock (_gate)
        {
            if (!_isWoken) Monitor.Wait(_gate, atMost);
            _isWoken = false;
        }
        Cancel();
    }

    /// <summary>There was something to do after all.</summary>
    public void Cancel() => Volatile.Write(ref _isAnnounced, 0);
}
