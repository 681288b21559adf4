using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;
using Lime.Tests.Ensembles;
using Lime.Tests.Simulation;

namespace Lime.Tests.TenantSimulation;

/// <summary>A tenant's app at one of its switches: routes to each host, and above them rules that it changes at random,
/// each version with a mark of its own.</summary>
/// <remarks>What a rule hands up it does not forward besides, so that each packet goes over a link once at the most and
/// is known there by its number.</remarks>
internal sealed class TenantApp : SimulatedApp
{
    private readonly uint[] _ports;
    private readonly FlowMod[] _routes;
    private readonly Match[] _patterns;
    private int _versions;

    /// <param name="scenario">What such apps are given.</param>
    /// <param name="dice">Chance.</param>
    /// <param name="at">Which switch in the row.</param>
    /// <param name="tenant">The run.</param>
    public TenantApp(Scenario scenario, Random dice, uint at, TenantScenario tenant) : base(scenario, dice)
    {
        uint[] hosts = HostsOf(tenant);
        _ports = PortsOf(at, tenant);
        _routes =
        [
            .. hosts.Select(host => new FlowMod
            {
                Match = Match.Any.WithEthDestination(MarkedFrame.MacOf(host)),
                Priority = 50,
                Cookie = new Cookie(1000 + host),
                Actions = ActionList.Output(new PortNumber(WayTo(host, at))),
            }),
            new()
            {
                Match = Match.Any.WithEthDestination(MacAddress.Broadcast),
                Priority = 40,
                Cookie = new Cookie(999),
                Actions = ActionList.Flood,
            },
        ];
        Match ip = Match.Any.WithEthType(0x0800);
        Match udp = ip.WithIpProtocol(17);
        _patterns =
        [
            .. _ports.Select(port => ip.WithInPort(new PortNumber(port))),
            .. hosts.Select(host => ip.WithIpv4Destination(MarkedFrame.IpOf(host))),
            udp.WithTransportDestination(2001),
            udp.WithInPort(new PortNumber(_ports[0])).WithTransportDestination(2002),
        ];
    }

    /// <summary>The hosts' numbers.</summary>
    public static uint[] HostsOf(TenantScenario tenant) =>
    [
        .. Enumerable.Range(1, tenant.Switches).SelectMany(
            at => Enumerable.Range(0, tenant.HostsPerSwitch).Select(k => (uint)((at * 16) + k))),
    ];

    /// <summary>A switch's virtual ports, those of hosts first.</summary>
    public static uint[] PortsOf(uint at, TenantScenario tenant)
    {
        List<uint> ports = [.. Enumerable.Range(0, tenant.HostsPerSwitch).Select(k => EnsembleBed.FirstHost + (uint)k)];
        if (at > 1) ports.Add(EnsembleBed.Left);
        if (at < tenant.Switches) ports.Add(EnsembleBed.Right);
        return [.. ports];
    }

    public override AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (Dice.Next(3) > 0) SendOut(virtualSwitch, packetIn, Dice.Next(3) == 0 ? PortNumber.Flood : AnyPort());
        return AppVerdict.Continue;
    }

    public override void Begin()
    {
        foreach (FlowMod each in _routes) Switch!.Send(each);
        for (int i = 0; i < _patterns.Length; i += 3) Switch!.Send(NewVersion(i));
    }

    protected override void Change(IVirtualSwitch connected)
    {
        FlowMod change = NewVersion(Dice.Next(_patterns.Length));
        connected.Send(Dice.Next(10) switch
        {
            < 4 => change,
            < 6 => change with { Command = FlowModCommand.ModifyStrict },
            6 => change with { Command = FlowModCommand.Modify },
            < 9 => change with { Command = FlowModCommand.DeleteStrict },
            _ => change with { Command = FlowModCommand.Delete, OutPort = AnyPort() },
        });
    }

    private static uint WayTo(uint host, uint at)
    {
        uint home = host / 16;
        if (home == at) return EnsembleBed.FirstHost + (host % 16);
        return home < at ? EnsembleBed.Left : EnsembleBed.Right;
    }

    private FlowMod NewVersion(int pattern) => new()
    {
        Match = _patterns[pattern],
        Priority = (ushort)(100 + pattern),
        Cookie = new Cookie((ulong)++_versions),
        Flags = Dice.Next(2) == 0 ? FlowModFlags.SendFlowRemoved : FlowModFlags.None,
        Actions = Act(FlowAction.SetIpTos((byte)((_versions % 63 * 4) + 4))),
    };

    private ActionList Act(FlowAction mark) => Dice.Next(8) switch
    {
        0 => ActionList.Drop,
        1 => ActionList.Of(mark, FlowAction.Output(PortNumber.Controller)),
        2 or 3 => ActionList.Of(mark, FlowAction.Output(PortNumber.Flood)),
        _ => ActionList.Of(mark, FlowAction.Output(AnyPort())),
    };

    private PortNumber AnyPort() => new(_ports[Dice.Next(_ports.Length)]);
}
