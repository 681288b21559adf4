using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Transport;

namespace Lime.Benchmarks.Overhead;

/// <summary>A controller without the virtual layer: Lime's transport, channel, codec and loop, and the app on top of
/// them.</summary>
/// <remarks>Life cycle: made, <see cref="Listen"/> if over TCP, disposed. Threading: as the loop's.</remarks>
internal sealed class DirectController(IControllerApp app, EventLoop loop, ChannelOptions options) : IMeasuredController
{
    private readonly ConcurrentDictionary<DatapathId, IVirtualSwitch> _switches = new();
    private readonly CancellationTokenSource _stop = new();
    private TcpOpenFlowListener? _listener;

    public EventLoop Loop => loop;

    public IPEndPoint? ListenEndPoint => _listener?.LocalEndPoint;

    public IReadOnlyCollection<IVirtualSwitch> Switches => [.. _switches.Values];

    public void Listen(IPEndPoint endPoint) => _listener = TcpOpenFlowListener.Start(endPoint, new TcpListenerCallbacks(
        _ => loop.InlineScheduler, accepted => Attach(accepted.Transport), static _ => { }));

    public void Attach(IDuplexPipe transport) => loop.Post(() => _ = ServeAsync(transport));

    public void Came(IVirtualSwitch added) => _switches[added.Datapath] = added;

    public void Went(IVirtualSwitch removed) => _switches.TryRemove(removed.Datapath, out _);

    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private Task<ChannelCloseCause> ServeAsync(IDuplexPipe transport)
    {
        var context = new ChannelContext(ChannelRole.Controller, options, loop.Time, loop);
        return new OpenFlowChannel(transport, new DirectConnection(this, app), context).RunAsync(_stop.Token);
    }
}
