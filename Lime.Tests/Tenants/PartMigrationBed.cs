using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;

namespace Lime.Tests.Tenants;

/// <summary>Two tenants of two hosts with the same addresses, each host behind a switch of its own that has a cable to
/// p1,
/// which both share, and one to p2, a spare: red at the ports 1 and 2, blue at 3 and 4.</summary>
internal sealed class PartMigrationBed : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);

    public PartMigrationBed(OpenFlowVersion version)
    {
        var options = new LimeOptions
        {
            Network = Describe(),
            Channel = ChannelOptions.Default with { Versions = [version] },
        };
        Bed = new ControllerBed(options, 1, Red, Blue);
        EmulatedSwitch p1 = Bed.Network.AddSwitch("p1", new DatapathId(1));
        EmulatedSwitch p2 = Bed.Network.AddSwitch("p2", new DatapathId(2));
        var link = new LinkOptions { Delay = TimeSpan.FromMilliseconds(0.5) };
        for (uint i = 1; i <= 4; i++)
        {
            EmulatedSwitch edge = Bed.Network.AddSwitch($"e{i}", new DatapathId(10 + i));
            EmulatedHost host = Bed.AddHost(i <= 2 ? $"r{i}" : $"b{i - 2}", i <= 2 ? i : i - 2);
            Bed.Network.Connect(edge, new PortNumber(1), host, link);
            Bed.Network.Connect(edge, new PortNumber(2), p1, new PortNumber(i), link);
            Bed.Network.Connect(edge, new PortNumber(3), p2, new PortNumber(i), link);
        }
        foreach (string tenant in new[] { "r", "b" })
        {
            EmulatedHost one = Bed.Network.Host($"{tenant}1");
            EmulatedHost two = Bed.Network.Host($"{tenant}2");
            one.AddNeighbour(two.Ip, two.Mac);
            two.AddNeighbour(one.Ip, one.Mac);
        }
        Bed.ConnectAndSettle([.. Bed.Network.Switches]);
        for (uint i = 1; i <= 4; i++)
        {
            Bed.Send(Bed.Virtual($"e{i}"), ControllerBed.Forward(1, 2));
            Bed.Send(Bed.Virtual($"e{i}"), ControllerBed.Forward(2, 1));
        }
        FillTenant(Bed.Virtual("red"));
        FillTenant(Bed.Virtual("blue"));
        Bed.RunMs(50);
    }

    public TenantApp Red { get; } = new("red");

    public TenantApp Blue { get; } = new("blue");

    public ControllerBed Bed { get; }

    public Pinger StartPings(string tenant)
    {
        EmulatedHost to = Bed.Network.Host($"{tenant}2");
        Pinger pinger = Bed.Network.Host($"{tenant}1")
            .CreatePinger(to.Ip, new PingerOptions { Interval = TimeSpan.FromMilliseconds(1) });
        pinger.Start();
        return pinger;
    }

    public IMigration Start(string tenant, uint to, MigrationMethod method) => Bed.Controller.Ensembles
        .MigrateAsync(new MigrationPlan(tenant, new DatapathId(to)) { Method = method, DrainQuietTime = Quiet })
        .AsTask().GetAwaiter().GetResult();

    public MigrationProgress Finish(IMigration migration) =>
        Bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(10));

    /// <summary>The rules at a switch that a tenant has there, by its first port's number.</summary>
    public int RulesAt(string name, string tenant)
    {
        uint first = tenant == "red" ? 1u : 3u;
        return Bed.Network.Switch(name).Flows.Count(each => each.Match.InPort is { } port
            && (port.Value == first || port.Value == first + 1) && each.Cookie != TableMissRule.Mark);
    }

    public void Dispose() => Bed.Dispose();

    private void FillTenant(VirtualSwitch own)
    {
        Bed.Send(own, new FlowMod
        {
            Priority = 10, Flags = FlowModFlags.SendFlowRemoved, IdleTimeoutSeconds = 30, Actions = ActionList.Flood,
        });
        Bed.Send(own, new FlowMod
        {
            Priority = 20, Match = Match.Any.WithInPort(new PortNumber(2)),
            Actions = ActionList.Output(new PortNumber(1)),
        });
    }

    private static NetworkDescription Describe()
    {
        static PortMapping At(uint virtualPort, uint physicalPort) => new(new(virtualPort), new(physicalPort));
        return new NetworkDescription
        {
            PhysicalSwitches =
            [
                new("p1", new DatapathId(1)), new("p2", new DatapathId(2)),
                .. Enumerable.Range(1, 4).Select(i => new PhysicalSwitchDescription($"e{i}", new((ulong)i + 10))),
            ],
            PhysicalLinks =
            [
                .. Enumerable.Range(1, 4).SelectMany(i => Enumerable.Range(1, 2).Select(p => new PhysicalLink(
                    new(new((ulong)i + 10), new((uint)p + 1)), new(new((ulong)p), new((uint)i))))),
            ],
            VirtualSwitches =
            [
                new("red", new(21), new(1), [At(1, 1), At(2, 2)]),
                new("blue", new(22), new(1), [At(1, 3), At(2, 4)]),
                .. Enumerable.Range(1, 4).Select(i => new VirtualSwitchDescription(
                    $"e{i}", new((ulong)i + 10), new((ulong)i + 10), [At(1, 1), At(2, 2)])),
            ],
            VirtualLinks =
            [
                .. Enumerable.Range(1, 4).Select(i => new VirtualLink(
                    new($"e{i}", new(2)), new(i <= 2 ? "red" : "blue", new((uint)(i <= 2 ? i : i - 2))))),
            ],
        };
    }
}
