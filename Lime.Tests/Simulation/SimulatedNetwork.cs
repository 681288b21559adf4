using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;
using Lime.Tests.Checking;
using Lime.Tests.Hosting;

namespace Lime.Tests.Simulation;

/// <summary>The network of a run: hosts at neighbours that pass everything on, the switch that moves behind them, and
/// spares that it can move to.</summary>
/// <remarks>Host i is at port i of the moving switch, over port i of a neighbour. The switches that realise it number
/// their ports differently.</remarks>
internal sealed class SimulatedNetwork : IDisposable
{
    /// <summary>The virtual switch that moves.</summary>
    public const string MovedName = "v";

    private const uint SourceDatapath = 100;
    private readonly Scenario _scenario;
    private readonly Random _dice;

    public SimulatedNetwork(Scenario scenario, Random dice, RecordedApp app)
    {
        _scenario = scenario;
        _dice = dice;
        var options = new LimeOptions
        {
            Network = Describe(),
            CopyBatchRules = dice.Next(2) == 0 ? 3 : 400,
        };
        options = options with { Channel = options.Channel with { Versions = [scenario.Version] } };
        Bed = new ControllerBed(options, scenario.Seed, app);
        Build();
        foreach (EmulatedSwitch each in Bed.Network.Switches) Connect(each);
        Bed.RunMs(100);
        for (int i = 0; i < scenario.Neighbours; i++) InstallPassage(i);
        if (scenario.IsLagging) Bed.RunMs(100);
        Log = new TraceLog(Bed.Loop);
        Log.Follow(Moved);
        app.Sink = Log;
        if (app.Switch is { } recorded) recorded.Codec = OpenFlowCodecs.For(scenario.Version);
        Tap = new HostTap(Bed.Network, Log);
        Bed.Network.Tap = Tap.Look;
    }

    public ControllerBed Bed { get; }

    public TraceLog Log { get; }

    public HostTap Tap { get; }

    public VirtualSwitch Moved => Bed.Virtual(MovedName);

    public TraceSetting Setting => new()
    {
        Version = _scenario.Version,
        HostAtPort = Enumerable.Range(1, _scenario.Hosts).ToImmutableSortedDictionary(i => (uint)i, i => $"h{i}"),
    };

    /// <summary>The switches that can realise the moving one: the source and the spares.</summary>
    public IEnumerable<EmulatedSwitch> Candidates =>
        Enumerable.Range(0, _scenario.Spares + 1).Select(i => Bed.Network.Switch($"p{i}"));

    public EmulatedHost Host(int number) => Bed.Network.Host($"h{number}");

    public static DatapathId DatapathOf(int candidate) => new(SourceDatapath + (uint)candidate);

    /// <summary>Connects a switch to the controller, over a control channel that is as slow as the dice say.</summary>
    public void Connect(EmulatedSwitch node) => Bed.Controller.Attach(Bed.Network.ConnectControl(
        node, TimeSpan.FromMilliseconds(0.1 + (0.9 * _dice.NextDouble())), jitterFraction: 0.5));

    public void Dispose() => Bed.Dispose();

    private int NeighbourOf(int host) => host % _scenario.Neighbours;

    private static DatapathId NeighbourDatapath(int neighbour) => new((uint)neighbour + 1);

    /// <summary>Where a neighbour's cable for a host's traffic to a candidate is plugged in.</summary>
    private static PortNumber Uplink(int candidate, int host) => new((uint)((10 * (candidate + 1)) + host));

    private PortNumber PortAt(int candidate, int host) => new(candidate switch
    {
        0 => (uint)host,
        1 => (uint)(host + 4),
        _ => (uint)(_scenario.Hosts + 1 - host),
    });

    private IEnumerable<int> Hosts => Enumerable.Range(1, _scenario.Hosts);

