using Lime.Core.Hosting;
using Lime.Core.Migration;

namespace Lime.Core.Emulation;

/// <summary>Moves emulated hosts as a hypervisor moves virtual machines: its memory is copied while it runs, then it
/// stands still for a moment, and goes on elsewhere with the addresses, neighbours and handlers that it had.</summary>
/// <remarks>Threading: called on the network's loop.</remarks>
public sealed class EmulatedHostMover : IHostMover
{
    private readonly EmulatedNetwork _network;
    private readonly EventLoop _loop;
    private readonly EmulatedHostMoverOptions _options;

    /// <summary>Makes a mover of a network's hosts.</summary>
    /// <param name="network">The network; hosts are moved by their names in it.</param>
    /// <param name="loop">Its loop.</param>
    /// <param name="options">How it moves them; null: as usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public EmulatedHostMover(EmulatedNetwork network, EventLoop loop, EmulatedHostMoverOptions? options = null)
    {
        _network = network;
        _loop = loop;
        _options = options ?? new EmulatedHostMoverOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public async Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken)
    {
        EmulatedHost host = _network.Host(move.Host);
        EmulatedSwitch to = _network.Switches.Single(each => each.Datapath == move.To.Datapath);
        EmulatedLink link = _network.Links.SingleOrDefault(
            each => each.EndA.Node == host.Name || each.EndB.Node == host.Name)
            ?? throw new InvalidOperationException($"{host.Name} is not plugged in.");
        await WaitAsync(_options.CopyTime, cancellationToken);
        EmulatedSwitch from = _network.Switch(link.EndA.Node == host.Name ? link.EndB.Node : link.EndA.Node);
        var port = link.EndA.Node == host.Name ? link.EndB.Port : link.EndA.Port;
        _network.Disconnect(link);
        Task delivers = _options.TellsPause ? progress.PausedAsync() : Task.CompletedTask;
        try
        {
            // Not to be stopped any more: it stands still.
            await WaitAsync(_options.PauseTime, CancellationToken.None);
            await delivers;
        }
        catch
        {
            _network.Connect(from, port, host, link.Options with { Name = null });
            throw;
        }
        _network.Connect(to, move.To.Port, host, link.Options with { Name = null });
        if (_options.Announces) host.AnnounceAddress();
        if (_options.TellsPause) progress.Resumed();
    }

    private Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) => duration > TimeSpan.Zero
        ? Task.Delay(duration, _loop.Time, cancellationToken)
        : Task.CompletedTask;
}
