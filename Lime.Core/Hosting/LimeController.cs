using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net;
using Lime.Core.Apps;
using Lime.Core.Migration;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Hosting;

/// <summary>The controller: takes switches' connections, shows them to apps as virtual switches, and migrates those.</summary>
public sealed class LimeController : IAsyncDisposable
{
    /// <summary>Makes a controller; nothing happens before <see cref="Start"/> or <see cref="Attach"/>.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="apps">Its apps, in the order in which they are called.</param>
    /// <param name="loggerFactory">Where it logs; null: nowhere.</param>
    /// <param name="loop">The loop it lives on, which stays the caller's; null: a thread of its own.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the network is not sound.</exception>
    public LimeController(
        LimeOptions options,
        IEnumerable<IControllerApp> apps,
        ILoggerFactory? loggerFactory = null,
        EventLoop? loop = null) => throw new NotImplementedException();

    /// <summary>The loop it lives on.</summary>
    public EventLoop Loop => throw new NotImplementedException();

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for; null when it doesn't.</summary>
    public IPEndPoint? ListenEndPoint => throw new NotImplementedException();

    /// <summary>The virtual switches that have been connected at least once, by name.</summary>
    public ImmutableArray<IVirtualSwitch> VirtualSwitches => throw new NotImplementedException();

    /// <summary>Every physical switch that is configured or has connected, by datapath id.</summary>
    public ImmutableArray<PhysicalSwitchStatus> PhysicalSwitches => throw new NotImplementedException();

    /// <summary>Migrates virtual switches.</summary>
    public IEnsembleManager Ensembles => throw new NotImplementedException();

    /// <summary>Begins to listen, if a listen address is set.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be listened on.</exception>
    public void Start() => throw new NotImplementedException();

    /// <summary>Takes a switch's connection that the caller has made; may be called from any thread.</summary>
    public void Attach(IDuplexPipe transport) => throw new NotImplementedException();

    /// <summary>Aborts migrations under way and waits for them (10 s at most), then closes every connection.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
