using System.Buffers.Binary;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Translation;

/// <summary>A virtual rule to an instance's rules, and back.</summary>
internal static class RuleTranslation
{
    /// <summary>Adds to <paramref name="into"/> what a virtual rule amounts to at an instance: one rule; one
    /// for each attachment by which its ingress port's packets may arrive (paper section 3: rules are
    /// duplicated); or one for each attachment of every port, where its actions depend on it or other ports are not the
    /// virtual switch's. So the rules of virtual switches that share a physical one never match the same
    /// packets.</summary>
    public static void Translate(
        in Match match, in InstructionSet instructions, InstanceMap map, List<PhysicalRule> into)
    {
        if (map.IsIdentity)
        {
            into.Add(new PhysicalRule(match, instructions));
        }
        else if (match.InPort is { IsPhysical: true } inPort)
        {
            if (map.PlaceOf(inPort) is { } place) AddForEach(match, instructions, map, (inPort, place), into);
        }
        else if (match.InPort is null && (map.IsPartial || ActionTranslation.DependOnIngress(instructions, map)))
        {
            foreach ((PortNumber virtualPort, PortPlace place) in map.Places)
                AddForEach(match, instructions, map, (virtualPort, place), into);
        }
        else if (!map.IsPartial) // No packet comes from a reserved port to a part of a switch.
        {
            InstructionSet translated =
                ActionTranslation.Translate(instructions, map, PortNumber.Any, PortNumber.Any);
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
        if (BeneathOf(physical) is { } beneath)
        {
            if (!map.TryToVirtual(beneath, out PortNumber virtualBeneath)) return false;
            virtualMatch = WithBeneath(virtualMatch, virtualBeneath);
        }
        virtualMatch = virtualMatch.WithInPort(virtualPort);
        return true;
    }

    private static void AddForEach(
        in Match match,
        in InstructionSet instructions,
        InstanceMap map,
        (PortNumber VirtualPort, PortPlace Place) ingress,
        List<PhysicalRule> into)
    {
        foreach (PortNumber physicalPort in ingress.Place.Ingress)
        {
            InstructionSet translated =
                ActionTranslation.Translate(instructions, map, ingress.VirtualPort, physicalPort);
            Match physical = match.WithInPort(physicalPort);
            if (BeneathOf(match) is { } beneath)
            {
                PortNumber at = beneath == ingress.VirtualPort
                    ? physicalPort
                    : map.PlaceOf(beneath)?.Egress ?? beneath;
                physical = WithBeneath(physical, at);
            }
            into.Add(new PhysicalRule(physical, translated));
        }
    }

    /// <summary>The port beneath a logical ingress port (in_phy_port; 1.3.5 section 7.2.3.8: with in_port only), if
    /// it is matched.</summary>
    private static PortNumber? BeneathOf(in Match match) =>
        match.Further.Count > 0 && match.Further.Find(OxmId.InPhysicalPort) is { HasMask: false } field
            ? new PortNumber(BinaryPrimitives.ReadUInt32BigEndian(field.Value))
            : null;

    private static Match WithBeneath(in Match match, PortNumber port)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, port.Value);
        return match.WithFurther(match.Further.With(OxmField.Of(OxmId.InPhysicalPort, value)));
    }
}
