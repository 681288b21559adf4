using System.Collections.Frozen;
using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>One instance's part of the network map: where each virtual port is at it, and the
/// inverse.</summary>
/// <remarks>Threading: immutable (the lists it remembers are idempotent).</remarks>
internal sealed class InstanceMap
{
    /// <summary>Virtual and physical ports agree, and every physical port is a virtual one: nothing to
    /// translate.</summary>
    public static readonly InstanceMap Identity = new([], [], isIdentity: true);

    /// <summary>Not the switch's own forwarding, which knows no virtual switches, nor its own machine.</summary>
    private static readonly FrozenSet<PortNumber> ReservedOfPart = new[]
    {
        PortNumber.InPort, PortNumber.Table, PortNumber.Flood, PortNumber.All, PortNumber.Controller, PortNumber.Any,
    }.ToFrozenSet();

    private readonly FrozenDictionary<PortNumber, PortPlace> _places;
    private readonly FrozenDictionary<PortNumber, PortNumber> _toVirtual;
    private readonly Dictionary<(PortNumber Ingress, PortNumber Reserved), ActionList> _floods = [];

    private InstanceMap(
        IEnumerable<KeyValuePair<PortNumber, PortPlace>> places,
        IEnumerable<KeyValuePair<PortNumber, PortNumber>> departing,
        bool isIdentity)
    {
        IsIdentity = isIdentity;
        Places = [.. places.OrderBy(each => each.Key.Value)];
        Departing = [.. departing];
        _places = Places.ToFrozenDictionary();
        var toVirtual = Departing.ToDictionary();
        foreach ((PortNumber virtualPort, PortPlace place) in Places)
        {
            foreach (PortNumber ingress in place.Ingress) toVirtual[ingress] = virtualPort;
        }
        _toVirtual = toVirtual.ToFrozenDictionary();
        IsPlain = Places.All(each => each.Value.IsPlain);
    }

    /// <summary>Whether there is nothing to translate.</summary>
    public bool IsIdentity { get; }

    /// <summary>Whether every virtual port has exactly one attachment, for both directions.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether the physical switch has other virtual switches' ports too: then nothing may reach beyond its
    /// own
    /// ports, and a rule for packets from anywhere is installed for each of them.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>Every physical port that is the virtual switch's: packets may arrive by it, or leave.</summary>
    public IEnumerable<PortNumber> PhysicalPorts =>
        Places.Select(each => each.Value.Egress).Concat(_toVirtual.Keys).Distinct();

    /// <summary>The physical ports that rules may be found for.</summary>
    public IEnumerable<PortNumber> IngressPorts => _toVirtual.Keys;

    /// <summary>Virtual ports in order, each with its place; empty for the identity.</summary>
    public ImmutableArray<KeyValuePair<PortNumber, PortPlace>> Places { get; }

    /// <summary>Virtual ports that FLOOD, though not ALL, leaves out (OFPPC_NO_FLOOD, OpenFlow 1.0.0 section
    /// 5.2.1).</summary>
    public FrozenSet<PortNumber> NotFlooded { get; private init; } = FrozenSet<PortNumber>.Empty;

    /// <summary>Physical ports that no rule is installed for any more, but by which packets and reports may
    /// still arrive.</summary>
    private ImmutableArray<KeyValuePair<PortNumber, PortNumber>> Departing { get; }

    /// <summary>The map for a switch whose virtual ports lie at these physical ports.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="isPartial">Whether others' ports are at the physical switch too.</param>
    public static InstanceMap Of(IEnumerable<PortMapping> ports, bool isPartial = false) => new(
        ports.Select(each => KeyValuePair.Create(each.VirtualPort, PortPlace.At(each.PhysicalPort))), [], false)
    {
        IsPartial = isPartial,
    };

    /// <summary>Where <paramref name="virtualPort"/> is, or null if this instance has no such port.</summary>
    public PortPlace? PlaceOf(PortNumber virtualPort) => IsIdentity
        ? PortPlace.At(virtualPort)
        : _places.GetValueOrDefault(virtualPort);

