using System.Collections.Frozen;
using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Networks;

public sealed class InstanceMapTests
{
    private static readonly PortNumber V1 = new(1);
    private static readonly PortNumber V2 = new(2);
    private static readonly PortNumber P3 = new(3);
    private static readonly PortNumber P4 = new(4);
    private static readonly PortNumber P5 = new(5);
    private static readonly InstanceMap Plain = InstanceMap.Of([new(V1, P3), new(V2, P4)]);

    [Test]
    public void The_identity_knows_every_port_and_places_none_anew()
    {
        Assert.That(InstanceMap.Identity.TryToVirtual(P5, out PortNumber same), Is.True);
        Assert.That(same, Is.EqualTo(P5));
        Assert.That(InstanceMap.Identity.PlaceOf(P5)?.Egress, Is.EqualTo(P5));
        Assert.That(() => InstanceMap.Identity.With(V1, PortPlace.At(P3)), Throws.InvalidOperationException);
    }

    [Test]
    public void Reserved_ports_are_themselves()
    {
        Assert.That(Plain.TryToVirtual(PortNumber.Local, out PortNumber local), Is.True);
        Assert.That(local, Is.EqualTo(PortNumber.Local));
    }

    [Test]
    public void A_port_that_is_left_is_known_until_it_is_forgotten()
    {
        InstanceMap moved = Plain.With(V1, PortPlace.At(P5));
        Assert.That(VirtualOf(moved, P5), Is.EqualTo(V1));
        Assert.That(VirtualOf(moved, P3), Is.EqualTo(V1), "departing");
        Assert.That(moved.IsPlain, Is.True);
        InstanceMap settled = moved.WithoutDeparting();
        Assert.That(VirtualOf(settled, P3), Is.Null);
        Assert.That(VirtualOf(settled, P5), Is.EqualTo(V1));
        Assert.That(VirtualOf(settled, P4), Is.EqualTo(V2));
    }

    [Test]
    public void A_port_that_is_left_and_taken_again_is_not_departing()
    {
        InstanceMap back = Plain.With(V1, PortPlace.At(P5)).With(V1, PortPlace.At(P3)).WithoutDeparting();
        Assert.That(VirtualOf(back, P3), Is.EqualTo(V1));
        Assert.That(VirtualOf(back, P5), Is.Null);
    }

    [Test]
    public void A_departing_port_of_one_that_another_takes_is_the_others()
    {
        InstanceMap map = Plain.With(V1, PortPlace.At(P5)).With(V2, PortPlace.At(P3));
        Assert.That(VirtualOf(map, P3), Is.EqualTo(V2));
        Assert.That(VirtualOf(map.WithoutDeparting(), P3), Is.EqualTo(V2));
    }

    [Test]
    public void Two_attachments_are_not_plain()
    {
        Assert.That(Plain.IsPlain, Is.True);
        Assert.That(Plain.With(V1, new PortPlace(P3, [P3, P5])).IsPlain, Is.False);
        Assert.That(Plain.With(V1, new PortPlace(P5, [P3])).IsPlain, Is.False);
    }

    [Test]
    public void Flooding_leaves_by_every_other_port()
    {
        Assert.That(Plain.FloodFrom(V1, PortNumber.Flood), Is.EqualTo(ActionList.Output(P4)));
        Assert.That(Plain.FloodFrom(PortNumber.Any, PortNumber.All),
            Is.EqualTo(ActionList.Of(FlowAction.Output(P3), FlowAction.Output(P4))));
        Assert.That(
            Plain.With(V2, PortPlace.At(P5)).FloodFrom(V1, PortNumber.Flood), Is.EqualTo(ActionList.Output(P5)));
    }

    [Test]
    public void Flooding_leaves_out_a_port_that_is_set_so_wherever_it_is_and_all_does_not()
    {
        InstanceMap map = Plain.WithNotFlooded(FrozenSet.Create(V2)).With(V2, PortPlace.At(P5)).WithoutDeparting();
        Assert.That(map.FloodFrom(PortNumber.Any, PortNumber.Flood), Is.EqualTo(ActionList.Output(P3)));
        Assert.That(map.FloodFrom(V1, PortNumber.Flood), Is.EqualTo(ActionList.Drop));
        Assert.That(map.FloodFrom(V1, PortNumber.All), Is.EqualTo(ActionList.Output(P5)));
    }

    [Test]
    public void A_network_map_counts_versions_and_knows_who_realises_what()
    {
        NetworkMap map = NetworkMap.Empty.With(new DatapathId(7), new DatapathId(1), Plain)
            .With(new DatapathId(7), new DatapathId(2), Plain);
        Assert.That(map.Version, Is.EqualTo(2));
        Assert.That(map.RealisedBy(new DatapathId(2)), Is.EqualTo(new DatapathId(7)));
        NetworkMap without = map.Without(new DatapathId(7), new DatapathId(2));
        Assert.That(without.RealisedBy(new DatapathId(2)), Is.Null);
        Assert.That(map.RealisedBy(new DatapathId(2)), Is.Not.Null, "a snapshot does not change");
    }

    private static PortNumber? VirtualOf(InstanceMap map, PortNumber physicalPort) =>
        map.TryToVirtual(physicalPort, out PortNumber virtualPort) ? virtualPort : null;
}