    private NetworkDescription Describe()
    {
        IEnumerable<int> neighbours = Enumerable.Range(0, _scenario.Neighbours);
        IEnumerable<int> candidates = Enumerable.Range(0, _scenario.Spares + 1);
        return new NetworkDescription
        {
            PhysicalSwitches =
            [
                .. neighbours.Select(i => new PhysicalSwitchDescription($"n{i}", NeighbourDatapath(i))),
                .. candidates.Select(i => new PhysicalSwitchDescription($"p{i}", DatapathOf(i))),
            ],
            PhysicalLinks =
            [
                .. candidates.SelectMany(candidate => Hosts.Select(host => new PhysicalLink(
                    new(NeighbourDatapath(NeighbourOf(host)), Uplink(candidate, host)),
                    new(DatapathOf(candidate), PortAt(candidate, host))))),
            ],
            VirtualSwitches =
            [
                .. neighbours.Select(i => new VirtualSwitchDescription(
                    $"n{i}", NeighbourDatapath(i), NeighbourDatapath(i),
                    [.. Hosts.Where(host => NeighbourOf(host) == i).SelectMany(NeighbourPorts)])),
                new(MovedName, DatapathOf(0), DatapathOf(0),
                    [.. Hosts.Select(host => new PortMapping(new((uint)host), PortAt(0, host)))]),
            ],
            VirtualLinks =
            [
                .. Hosts.Select(host => new VirtualLink(
                    new($"n{NeighbourOf(host)}", Uplink(0, host)), new(MovedName, new((uint)host)))),
            ],
        };
    }

    private static PortMapping[] NeighbourPorts(int host) =>
        [new(new((uint)host), new((uint)host)), new(Uplink(0, host), Uplink(0, host))];

    private void Build()
    {
        for (int i = 0; i < _scenario.Neighbours; i++)
            Bed.Network.AddSwitch($"n{i}", NeighbourDatapath(i), Lagging(new()));
        for (int i = 0; i <= _scenario.Spares; i++)
        {
            Bed.Network.AddSwitch($"p{i}", DatapathOf(i), Lagging(new EmulatedSwitchOptions
            {
                FlowModsPerSecond = _scenario.FlowModsPerSecond,
                BufferCount = _dice.Next(2) == 0 ? 0 : 256,
                ClockRate = _scenario.ClockRates.IsEmpty ? 1 : _scenario.ClockRates[i],
            }));
        }
        foreach (int host in Hosts)
        {
            EmulatedSwitch neighbour = Bed.Network.Switch($"n{NeighbourOf(host)}");
            EmulatedHost added = Bed.Network.AddHost(
                $"h{host}", MarkedFrame.MacOf((uint)host), MarkedFrame.IpOf((uint)host));
            Bed.Network.Connect(neighbour, new PortNumber((uint)host), added, Cable());
            for (int i = 0; i <= _scenario.Spares; i++)
            {
                Bed.Network.Connect(
                    neighbour, Uplink(i, host), Bed.Network.Switch($"p{i}"), PortAt(i, host), Cable());
            }
        }
    }

    /// <summary>A switch whose word is not true is none of ours: Lime chooses for what it doesn't know.</summary>
    private EmulatedSwitchOptions Lagging(EmulatedSwitchOptions options) => !_scenario.IsLagging
        ? options
        : options with
        {
            DataPlaneDelay = _scenario.DataPlaneDelay,
            FlowCacheInterval = _scenario.FlowCacheInterval,
            Manufacturer = "Somebody else",
        };

    private LinkOptions Cable() => new()
    {
        Delay = TimeSpan.FromMilliseconds(0.05 + _dice.NextDouble()),
        JitterFraction = 0.3,
    };

    private void InstallPassage(int neighbour)
    {
        VirtualSwitch virtualSwitch = Bed.Virtual($"n{neighbour}");
        foreach (int host in Hosts.Where(each => NeighbourOf(each) == neighbour))
        {
            uint uplink = Uplink(0, host).Value;
            Bed.Send(virtualSwitch, ControllerBed.Forward((uint)host, uplink));
            Bed.Send(virtualSwitch, ControllerBed.Forward(uplink, (uint)host));
        }
        Bed.Barrier(virtualSwitch);
    }
}
