using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Translation;

/// <summary>Virtual actions to an instance's.</summary>
internal static class ActionTranslation
{
    /// <summary>What <paramref name="actions"/> amount to at an instance.</summary>
    /// <param name="actions">Virtual actions.</param>
    /// <param name="map">The instance's map.</param>
    /// <param name="virtualIngress">Where the packet came in, or Any if the actions serve packets from
    /// anywhere; those may be translated only where ingress doesn't matter
    /// (<see cref="DependOnIngress(ActionList, InstanceMap)"/>).</param>
    /// <param name="physicalIngress">The physical port that it came in by, or Any.</param>
    /// <remarks>OpenFlow 1.0.0 section 5.2.4: an output to the ingress port is dropped unless it says
    /// IN_PORT. The virtual ingress decides what is dropped; where a wanted egress happens to be the physical
    /// ingress, IN_PORT says so. A part of a switch holds no packets back (the switch's buffers are everybody's): it
    /// sends all of each to the controller.</remarks>
    public static ActionList Translate(
        ActionList actions, InstanceMap map, PortNumber virtualIngress, PortNumber physicalIngress)
    {
        if (map.IsIdentity || actions.Count == 0) return actions;
        if (actions.Count == 1 && TranslateOne(actions, map, virtualIngress, physicalIngress) is { } single)
            return single;
        var translated = new List<FlowAction>(actions.Count + map.Places.Length);
        foreach (FlowAction action in actions.AsSpan())
        {
            bool isToPort = action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue;
            if (!isToPort) translated.Add(action);
            else AddOutput(translated, action, map, (virtualIngress, physicalIngress));
        }
        return ActionList.Of([.. translated]);
    }

    /// <summary>What a rule's instructions amount to at an instance; only actions name ports.</summary>
    public static InstructionSet Translate(
        in InstructionSet instructions, InstanceMap map, PortNumber virtualIngress, PortNumber physicalIngress)
    {
        ActionList actions = Translate(instructions.Actions, map, virtualIngress, physicalIngress);
        FlowInstructions others = instructions.Others;
        if (others.WriteActions is { } set && !map.IsIdentity)
            others = others.WithWriteActions(Translate(set, map, virtualIngress, physicalIngress));
        return new InstructionSet(actions, others);
    }

    /// <summary>Whether the translation differs between ingress ports, so that a rule which matches them all
    /// has to be installed once for each.</summary>
    public static bool DependOnIngress(in InstructionSet instructions, InstanceMap map) =>
        DependOnIngress(instructions.Actions, map)
        || (instructions.Others.WriteActions is { } set && DependOnIngress(set, map));

    /// <summary>Whether the translation of actions differs between ingress ports.</summary>
    public static bool DependOnIngress(ActionList actions, InstanceMap map)
    {
        if (map.IsIdentity || map.IsPlain) return false;
        foreach (FlowAction action in actions.AsSpan())
        {
            bool isToPort = action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue;
            if (isToPort && IsOdd(action.Port, map)) return true;
        }
        return false;
    }

    /// <summary>The usual lists of one action, without an allocation.</summary>
    private static ActionList? TranslateOne(
        ActionList actions, InstanceMap map, PortNumber virtualIngress, PortNumber physicalIngress)
    {
        FlowAction action = actions[0];
        if (action.Kind != FlowActionKind.Output) return null;
        if (action.Port == PortNumber.Controller) return map.IsPartial ? ActionList.ToController : actions;
        bool isFlood = action.Port == PortNumber.Flood || action.Port == PortNumber.All;
        bool isAnyIngress = map.IsPlain || physicalIngress == PortNumber.Any;
        if (isFlood && isAnyIngress) return map.FloodFrom(virtualIngress, action.Port);
        if (!action.Port.IsPhysical || map.PlaceOf(action.Port) is not { } place) return null;
        if (action.Port == virtualIngress) return ActionList.Drop;
        return ActionList.Output(place.Egress == physicalIngress ? PortNumber.InPort : place.Egress);
    }

    private static bool IsOdd(PortNumber port, InstanceMap map)
    {
        bool concernsAll = port == PortNumber.Flood || port == PortNumber.All || port == PortNumber.InPort;
        return concernsAll || (port.IsPhysical && map.PlaceOf(port) is { IsPlain: false });
    }

    private static void AddOutput(
        List<FlowAction> into, FlowAction action, InstanceMap map, (PortNumber Virtual, PortNumber Physical) ingress)
    {
        if (action.Port == PortNumber.Flood || action.Port == PortNumber.All)
        {
            foreach ((PortNumber virtualPort, PortPlace _) in map.Places)
            {
                if (map.Reaches(action.Port, virtualPort))
                    AddOutput(into, action.WithPort(virtualPort), map, ingress);
            }
            return;
        }
        bool isBackOut = action.Port == PortNumber.InPort && ingress.Virtual.IsPhysical;
        PortNumber target = isBackOut ? ingress.Virtual : action.Port;
        if (!target.IsPhysical)
        {
            bool isWhole = map.IsPartial && target == PortNumber.Controller;
            into.Add(isWhole ? FlowAction.Output(PortNumber.Controller) : action);
            return;
        }
        if (target == ingress.Virtual && !isBackOut) return;
        if (map.PlaceOf(target) is not { } place) return;
        into.Add(action.WithPort(place.Egress == ingress.Physical ? PortNumber.InPort : place.Egress));
    }
}
