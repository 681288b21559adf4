using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>A learning switch: floods what is for somebody it has not seen, and gives rules for pairs it has.</summary>
internal sealed class LearningApp(Scenario scenario, Random dice) : SimulatedApp(scenario, dice)
{
    private readonly Dictionary<MacAddress, PortNumber> _ports = [];

    public override AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        MacAddress destination = MacAddress.Read(packetIn.Data);
        MacAddress source = MacAddress.Read(packetIn.Data[6..]);
        _ports[source] = packetIn.InPort;
        if (!_ports.TryGetValue(destination, out PortNumber outPort))
        {
            SendOut(virtualSwitch, packetIn, PortNumber.Flood);
            return AppVerdict.Continue;
        }
        if (MayChange()) virtualSwitch.Send(RuleFor(packetIn.InPort, source, destination, outPort));
        SendOut(virtualSwitch, packetIn, outPort);
        return AppVerdict.Continue;
    }

    /// <summary>Forgets a pair, or everybody's rules.</summary>
    protected override void Change(IVirtualSwitch connected)
    {
        if (_ports.Count < 2) return;
        MacAddress[] known = [.. _ports.Keys];
        MacAddress one = known[Dice.Next(known.Length)];
        connected.Send(new FlowMod
        {
            Command = FlowModCommand.Delete,
            Match = Dice.Next(4) == 0 ? Match.Any : Match.Any.WithEthDestination(one),
        });
    }

    private FlowMod RuleFor(PortNumber inPort, MacAddress source, MacAddress destination, PortNumber outPort) => new()
    {
        Match = Match.Any.WithInPort(inPort).WithEthSource(source).WithEthDestination(destination),
        Priority = 10,
        Cookie = new Cookie(source.Value ^ (destination.Value << 8)),
        Flags = FlowModFlags.SendFlowRemoved,
        IdleTimeoutSeconds = (ushort)(Scenario.HasTimeouts ? Dice.Next(3) : 0),
        Actions = ActionList.Output(outPort),
    };
}
