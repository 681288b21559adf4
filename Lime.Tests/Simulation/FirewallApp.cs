using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>A stateful firewall: host 1 is inside; the others may answer it once it has asked them.</summary>
/// <remarks>H-30. A reply from outside that comes up is one that nobody asked for, and is dropped.</remarks>
internal sealed class FirewallApp(Scenario scenario, Random dice) : SimulatedApp(scenario, dice)
{
    private static readonly PortNumber Inside = new(1);
    private readonly HashSet<uint> _asked = [];

    public override AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        uint to = (uint)MacAddress.Read(packetIn.Data).Value & 0xff;
        bool isQuestion = packetIn.InPort == Inside && to >= 2 && to <= Scenario.Hosts;
        if (!isQuestion) return AppVerdict.Continue;
        _asked.Add(to);
        var outside = new PortNumber(to);
        if (MayChange())
        {
            virtualSwitch.Send(Allow(outside, Inside, 1, to));
            virtualSwitch.Send(Allow(Inside, outside, to, to));
        }
        SendOut(virtualSwitch, packetIn, outside);
        return AppVerdict.Continue;
    }

    /// <summary>Closes a way again; the next question opens it.</summary>
    protected override void Change(IVirtualSwitch connected)
    {
        if (_asked.Count == 0) return;
        uint one = _asked.ElementAt(Dice.Next(_asked.Count));
        connected.Send(Allow(new PortNumber(one), Inside, 1, one) with { Command = FlowModCommand.DeleteStrict });
        connected.Send(Allow(Inside, new PortNumber(one), one, one) with { Command = FlowModCommand.DeleteStrict });
    }

    private FlowMod Allow(PortNumber from, PortNumber to, uint destination, uint cookie) => new()
    {
        Match = Match.Any.WithInPort(from).WithEthDestination(MarkedFrame.MacOf(destination)),
        Priority = (ushort)(1000 + destination),
        Cookie = new Cookie(cookie),
        Flags = FlowModFlags.SendFlowRemoved,
        IdleTimeoutSeconds = (ushort)(Scenario.HasTimeouts ? Dice.Next(3) : 0),
        Actions = ActionList.Output(to),
    };
}
