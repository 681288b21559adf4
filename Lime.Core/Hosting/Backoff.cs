namespace Lime.Core.Hosting;

/// <summary>The waits between attempts: each twice the one before, up to a bound, with a random part.</summary>
internal sealed class Backoff(ReconnectOptions options, Random random)
{
    private TimeSpan _next = options.DelayMin;

    /// <summary>The next wait: between half and all of what is due, so never none.</summary>
    public TimeSpan Next()
    {
        TimeSpan due = _next;
        _next = due > options.DelayMax / 2 ? options.DelayMax : due * 2;
        return due * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>An attempt went well: the next wait is the first one again.</summary>
    public void Reset() => _next = options.DelayMin;
}
