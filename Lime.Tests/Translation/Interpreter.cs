using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Tests.Translation;

/// <summary>What OpenFlow 1.0.0 section 3.3 says of output actions, said twice: for the virtual switch, and
/// for the instance. Outcomes are lines "physical port, type of service" in order of the alphabet.</summary>
internal static class Interpreter
{
    /// <summary>Where a packet ends by virtual actions, each virtual port replaced by where it is.</summary>
    public static IEnumerable<string> RunVirtual(ActionList actions, PortNumber inPort, InstanceMap map)
    {
        PortNumber[] all = [.. map.Places.Select(each => each.Key)];
        return Run(actions, inPort, all)
            .Select(each => each.Port.IsPhysical ? (map.PlaceOf(each.Port)!.Egress, each.Tos) : each)
            .Select(Line).Order(StringComparer.Ordinal);
    }

    /// <summary>Where a packet ends at an instance that has these rules and ports; null if none
    /// matches.</summary>
    /// <exception cref="InvalidOperationException">More than one rule matches.</exception>
    public static IEnumerable<string>? RunPhysical(
        IEnumerable<PhysicalRule> rules, in PacketFields fields, PortNumber[] ports)
    {
        PacketFields packet = fields;
        PhysicalRule[] matching = [.. rules.Where(each => each.Match.Matches(packet))];
        if (matching.Length == 0) return null;
        return Run(matching.Single().Actions, packet.InPort, ports).Select(Line).Order(StringComparer.Ordinal);
    }

    private static List<(PortNumber Port, ulong Tos)> Run(ActionList actions, PortNumber inPort, PortNumber[] ports)
    {
        var sent = new List<(PortNumber Port, ulong Tos)>();
        ulong tos = 0;
        foreach (FlowAction action in actions)
        {
            if (action.Kind == FlowActionKind.SetIpTos) tos = action.Value;
            else sent.AddRange(Output(action.Port, inPort, ports).Select(port => (port, tos)));
        }
        return sent;
    }

    private static IEnumerable<PortNumber> Output(PortNumber port, PortNumber inPort, PortNumber[] ports)
    {
        if (port == PortNumber.InPort) return [inPort];
        if (port == PortNumber.Controller) return [port];
        bool isFlood = port == PortNumber.Flood || port == PortNumber.All;
        if (isFlood) return ports.Where(each => each != inPort);
        return port != inPort && ports.Contains(port) ? [port] : [];
    }

    private static string Line((PortNumber Port, ulong Tos) sent) => $"{sent.Port} {sent.Tos}";
}
