using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Lime.Core.Emulation.Hosts;
using Lime.Core.Emulation.Links;
using Lime.Core.Emulation.Switching;
using Lime.Core.Hosting;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Transport;

namespace Lime.Core.Emulation;

/// <summary>A network in memory: OpenFlow switches, links and hosts that exchange real bytes, on one event
/// loop.</summary>
/// <remarks>
/// Life cycle: lives as long as its loop. In virtual time a run is deterministic: the same loop, seed and
/// calls give the same frames at the same times. In real time it does the same with the system's clock.
/// Threading: used on the loop, or while the loop does not run.
/// </remarks>
public sealed class EmulatedNetwork
{
    private readonly EmulationContext _context;
    private readonly Dictionary<string, EmulatedSwitch> _switches = [];
    private readonly Dictionary<string, EmulatedHost> _hosts = [];
    private readonly Dictionary<string, EmulatedLink> _links = [];

    /// <summary>Creates a network without a switch.</summary>
    /// <param name="loop">Where all of it runs.</param>
    /// <param name="seed">Of loss and jitter.</param>
    public EmulatedNetwork(EventLoop loop, int seed) => _context = new EmulationContext(loop, seed);

    /// <summary>The switches, in the order they were added.</summary>
    public IReadOnlyCollection<EmulatedSwitch> Switches => _switches.Values;

    /// <summary>The hosts, in the order they were added.</summary>
    public IReadOnlyCollection<EmulatedHost> Hosts => _hosts.Values;

    /// <summary>The links that are plugged in.</summary>
    public IReadOnlyCollection<EmulatedLink> Links => _links.Values;

    /// <summary>The time since the event loop began.</summary>
    public TimeSpan Now => _context.Now;

    /// <summary>Sees what happens to every frame on every link; null: nobody looks.</summary>
    public FrameTap? Tap
    {
        get => _context.Tap;
        set => _context.Tap = value;
    }

    /// <summary>Adds a switch without ports.</summary>
    /// <exception cref="ArgumentException">The name is taken, by a switch or a host.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public EmulatedSwitch AddSwitch(string name, DatapathId datapath, EmulatedSwitchOptions? options = null)
    {
        CheckName(name);
        EmulatedSwitchOptions valid = options ?? EmulatedSwitchOptions.Default;
        valid.Validate();
        var added = new EmulatedSwitch(_context, name, datapath, valid);
        _switches.Add(name, added);
        return added;
    }

    /// <summary>Adds a host that is not plugged in.</summary>
    /// <exception cref="ArgumentException">The name is taken, by a switch or a host.</exception>
    public EmulatedHost AddHost(string name, MacAddress mac, Ipv4Address ip)
    {
        CheckName(name);
        var added = new EmulatedHost(_context, name, mac, ip);
        _hosts.Add(name, added);
        return added;
    }

    /// <summary>Plugs a link between two switches; ports that are not there yet are added.</summary>
    /// <exception cref="ArgumentException">A port has a link, or the link's name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A port's number or an option is out of
    /// range.</exception>
    public EmulatedLink Connect(
        EmulatedSwitch a, PortNumber portA, EmulatedSwitch b, PortNumber portB, LinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return PlugIn(
            (a.Endpoint, new LinkEnd(a.Name, portA)), (b.Endpoint, new LinkEnd(b.Name, portB)), options);
    }

    /// <summary>Plugs a link between a switch and a host; a port that is not there yet is added.</summary>
    /// <exception cref="ArgumentException">The port or the host has a link, or the link's name is
    /// taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port's number or an option is out of
    /// range.</exception>
    public EmulatedLink Connect(
        EmulatedSwitch a, PortNumber portA, EmulatedHost host, LinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(host);
        return PlugIn(
            (a.Endpoint, new LinkEnd(a.Name, portA)),
            (host.Endpoint, new LinkEnd(host.Name, HostEndpoint.Port)),
            options);
    }

    /// <summary>Pulls a link out: what is on it is lost, its ports stay and have no link, its host can be
    /// plugged in elsewhere.</summary>
    /// <exception cref="ArgumentException">The link is not one of this network's.</exception>
    public void Disconnect(EmulatedLink link)
    {
        CheckOwn(link);
        _links.Remove(link.Name);
        link.PullOut();
    }

    /// <summary>Sets a link up or down; its switches announce it, and what is on it when it goes down is
    /// lost.</summary>
    /// <exception cref="ArgumentException">The link is not one of this network's.</exception>
    public void SetLinkUp(EmulatedLink link, bool isUp)
    {
        CheckOwn(link);
        link.SetUp(isUp);
    }

    /// <summary>Connects a switch to a controller on the same loop, over a control channel that takes
    /// time.</summary>
    /// <param name="node">The switch; a controller that it had before is disconnected.</param>
    /// <param name="delay">How long bytes travel, either way.</param>
    /// <param name="jitterFraction">The fraction of the delay, 0 to 1, by which it varies at most, evenly
    /// spread to both sides; bytes keep their order.</param>
    /// <returns>The controller's end.</returns>
    public IDuplexPipe ConnectControl(EmulatedSwitch node, TimeSpan delay, double jitterFraction = 0)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (jitterFraction is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(jitterFraction), jitterFraction, "Between 0 and 1.");
        (IDuplexPipe ours, IDuplexPipe theirs) = DelayedTransport.CreatePair(
            _context.Loop.Scheduler, _context.Loop.Time, () => _context.Vary(delay, jitterFraction));
        _ = node.Connect(theirs);
        return ours;
    }

    /// <summary>The switch of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public EmulatedSwitch Switch(string name) => Find(_switches, name, "switch");

    /// <summary>The host of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public EmulatedHost Host(string name) => Find(_hosts, name, "host");

    /// <summary>The link of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public EmulatedLink Link(string name) => Find(_links, name, "link");

    private EmulatedLink PlugIn(
        (IFrameEndpoint Node, LinkEnd End) a, (IFrameEndpoint Node, LinkEnd End) b, LinkOptions? options)
    {
        LinkOptions valid = options ?? LinkOptions.Default;
        valid.Validate();
        CheckFree(a.End);
        CheckFree(b.End);
        var link = new EmulatedLink(_context, valid with { Name = valid.Name ?? NameOf(a.End, b.End) }, a, b);
        if (!_links.TryAdd(link.Name, link))
            throw new ArgumentException($"There is a link named '{link.Name}' already.");
        link.PlugIn();
        return link;
    }

    /// <summary>The names of both ends; of parallel links the later ones have the ports too.</summary>
    private string NameOf(LinkEnd a, LinkEnd b)
    {
        var name = $"{a.Node}-{b.Node}";
        return _links.ContainsKey(name) ? $"{a}-{b}" : name;
    }

    private void CheckFree(LinkEnd end)
    {
        SwitchPorts.CheckNumber(end.Port);
        if (_links.Values.Any(link => link.EndA == end || link.EndB == end))
            throw new ArgumentException($"{end} has a link already.");
    }

    private void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_switches.ContainsKey(name) || _hosts.ContainsKey(name))
            throw new ArgumentException($"There is a switch or host named '{name}' already.", nameof(name));
    }

    private void CheckOwn([NotNull] EmulatedLink? link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_links.GetValueOrDefault(link.Name) != link)
            throw new ArgumentException($"The link '{link.Name}' is not plugged in here.", nameof(link));
    }

    private static T Find<T>(Dictionary<string, T> nodes, string name, string kind) =>
        nodes.TryGetValue(name, out T? node)
            ? node
            : throw new KeyNotFoundException($"The network has no {kind} named '{name}'.");
}
