using Lime.Core.Migration;

namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>Moves hosts by pulling one cable out and plugging the other in.</summary>
internal sealed class CableMover(TenantSites sites) : IHostMover
{
    private readonly List<HostPause> _pauses = [];

    /// <summary>Each host's pause, in the order of moves.</summary>
    public IReadOnlyList<HostPause> Pauses => _pauses;

    /// <remarks>Commands take milliseconds, for which the controller's loop must not wait.</remarks>
    public Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Move(move, progress), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap();

    private async Task Move(HostMove move, IHostMoveProgress progress)
    {
        TenantHost host = sites.Hosts.Single(each => each.Name == move.Host);
        bool isEastward = TenantSites.IsEast(move.To.Datapath);
        double beginMs = NowMs;
        host.Unplug(isEastward ? TenantHost.West : TenantHost.East);
        await progress.PausedAsync();
        host.Plug(isEastward ? TenantHost.East : TenantHost.West);
        double endMs = NowMs;
        progress.Resumed();
        _pauses.Add(new HostPause(host.Number, beginMs, endMs, sites.ReadSentCounts()));
    }

    private static double NowMs => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
}
