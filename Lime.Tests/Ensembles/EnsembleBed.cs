using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <summary>Two sites: virtual switches v1-v2-...-vn, each with hosts, on a1-...-an at the one; spares b1-...-bn cabled
/// alike at the other; and a cable a host between ai and bi, over which a frame takes long, or one between f1 and f2,
/// which
/// carry tunnels for all.</summary>
internal sealed class EnsembleBed : IDisposable
{
    public const uint Left = 1;
    public const uint Right = 2;
    public const uint FirstHost = 11;
    public const uint FirstPath = 41;
    public const uint ToTarget = 20;
    private const uint AcrossPort = 100;
    private readonly EnsembleBedOptions _options;
    private readonly WanCount _wan;

    public EnsembleBed(EnsembleBedOptions options)
    {
        _options = options;
        var lime = new LimeOptions
        {
            Network = Describe(),
            Channel = ChannelOptions.Default with { Versions = [options.Version] },
        };
        Bed = new ControllerBed(lime, options.Seed, [App, .. options.MoreApps]);
        foreach (PhysicalSwitchDescription each in lime.Network.PhysicalSwitches)
            Bed.Network.AddSwitch(each.Name, each.Datapath, options.Hardware);
        Cable(lime.Network);
        AddHosts();
        _wan = new WanCount(Bed.Network);
        foreach (EmulatedSwitch each in Bed.Network.Switches) Bed.Connect(each);
        Bed.RunMs(50);
        if (options.HasRules) InstallRules();
    }

    public RecordingApp App { get; } = new();

    public ControllerBed Bed { get; }

    public List<EmulatedHost> Hosts { get; } = [];

    /// <summary>Frames sent over the cables between the sites.</summary>
    public int WanFrames => _wan.Sent;

    /// <summary>Frames that came to a host from one at the other site: each has to cross once.</summary>
    public int WanFramesLeast => _wan.Least;

    public IEnumerable<EmulatedSwitch> Sources => Site('a');

    public IEnumerable<EmulatedSwitch> Targets => Site('b');

    public VirtualSwitch[] Virtual => [.. Numbers.Select(i => Bed.Virtual($"v{i}"))];

    private DatapathId[] Carriers => _options.IsByTunnels ? [new(0xf1), new(0xf2)] : [];

    private IEnumerable<uint> Numbers => Enumerable.Range(1, _options.Switches).Select(each => (uint)each);

    /// <summary>The plan to move all, hosts in an order that the seed gives.</summary>
    public EnsemblePlan Plan(MigrationMethod method = MigrationMethod.Clone)
    {
        EnsembleHost[] hosts = [.. Hosts.Select(HostOf)];
        new Random(_options.Seed).Shuffle(hosts);
        var mover = new EmulatedHostMover(Bed.Network, Bed.Loop, _options.Mover);
        return new EnsemblePlan(
            [.. Numbers.Select(i => new EnsembleSwitch($"v{i}", Target(i)))], [.. hosts])
        {
            Method = method,
            Mover = _options.Around(mover),
            DrainQuietTime = TimeSpan.FromMilliseconds(60),
            HostMoveTimeout = TimeSpan.FromSeconds(2),
            HostRetryInterval = TimeSpan.FromMilliseconds(50),
        };
    }

    public IEnsembleMigration Start(EnsemblePlan plan) =>
        Bed.Controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();

