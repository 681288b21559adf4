using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Stands between Lime and the mover of hosts, and notes where hosts are and when they stood still.</summary>
/// <param name="mover">The mover.</param>
/// <param name="now">The network's time.</param>
/// <remarks>Threading: the network's loop.</remarks>
internal sealed class HostWatch(IHostMover mover, Func<TimeSpan> now) : IHostMover
{
    private readonly Dictionary<string, char> _sites = [];
    private readonly List<HostPause> _pauses = [];

    /// <summary>Every pause so far, one that lasts included.</summary>
    public IReadOnlyList<HostPause> Pauses => _pauses;

    /// <summary>The letter of the site that a host is at.</summary>
    public char SiteOf(string host) => _sites.GetValueOrDefault(host, 'a');

    /// <summary>Whether a host stands still.</summary>
    public bool IsPaused(string host) => _pauses.Exists(each => each.Host == host && each.To is null);

    public async Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken)
    {
        var watched = new Watched(this, move, progress);
        try
        {
            await mover.MoveAsync(move, watched, cancellationToken);
        }
        catch
        {
            End(move.Host);
            throw;
        }
    }

    private void End(string host)
    {
        int index = _pauses.FindIndex(each => each.Host == host && each.To is null);
        if (index >= 0) _pauses[index] = _pauses[index] with { To = now() };
    }

    private sealed class Watched(HostWatch watch, HostMove move, IHostMoveProgress progress) : IHostMoveProgress
    {
        public Task PausedAsync()
        {
            watch._pauses.Add(new HostPause(move.Host, watch.Now));
            return progress.PausedAsync();
        }

        public void Resumed()
        {
            watch._sites[move.Host] = move.To.SwitchName[0];
            watch.End(move.Host);
            progress.Resumed();
        }
    }

    private TimeSpan Now => now();
}
