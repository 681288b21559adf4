using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;

namespace Lime.Tests.Tunnels;

/// <summary>Two sites in virtual time: s3 with h1 and h3, and s2 with h2 at one, the spares s4 and s5 at the other,
/// where
/// h4 is. Between them a ring of switches that carry tunnels: f1 at the first site, f2 at the second, f3
/// aside.</summary>
internal sealed class TwoSiteBed : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);
    private static readonly LinkOptions Link = new() { Delay = TimeSpan.FromMilliseconds(0.5) };
    private readonly Dictionary<string, long> _crossings = [];

    public TwoSiteBed(Func<NetworkDescription, NetworkDescription>? change = null, OpenFlowVersion[]? fabric = null)
    {
        NetworkDescription network = change?.Invoke(Description) ?? Description;
        Bed = new ControllerBed(new LimeOptions { Network = network }, 1, App);
        foreach (PhysicalSwitchDescription each in network.PhysicalSwitches)
        {
            Bed.Network.AddSwitch(each.Name, each.Datapath, each.CarriesTunnels && fabric is not null
                ? new EmulatedSwitchOptions { Versions = fabric }
                : null);
        }
        PlugIn(network);
        Network.Switch("s3").AddPort(new PortNumber(4));
        Network.Switch("s5").AddPort(new PortNumber(4));
        Bed.Network.Tap = Count;
        foreach (EmulatedSwitch each in Bed.Network.Switches) Bed.Connect(each);
        Bed.RunMs(50);
        AddRules("s3", (1, 1), (2, 2), (3, 3), (4, 4));
        AddRules("s2", (1, 1), (2, 2), (1, 3), (1, 4));
        foreach (string name in new[] { "s2", "s3" }) Bed.Barrier(Bed.Virtual(name));
        App.PortChanges.Clear();
    }

    public static NetworkDescription Description { get; } = new()
    {
        PhysicalSwitches =
        [
            Physical(2), Physical(3), Physical(4), Physical(5),
            Physical(11) with { CarriesTunnels = true },
            Physical(12) with { CarriesTunnels = true },
            Physical(13) with { CarriesTunnels = true },
        ],
        PhysicalLinks =
        [
            Cable(3, 2, 2, 1),
            .. Enumerable.Range(0, 5).Select(i => Cable(3, 11 + (uint)i, 11, 1 + (uint)i)),
            Cable(2, 11, 11, 11), Cable(2, 12, 11, 12),
            .. Enumerable.Range(0, 5).Select(i => Cable(4, 11 + (uint)i, 12, 1 + (uint)i)),
            .. Enumerable.Range(0, 5).Select(i => Cable(5, 11 + (uint)i, 12, 11 + (uint)i)),
            Cable(11, 21, 12, 21), Cable(11, 22, 13, 21), Cable(13, 22, 12, 22),
        ],
        VirtualSwitches = [Virtual("s2", 2, 2), Virtual("s3", 3, 4)],
        VirtualLinks = [new(new("s3", new(2)), new("s2", new(1)))],
    };

    public RecordingApp App { get; } = new();

    public ControllerBed Bed { get; }

    public EmulatedNetwork Network => Bed.Network;

    /// <summary>s3 clones to s4; h1 and h3 stay, and h4 is there.</summary>
    public static MigrationPlan Plan { get; } = new("s3", new DatapathId(4))
    {
        DrainQuietTime = Quiet,
        TargetPorts = [new(new PortNumber(4), new PortNumber(4))],
    };

    /// <summary>Frames with an IPv4 packet that have passed a link of the fabric's ring, either way.</summary>
    public long Crossings(string link) => _crossings.GetValueOrDefault(link);

    public EmulatedHost Host(int number) => Network.Host($"h{number}");

    /// <summary>Pings between two hosts, each millisecond.</summary>
    public Pinger StartPings(int from, int to)
    {
        Pinger pinger = Host(from).CreatePinger(
            Host(to).Ip, new PingerOptions { Interval = TimeSpan.FromMilliseconds(1) });
        pinger.Start();
        return pinger;
    }

    /// <summary>Pings that begin now and are answered or lost when this returns.</summary>
    public PingSummary Ping(int from, int to, int count)
    {
        Pinger pinger = StartPings(from, to);
        Bed.RunMs(count - 0.5);
        pinger.Stop();
        Bed.RunMs(50);
        return pinger.Summarise();
    }

    public IMigration Start(MigrationPlan plan) =>
        Bed.Controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();

    public MigrationProgress Finish(IMigration migration) =>
        Bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(10));

    public MigrationProgress Migrate(MigrationPlan plan) => Finish(Start(plan));

    public MigrationPreview Preview(MigrationPlan plan) =>
        Bed.Loop.RunUntilDone(Bed.Controller.Ensembles.PreviewAsync(plan), TimeSpan.FromMinutes(1));

    /// <summary>Lime's own rules on a switch that carry tunnels, as text.</summary>
    public string[] CarrierRulesOf(string name) => ControllerBed.Describe(CarriersOf(name));

    public IEnumerable<FlowStatistics> CarriersOf(string name) =>
        Network.Switch(name).Flows.Where(each => each.Cookie == CarrierRules.Mark);

    public void Dispose() => Bed.Dispose();

    private void PlugIn(NetworkDescription network)
    {
        foreach ((int number, string at, uint port) in
            new[] { (1, "s3", 1u), (3, "s3", 3u), (2, "s2", 2u), (4, "s4", 4u) })
        {
            EmulatedHost host = Bed.AddHost($"h{number}", (uint)number);
            Network.Connect(Network.Switch(at), new PortNumber(port), host, Link);
        }
        foreach (EmulatedHost each in Network.Hosts)
        {
            foreach (EmulatedHost other in Network.Hosts)
            {
                if (each != other) each.AddNeighbour(other.Ip, other.Mac);
            }
        }
        foreach (PhysicalLink each in network.PhysicalLinks)
        {
            Network.Connect(
                Network.Switch(NameOf(each.A.Datapath)), each.A.Port,
                Network.Switch(NameOf(each.B.Datapath)), each.B.Port, Link);
        }
    }

    /// <summary>Sends to each host by its address; what is sent to all is flooded.</summary>
    private void AddRules(string name, params (uint Port, int Host)[] places)
    {
        foreach ((uint port, int host) in places)
        {
            Bed.Send(Bed.Virtual(name), new FlowMod
            {
                Match = Match.Any.WithEthDestination(new MacAddress(0x0200_0000_0000UL | (uint)host)),
                Priority = 100,
                Actions = ActionList.Output(new PortNumber(port)),
            });
        }
        Bed.Send(Bed.Virtual(name), new FlowMod
        {
            Match = Match.Any.WithEthDestination(new MacAddress(0xffff_ffff_ffffUL)),
            Priority = 90,
            Actions = ActionList.Output(PortNumber.Flood),
        });
    }

    private void Count(in FrameEvent frame)
    {
        bool isOnRing = frame.From.Node[0] == 'f' && frame.To.Node[0] == 'f';
        if (isOnRing && frame.Kind == FrameEventKind.Sent)
            _crossings[frame.Link.Name] = _crossings.GetValueOrDefault(frame.Link.Name) + 1;
    }

    private static string NameOf(DatapathId datapath) =>
        datapath.Value > 10 ? $"f{datapath.Value - 10}" : $"s{datapath.Value}";

    private static PhysicalSwitchDescription Physical(uint number) =>
        new(NameOf(new DatapathId(number)), new DatapathId(number));

    private static PhysicalLink Cable(uint a, uint portA, uint b, uint portB) =>
        new(new(new DatapathId(a), new PortNumber(portA)), new(new DatapathId(b), new PortNumber(portB)));

    private static VirtualSwitchDescription Virtual(string name, uint on, uint ports) => new(
        name, new DatapathId(on), new DatapathId(on),
        [.. Enumerable.Range(1, (int)ports).Select(i => new PortMapping(new((uint)i), new((uint)i)))]);
}