    public EnsembleProgress Finish(IEnsembleMigration migration) =>
        Bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(10));

    /// <summary>A pinger from every host to every other.</summary>
    public List<(EmulatedHost From, EmulatedHost To, Pinger Pinger)> StartPings(double intervalMs = 10)
    {
        var pingers = new List<(EmulatedHost From, EmulatedHost To, Pinger Pinger)>();
        foreach (EmulatedHost from in Hosts)
        {
            foreach (EmulatedHost to in Hosts.Where(each => each != from))
            {
                Pinger pinger = from.CreatePinger(to.Ip, new PingerOptions
                {
                    Interval = TimeSpan.FromMilliseconds(intervalMs),
                    InitialDelay = TimeSpan.FromMilliseconds(0.37 * pingers.Count),
                });
                pinger.Start();
                pingers.Add((from, to, pinger));
            }
        }
        return pingers;
    }

    /// <summary>The switch that a host is plugged in at.</summary>
    public string SwitchOf(EmulatedHost host) => Bed.Network.Links
        .Where(each => each.EndB.Node == host.Name).Select(each => each.EndA.Node).Single();

    /// <summary>Rules of a switch in virtual ports, Lime's own aside.</summary>
    public static string[] RulesOf(EmulatedSwitch node) => [.. node.Flows
        .Where(each => each.Cookie != TableMissRule.Mark)
        .Select(each => $"{each.Priority} {each.Match} {ToVirtual(each.Actions, node.Name[0] == 'b')}").Order()];

    public void AssertMoved(string[][] before)
    {
        Assert.That(Hosts.Select(SwitchOf), Is.All.StartsWith("b"));
        Assert.That(Targets.Select(RulesOf), Is.EqualTo(before));
        Assert.That(Sources.Select(each => each.FlowCount), Is.All.Zero);
    }

    public void AssertStayed(string[][] before)
    {
        Assert.That(Hosts.Select(SwitchOf), Is.All.StartsWith("a"));
        Assert.That(Sources.Select(RulesOf), Is.EqualTo(before));
        Assert.That(Targets.Select(each => each.FlowCount), Is.All.Zero);
    }

    public void Dispose() => Bed.Dispose();

    private static bool SiteOf(string node) => node[0] == 'a' || node == "f1";

    private static string ToVirtual(ActionList actions, bool isTarget) => string.Join(',', actions.Select(each =>
        each.Port.IsPhysical && isTarget ? $"{each.Port.Value - ToTarget}" : $"{each.Port}").Order());

    private IEnumerable<EmulatedSwitch> Site(char site) => Numbers.Select(i => Bed.Network.Switch($"{site}{i}"));

    private NetworkDescription Describe() => new()
    {
        PhysicalSwitches =
        [
            .. Numbers.Select(i => new PhysicalSwitchDescription($"a{i}", Source(i))),
            .. Numbers.Select(i => new PhysicalSwitchDescription($"b{i}", Target(i))),
            .. Carriers.Select((each, i) => new PhysicalSwitchDescription($"f{i + 1}", each) { CarriesTunnels = true }),
        ],
        PhysicalLinks =
        [
            .. Numbers.Skip(1).Select(i => Link(Source(i - 1), Right, Source(i), Left)),
            .. Numbers.Skip(1).Select(i => Link(Target(i - 1), Right + ToTarget, Target(i), Left + ToTarget)),
            .. Numbers.SelectMany(
                i => Enumerable.Range(0, _options.HostsPerSwitch).SelectMany(k => PathOf(i, (uint)k))),
            .. Carriers.Skip(1).Select(each => Link(Carriers[0], AcrossPort, each, AcrossPort)),
        ],
        VirtualSwitches =
        [
            .. Numbers.Select(i => new VirtualSwitchDescription($"v{i}", Source(i), Source(i), PortsOf(i))),
        ],
        VirtualLinks =
        [
            .. Numbers.Skip(1).Select(i => new VirtualLink(
                new VirtualPort($"v{i - 1}", new PortNumber(Right)), new VirtualPort($"v{i}", new PortNumber(Left)))),
        ],
    };

    private IEnumerable<PhysicalLink> PathOf(uint number, uint host)
    {
        (uint near, uint far) = (FirstPath + host, FirstPath + ToTarget + host);
        if (!_options.IsByTunnels) return [Link(Source(number), near, Target(number), far)];
        uint port = (number * 8) + host;
        return [Link(Source(number), near, Carriers[0], port), Link(Target(number), far, Carriers[1], port)];
    }

    private ImmutableArray<PortMapping> PortsOf(uint number)
    {
        List<uint> ports = [.. Enumerable.Range(0, _options.HostsPerSwitch).Select(k => FirstHost + (uint)k)];
        if (number > 1) ports.Add(Left);
        if (number < _options.Switches) ports.Add(Right);
        return [.. ports.Select(each => new PortMapping(new PortNumber(each), new PortNumber(each)))];
    }

    private void Cable(NetworkDescription network)
    {
        foreach (PhysicalLink each in network.PhysicalLinks)
        {
            EmulatedSwitch a = Bed.Network.Switches.Single(node => node.Datapath == each.A.Datapath);
            EmulatedSwitch b = Bed.Network.Switches.Single(node => node.Datapath == each.B.Datapath);
            double ms = SiteOf(a.Name) == SiteOf(b.Name) ? 0.2 : _options.WanMs;
            Bed.Network.Connect(a, each.A.Port, b, each.B.Port, new LinkOptions { Delay = Ms(ms) });
        }
    }

    private void AddHosts()
    {
        foreach (uint number in Numbers)
        {
            for (uint k = 0; k < _options.HostsPerSwitch; k++)
            {
                EmulatedHost host = Bed.AddHost($"h{number}{k}", (number * 16) + k);
                Bed.Network.Connect(
                    Bed.Network.Switch($"a{number}"), new PortNumber(FirstHost + k), host,
                    new LinkOptions { Delay = Ms(0.1) });
                Bed.Network.Switch($"b{number}").AddPort(new PortNumber(FirstHost + ToTarget + k));
                foreach (EmulatedHost other in Hosts)
                {
                    other.AddNeighbour(host.Ip, host.Mac);
                    host.AddNeighbour(other.Ip, other.Mac);
                }
                Hosts.Add(host);
            }
        }
    }

    private void InstallRules()
    {
        foreach (uint number in Numbers)
        {
            foreach (EmulatedHost host in Hosts)
            {
                (uint at, uint port) = PlaceOf(host);
                uint egress = at == number ? port : at < number ? Left : Right;
                Bed.Send(Bed.Virtual($"v{number}"), new FlowMod
                {
                    Match = Match.Any.WithEthDestination(host.Mac),
                    Priority = 100,
                    Actions = ActionList.Output(new PortNumber(egress)),
                });
            }
            Bed.Send(Bed.Virtual($"v{number}"), new FlowMod
            {
                Match = Match.Any.WithEthDestination(MacAddress.Broadcast),
                Priority = 50,
                Actions = ActionList.Flood,
            });
            Bed.Barrier(Bed.Virtual($"v{number}"));
        }
    }

    /// <summary>A host's virtual switch and port.</summary>
    public static (uint Switch, uint Port) PlaceOf(EmulatedHost host)
    {
        var number = (uint)(host.Mac.Value & 0xff);
        return (number / 16, FirstHost + (number % 16));
    }

    private static EnsembleHost HostOf(EmulatedHost host)
    {
        (uint at, uint port) = PlaceOf(host);
        return new EnsembleHost(
            host.Name, new VirtualPort($"v{at}", new PortNumber(port)), new PortNumber(port + ToTarget))
        {
            Mac = host.Mac,
        };
    }

    private static DatapathId Source(uint number) => new(0xa0 + number);

    private static DatapathId Target(uint number) => new(0xb0 + number);

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static PhysicalLink Link(DatapathId a, uint portA, DatapathId b, uint portB) =>
        new(new(a, new PortNumber(portA)), new(b, new PortNumber(portB)));
}
