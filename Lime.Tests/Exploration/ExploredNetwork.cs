using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Emulation.Links;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Checking;
using Lime.Tests.Migration;

namespace Lime.Tests.Exploration;

/// <summary>The paper's Figure 3 with gates: h1-s1-s3-s2-h2, with s4 cabled to s1 and s2. Whatever goes over a control
/// channel, or over a cable between two switches, waits in a queue.</summary>
/// <remarks>Hosts' own cables have neither delay nor gate: a host and its switch are one place. Messages to and from s1
/// and s2, which have the two ends of the moving switch's links, arrive flush by flush; those of s3 and s4, which are
/// the moving switch, flush by flush or one by one.</remarks>
internal sealed class ExploredNetwork
{
    private const int NeighbourCount = 2;
    private static readonly LinkOptions AtOnce = new() { Delay = TimeSpan.Zero };
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private readonly EmulationContext _context;
    private readonly StepClock _clock;

    public ExploredNetwork(Scenario scenario, IControllerApp app, ITraceSink sink, EventLoop loop, StepClock clock)
    {
        _clock = clock;
        _context = new EmulationContext(loop, seed: 1);
        // Nothing asks or gives up just because a message waits for its turn.
        ChannelOptions channel = ChannelOptions.Default with
        {
            Versions = [scenario.Version],
            EchoInterval = Patience,
            EchoTimeout = Patience,
            RequestTimeout = Patience,
        };
        Controller = new LimeController(
            new LimeOptions
            {
                Network = FigureThreeBed.Description,
                Channel = channel,
                CopyBatchRules = 8,
                IdleReadInterval = TimeSpan.Zero, // No rule here has a time, and time that goes by for ever has no end.
            },
            [app], loop: loop);
        var options = new EmulatedSwitchOptions { Channel = channel };
        Switches = [.. Enumerable.Range(1, 4)
            .Select(i => new EmulatedSwitch(_context, $"s{i}", new DatapathId((ulong)i), options))];
        H1 = AddHost("h1", 1, sink, new LinkEnd("s1", new PortNumber(1)));
        H2 = AddHost("h2", 2, sink, new LinkEnd("s2", new PortNumber(2)));
        (H1.Peer, H2.Peer) = (H2, H1);
        Cables = [.. FigureThreeBed.Description.PhysicalLinks.SelectMany(Connect)];
        Control = [.. Switches.Select(each => Connect(each, scenario, loop))];
    }

    public LimeController Controller { get; }

    /// <summary>s1 to s4.</summary>
    public EmulatedSwitch[] Switches { get; }

    public TalkingHost H1 { get; }

    public TalkingHost H2 { get; }

    /// <summary>The control channels of s1 to s4.</summary>
    public GatedControl[] Control { get; }

    /// <summary>The cables between switches, a queue a direction, with the switch that each leads to.</summary>
    public (FrameQueue Queue, int From, int To)[] Cables { get; }

    /// <summary>Whether it is a control channel of s1 or s2.</summary>
    public bool IsOfNeighbour(FrameQueue queue) =>
        Control.Take(NeighbourCount).Any(each => each.ToSwitch == queue || each.ToLime == queue);

    private TalkingHost AddHost(string name, uint number, ITraceSink sink, LinkEnd at)
    {
        var host = new TalkingHost(name, number, sink);
        PlugIn((NodeOf(at), at), (host, new LinkEnd(name, new PortNumber(1))));
        return host;
    }

    private (FrameQueue Queue, int From, int To)[] Connect(PhysicalLink link) =>
        [Gate(link.A, link.B), Gate(link.B, link.A)];

    private (FrameQueue Queue, int From, int To) Gate(PhysicalPort from, PhysicalPort to)
    {
        IFrameEndpoint receiver = Switches[to.Datapath.Value - 1].Endpoint;
        var queue = new FrameQueue(
            $"s{from.Datapath.Value}>s{to.Datapath.Value}", _clock, frame => receiver.Receive(to.Port, frame));
        var end = new LinkEnd($"s{from.Datapath.Value}", from.Port);
        PlugIn(
            (NodeOf(end), end), (new GateEndpoint(queue.Name, queue), new LinkEnd(queue.Name, new PortNumber(1))));
        return (queue, (int)from.Datapath.Value, (int)to.Datapath.Value);
    }

    private GatedControl Connect(EmulatedSwitch node, Scenario scenario, EventLoop loop)
    {
        bool isWhole = !scenario.IsFine || node.Datapath.Value <= NeighbourCount;
        var control = new GatedControl(node.Name, isWhole, loop, _clock);
        _ = node.Connect(control.SwitchEnd);
        Controller.Attach(control.LimeEnd);
        return control;
    }

    private void PlugIn((IFrameEndpoint Node, LinkEnd End) a, (IFrameEndpoint Node, LinkEnd End) b) =>
        new EmulatedLink(_context, AtOnce, a, b).PlugIn();

    private IFrameEndpoint NodeOf(LinkEnd end) => Array.Find(Switches, each => each.Name == end.Node)!.Endpoint;
}
