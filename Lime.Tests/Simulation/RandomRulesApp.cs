using Lime.Core.Apps;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>Adds, modifies and deletes rules that overlap, each version with a mark of its own, so that a packet tells
/// which one it met.</summary>
/// <remarks>Every pattern has a priority of its own: which of two overlapping rules of one priority a switch takes is
/// not defined (1.0.0 section 3.4).</remarks>
internal sealed class RandomRulesApp : SimulatedApp
{
    private readonly Match[] _patterns;
    private int _versions;
    private bool _isBegun;

    public RandomRulesApp(Scenario scenario, Random dice) : base(scenario, dice)
    {
        Match ip = Match.Any.WithEthType(0x0800);
        Match udp = ip.WithIpProtocol(17);
        _patterns =
        [
            ip,
            .. Enumerable.Range(1, scenario.Hosts).Select(i => ip.WithInPort(new PortNumber((uint)i))),
            .. Enumerable.Range(1, scenario.Hosts).Select(i => ip.WithIpv4Destination(MarkedFrame.IpOf((uint)i))),
            udp.WithTransportDestination(2001),
            udp.WithInPort(new PortNumber(1)).WithTransportDestination(2002),
        ];
    }

    public override AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (Dice.Next(2) == 0) SendOut(virtualSwitch, packetIn, AnyPort());
        return AppVerdict.Continue;
    }

    public override void Begin()
    {
        _isBegun = true;
        for (int i = 0; i < _patterns.Length; i += 2) Switch!.Send(NewVersion(i));
    }

    protected override void Change(IVirtualSwitch connected)
    {
        if (!_isBegun)
        {
            Begin();
            return;
        }
        FlowMod change = NewVersion(Dice.Next(_patterns.Length));
        switch (Dice.Next(12))
        {
            case 0 or 1 or 2 or 3:
                connected.Send(change);
                break;
            case 4 or 5 or 6:
                connected.Send(change with { Command = FlowModCommand.ModifyStrict });
                break;
            case 7:
                connected.Send(change with { Command = FlowModCommand.Modify });
                break;
            case 8 or 9:
                connected.Send(change with { Command = FlowModCommand.DeleteStrict });
                break;
            case 10:
                connected.Send(change with { Command = FlowModCommand.Delete, OutPort = FilterPort() });
                break;
            default:
                AddOverlapping(connected, change);
                break;
        }
    }

    /// <summary>A rule that is refused, since it overlaps one of its priority: the one sent just before.</summary>
    private void AddOverlapping(IVirtualSwitch connected, FlowMod change)
    {
        FlowMod narrow = NewVersion(1);
        connected.Send(narrow);
        connected.Send(change with
        {
            Match = Match.Any.WithEthType(0x0800),
            Priority = narrow.Priority,
            Flags = FlowModFlags.CheckOverlap,
        });
    }

    private PortNumber FilterPort() => Dice.Next(2) == 0 ? PortNumber.Any : AnyHost();

    private FlowMod NewVersion(int pattern) => new()
    {
        Match = _patterns[pattern],
        Priority = (ushort)(100 + pattern),
        Cookie = new Cookie((ulong)++_versions),
        Flags = Dice.Next(2) == 0 ? FlowModFlags.SendFlowRemoved : FlowModFlags.None,
        IdleTimeoutSeconds = (ushort)(Scenario.HasTimeouts ? Dice.Next(3) : 0),
        HardTimeoutSeconds = (ushort)(Scenario.HasTimeouts && Dice.Next(3) == 0 ? Dice.Next(1, 4) : 0),
        Actions = Act(FlowAction.SetIpTos((byte)((_versions % 63 * 4) + 4))),
    };

    private ActionList Act(FlowAction mark) => Dice.Next(10) switch
    {
        0 => ActionList.Drop,
        1 => ActionList.Of(mark, FlowAction.Output(PortNumber.Controller)),
        2 => ActionList.Of(mark, FlowAction.Output(AnyHost()), FlowAction.Output(PortNumber.Controller)),
        3 or 4 => ActionList.Of(mark, FlowAction.Output(PortNumber.Flood)),
        5 => ActionList.Of(FlowAction.Output(AnyHost()), mark, FlowAction.Output(PortNumber.InPort)),
        _ => ActionList.Of(mark, FlowAction.Output(AnyHost())),
    };

    private PortNumber AnyHost() => new((uint)Dice.Next(1, Scenario.Hosts + 1));

    /// <summary>In 1.0 only its looks tell which entry sent a packet up while rules take on the form that they have
    /// while cloned; where no barrier ends that, a packet that looks from the start as a rule makes it look is in
    /// doubt.</summary>
    private bool IsNameless => Scenario is { IsLagging: true, Version: OpenFlowVersion.V10 };

    private PortNumber AnyPort() => Dice.Next(4) switch
    {
        0 => PortNumber.Flood,
        1 when !IsNameless => PortNumber.Table,
        _ => AnyHost(),
    };
}
