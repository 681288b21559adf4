using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Translation;

/// <summary>A virtual rule to an instance's rules, and back.</summary>
internal static class RuleTranslation
{
    /// <summary>Adds to <paramref name="into"/> what a virtual rule amounts to at an instance: one rule; one
    /// for each attachment by which its ingress port's packets may arrive (paper section 3: rules are
    /// duplicated); or one for each attachment of every port, where its actions depend on it.</summary>
    public static void Translate(in Match match, ActionList actions, InstanceMap map, List<PhysicalRule> into)
    {
        if (map.IsIdentity)
        {
            into.Add(new PhysicalRule(match, actions));
        }
        else if (match.InPort is { IsPhysical: true } inPort)
        {
            if (map.PlaceOf(inPort) is { } place) AddForEach(match, actions, map, (inPort, place), into);
        }
        else if (match.InPort is null && ActionTranslation.DependOnIngress(actions, map))
        {
            foreach ((PortNumber virtualPort, PortPlace place) in map.Places)
                AddForEach(match, actions, map, (virtualPort, place), into);
        }
        else
        {
            ActionList translated = ActionTranslation.Translate(actions, map, PortNumber.Any, PortNumber.Any);
            into.Add(new PhysicalRule(match, translated));
        }
    }

    /// <summary>The virtual matches that an instance's rule may belong to: as it stands, and, for a rule that
    /// was expanded over the ingress ports, without the port.</summary>
    /// <returns>False if it matches a port that belongs to no virtual one.</returns>
    public static bool TryToVirtual(in Match physical, InstanceMap map, out Match virtualMatch)
    {
        virtualMatch = physical;
        if (map.IsIdentity || physical.InPort is not { } inPort) return true;
        if (!map.TryToVirtual(inPort, out PortNumber virtualPort)) return false;
        virtualMatch = physical.WithInPort(virtualPort);
        return true;
    }

    private static void AddForEach(
        in Match match,
        ActionList actions,
        InstanceMap map,
        (PortNumber VirtualPort, PortPlace Place) ingress,
        List<PhysicalRule> into)
    {
        foreach (PortNumber physicalPort in ingress.Place.Ingress)
        {
            ActionList translated = ActionTranslation.Translate(actions, map, ingress.VirtualPort, physicalPort);
            into.Add(new PhysicalRule(match.WithInPort(physicalPort), translated));
        }
    }
}
