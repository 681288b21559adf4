using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <summary>The paper's Figure 3 in virtual time: h1-s1-s3-s2-h2, with s4 cabled to s1 and s2. The path
/// rules are there and the hosts know each other.</summary>
internal sealed class FigureThreeBed : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan LinkDelay = TimeSpan.FromMilliseconds(0.5);
    private readonly FigureThreeOptions _options;

    public FigureThreeBed(OpenFlowVersion version, FigureThreeOptions? options = null)
    {
        _options = options ?? new FigureThreeOptions();
        LimeOptions lime = _options.Lime with
        {
            Network = Description with
            {
                PhysicalSwitches =
                [
                    Physical(1), Physical(2), Physical(3) with { Mtu = _options.Mtu.Source },
                    Physical(4) with { Mtu = _options.Mtu.Target },
                ],
            },
            Channel = _options.Lime.Channel with { Versions = [version] },
        };
        Bed = new ControllerBed(lime, _options.Seed, [App, .. _options.MoreApps]);
        Build();
        if (_options.Tap is { } tap) Bed.Wire = (node, transport) => tap.Wire(Bed.Loop, node.Name, transport);
        foreach (EmulatedSwitch each in Bed.Network.Switches) Bed.Connect(each, _options.JitterFraction);
        Bed.RunMs(50);
        foreach (string name in new[] { "s1", "s2", "s3" }) InstallPath(Bed.Virtual(name));
        InstallOthers();
        foreach (string name in new[] { "s1", "s2", "s3" }) Bed.Barrier(Bed.Virtual(name));
    }

    public static NetworkDescription Description { get; } = new()
    {
        PhysicalSwitches = [Physical(1), Physical(2), Physical(3), Physical(4)],
        PhysicalLinks = [Cable(1, 2, 3, 1), Cable(3, 2, 2, 1), Cable(1, 3, 4, 5), Cable(4, 6, 2, 3)],
        VirtualSwitches = [Virtual("s1", 1), Virtual("s2", 2), Virtual("s3", 3)],
        VirtualLinks = [new(End("s1", 2), End("s3", 1)), new(End("s3", 2), End("s2", 1))],
    };

    public RecordingApp App { get; } = new();

    public ControllerBed Bed { get; }

    public EmulatedSwitch S3 => Bed.Network.Switch("s3");

    public EmulatedSwitch S4 => Bed.Network.Switch("s4");

    public EmulatedHost H1 => Bed.Network.Host("h1");

    public EmulatedHost H2 => Bed.Network.Host("h2");

    /// <summary>The virtual switch that moves.</summary>
    public VirtualSwitch Moved => Bed.Virtual("s3");

    /// <summary>The rules of s3 or s4 in virtual ports, in an order of their own.</summary>
    public string[] RulesOf(EmulatedSwitch node) => ControllerBed.Describe(node.Flows
        .Where(each => each.Cookie != TableMissRule.Mark).Select(each => node == S4 ? ToVirtual(each) : each));

    /// <summary>How many rules a switch has, Lime's own for what no rule matches aside.</summary>
    public static int RuleCount(EmulatedSwitch node) =>
        node.Flows.Count(each => each.Cookie != TableMissRule.Mark);

    public Pinger StartPings(double intervalMs = 1, bool isBack = false)
    {
        (EmulatedHost from, EmulatedHost to) = isBack ? (H2, H1) : (H1, H2);
        Pinger pinger = from.CreatePinger(to.Ip, new PingerOptions
        {
            Interval = TimeSpan.FromMilliseconds(intervalMs),
            InitialDelay = TimeSpan.FromMilliseconds(0.1 * intervalMs),
        });
        pinger.Start();
        return pinger;
    }

    /// <summary>The plan to move s3, or to move it back.</summary>
    public static MigrationPlan Plan(MigrationMethod method = MigrationMethod.Clone, uint to = 4) =>
        new("s3", new DatapathId(to)) { Method = method, DrainQuietTime = Quiet };

    public IMigration Start(MigrationPlan plan) =>
        Bed.Controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();

    public IMigration Start(MigrationMethod method = MigrationMethod.Clone) => Start(Plan(method));

    public MigrationProgress Finish(IMigration migration) =>
        Bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(10));

    public MigrationProgress Migrate(MigrationPlan plan) => Finish(Start(plan));

    public void RunUntilPhase(IMigration migration, MigrationPhase phase) => Assert.That(
        Bed.RunUntil(() => migration.Progress.Phase == phase), Is.True, $"{phase}; it is {migration.Progress}");

    /// <summary>Clones, and stops when s1 sends to s4 while s2 still sends to s3: both instances carry
    /// traffic until s2's control channel is set free.</summary>
    public IMigration StartAndStopHalfway()
    {
        IMigration migration = Start();
        bool isHalfMoved = Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1);
        Assert.That(isHalfMoved, Is.True, $"half moved; it is {migration.Progress}");
        Bed.Network.Switch("s2").StallControl(true);
        return migration;
    }

    public MigrationProgress ReleaseAndFinish(IMigration migration)
    {
        Bed.Network.Switch("s2").StallControl(false);
        return Finish(migration);
    }

    /// <summary>A UDP packet from h1 to h2, as <see cref="Forward"/> rules with a higher priority may meet
    /// it.</summary>
    public static Match UdpTo(ushort port) =>
        Match.Any.WithEthType(0x0800).WithIpProtocol(17).WithTransportDestination(port);

    public void Dispose() => Bed.Dispose();

    private void Build()
    {
        for (uint i = 1; i <= 4; i++)
        {
            EmulatedSwitchOptions? options = i switch
            {
                4 => _options.Target ?? _options.Moved,
                3 => _options.Moved,
                _ => _options.Neighbours,
            };
            Bed.Network.AddSwitch($"s{i}", new DatapathId(i), options);
        }
        EmulatedHost h1 = Bed.AddHost("h1", 1);
        EmulatedHost h2 = Bed.AddHost("h2", 2);
        h1.AddNeighbour(h2.Ip, h2.Mac);
        h2.AddNeighbour(h1.Ip, h1.Mac);
        var link = new LinkOptions { Delay = LinkDelay, JitterFraction = _options.JitterFraction };
        Bed.Network.Connect(Bed.Network.Switch("s1"), new PortNumber(1), h1, link);
        Bed.Network.Connect(Bed.Network.Switch("s2"), new PortNumber(2), h2, link);
        foreach (PhysicalLink each in Description.PhysicalLinks)
        {
            Bed.Network.Connect(
                Bed.Network.Switch($"s{each.A.Datapath.Value}"), each.A.Port,
                Bed.Network.Switch($"s{each.B.Datapath.Value}"), each.B.Port, link);
        }
    }

    private void InstallPath(IVirtualSwitch virtualSwitch)
    {
        Bed.Send(virtualSwitch, ControllerBed.Forward(1, 2));
        Bed.Send(virtualSwitch, ControllerBed.Forward(2, 1));
    }

    private void InstallOthers()
    {
        for (uint i = 0; i < _options.OtherRules; i++)
        {
            Bed.Send(Moved, new FlowMod
            {
                Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0x0a64_0000 + i)),
                Priority = (ushort)(40 + (i % 7)),
                Cookie = new Cookie(ulong.MaxValue - i),
                Actions = ActionList.Output(new PortNumber((i % 2) + 1)),
            });
        }
    }

    private static FlowStatistics ToVirtual(FlowStatistics rule) => rule with
    {
        Match = rule.Match.InPort is { } port ? rule.Match.WithInPort(new PortNumber(port.Value - 4)) : rule.Match,
        Actions = ActionList.Of([.. rule.Actions.Select(each => each.Port.IsPhysical
            ? each.WithPort(new PortNumber(each.Port.Value - 4))
            : each)]),
    };

    private static PhysicalSwitchDescription Physical(uint number) => new($"s{number}", new DatapathId(number));

    private static PhysicalLink Cable(uint a, uint portA, uint b, uint portB) =>
        new(new(new DatapathId(a), new PortNumber(portA)), new(new DatapathId(b), new PortNumber(portB)));

    private static VirtualSwitchDescription Virtual(string name, uint on) => new(
        name, new DatapathId(on), new DatapathId(on),
        [new(new PortNumber(1), new PortNumber(1)), new(new PortNumber(2), new PortNumber(2))]);

    private static VirtualPort End(string name, uint port) => new(name, new PortNumber(port));
}