    /// <summary>Whether a virtual port exists here; of reserved ones those that lead nowhere but to own ports, where
    /// others' are here too.</summary>
    public bool HasPort(PortNumber virtualPort)
    {
        if (IsIdentity) return true;
        if (virtualPort.IsPhysical) return _places.ContainsKey(virtualPort);
        return !IsPartial || ReservedOfPart.Contains(virtualPort);
    }

    /// <summary>Whether every port that the actions name exists here.</summary>
    public bool HasPortsOf(ActionList actions)
    {
        if (IsIdentity) return true; // The switch itself says so.
        foreach (FlowAction action in actions.AsSpan())
        {
            bool isToPort = action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue;
            if (isToPort && !HasPort(action.Port)) return false;
        }
        return true;
    }

    /// <summary>The virtual port that packets from <paramref name="physicalPort"/> arrive at.</summary>
    /// <returns>False for a physical port that belongs to no virtual one.</returns>
    public bool TryToVirtual(PortNumber physicalPort, out PortNumber virtualPort)
    {
        virtualPort = physicalPort;
        return IsIdentity || !physicalPort.IsPhysical || _toVirtual.TryGetValue(physicalPort, out virtualPort);
    }

    /// <summary>The same map with a virtual port at another place; ingress ports that are left out are
    /// remembered as departing until <see cref="WithoutDeparting"/>.</summary>
    public InstanceMap With(PortNumber virtualPort, PortPlace place)
    {
        if (IsIdentity) throw new InvalidOperationException("The identity map names no port to place anew.");
        PortPlace? before = _places.GetValueOrDefault(virtualPort);
        IEnumerable<KeyValuePair<PortNumber, PortNumber>> left = (before?.Ingress ?? [])
            .Where(port => !place.Ingress.Contains(port)).Select(port => KeyValuePair.Create(port, virtualPort));
        return new InstanceMap(
            Places.Where(each => each.Key != virtualPort).Append(KeyValuePair.Create(virtualPort, place)),
            Departing.Where(each => !place.Ingress.Contains(each.Key)).Concat(left), false)
        {
            NotFlooded = NotFlooded,
            IsPartial = IsPartial,
        };
    }

    /// <summary>The same map with other ports that FLOOD leaves out; where nothing is translated the switch does so by
    /// itself.</summary>
    public InstanceMap WithNotFlooded(FrozenSet<PortNumber> ports) => IsIdentity || NotFlooded.SetEquals(ports)
        ? this
        : new InstanceMap(Places, Departing, false) { NotFlooded = ports, IsPartial = IsPartial };

    /// <summary>Whether an output to FLOOD or ALL leads to a virtual port.</summary>
    public bool Reaches(PortNumber reserved, PortNumber virtualPort) =>
        reserved == PortNumber.All || !NotFlooded.Contains(virtualPort);

    /// <summary>The same map, with the departing ports forgotten.</summary>
    public InstanceMap WithoutDeparting() => Departing.IsEmpty
        ? this
        : new InstanceMap(Places, [], IsIdentity) { NotFlooded = NotFlooded, IsPartial = IsPartial };

    /// <summary>The outputs that FLOOD or ALL amounts to for a packet from <paramref name="virtualIngress"/>
    /// (Any: from none): every other virtual port's egress.</summary>
    public ActionList FloodFrom(PortNumber virtualIngress, PortNumber reserved)
    {
        if (_floods.TryGetValue((virtualIngress, reserved), out ActionList? known)) return known;
        FlowAction[] outputs = [.. Places
            .Where(each => each.Key != virtualIngress && Reaches(reserved, each.Key))
            .Select(each => FlowAction.Output(each.Value.Egress))];
        return _floods[(virtualIngress, reserved)] = ActionList.Of(outputs);
    }
}
