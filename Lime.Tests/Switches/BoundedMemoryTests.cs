using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Switches;

/// <summary>The two rings that remember ids: what they remember, and what they forget.</summary>
public sealed class BoundedMemoryTests
{
    private static readonly Instance A = NewInstance(1);
    private static readonly Instance B = NewInstance(2);

    /// <remarks>H-01.</remarks>
    [Test]
    public void The_same_buffer_of_two_switches_has_two_ids()
    {
        var buffers = new VirtualBuffers();
        BufferId a = buffers.Add(A, new BufferId(7), new PortNumber(1));
        BufferId b = buffers.Add(B, new BufferId(7), new PortNumber(2));
        Assert.That(a, Is.Not.EqualTo(b));
        Assert.That(buffers.Take(a)?.Instance, Is.SameAs(A));
        Assert.That(buffers.Take(b)?.Instance, Is.SameAs(B));
    }

    /// <remarks>H-05.</remarks>
    [Test]
    public void A_buffer_is_taken_once()
    {
        var buffers = new VirtualBuffers();
        BufferId id = buffers.Add(A, new BufferId(7), new PortNumber(3));
        VirtualBuffers.Entry? taken = buffers.Take(id);
        Assert.That(taken?.Physical, Is.EqualTo(new BufferId(7)));
        Assert.That(taken?.InPort, Is.EqualTo(new PortNumber(3)));
        Assert.That(buffers.Take(id), Is.Null);
    }

    [Test]
    public void A_packet_that_no_switch_holds_has_no_id()
    {
        var buffers = new VirtualBuffers();
        Assert.That(buffers.Add(A, BufferId.None, new PortNumber(1)), Is.EqualTo(BufferId.None));
        Assert.That(buffers.Take(BufferId.None), Is.Null);
        Assert.That(buffers.Take(new BufferId(0)), Is.Null);
    }

    [Test]
    public void The_4096_latest_buffers_are_known()
    {
        var buffers = new VirtualBuffers();
        BufferId[] ids = [.. Enumerable.Range(0, 4097)
            .Select(i => buffers.Add(A, new BufferId((uint)i), new PortNumber(1)))];
        Assert.That(ids.Distinct().Count(), Is.EqualTo(4097));
        Assert.That(buffers.Take(ids[0]), Is.Null);
        Assert.That(buffers.Take(ids[1])?.Physical, Is.EqualTo(new BufferId(1)));
        Assert.That(buffers.Take(ids[4096])?.Physical, Is.EqualTo(new BufferId(4096)));
    }

    /// <remarks>H-20.</remarks>
    [Test]
    public void The_8192_latest_messages_find_their_way_back()
    {
        var trail = new XidTrail();
        for (uint i = 1; i <= 8193; i++) trail.Add(new Xid(i), new Xid(i + 1000));
        Assert.That(trail.Find(new Xid(1)), Is.Null, "forgotten");
        Assert.That(trail.Find(new Xid(2)), Is.EqualTo(new Xid(1002)));
        Assert.That(trail.Find(new Xid(8193)), Is.EqualTo(new Xid(9193)));
        Assert.That(trail.Find(new Xid(8194)), Is.Null, "never sent");
    }

    [Test]
    public void A_message_of_limes_own_leads_to_no_app()
    {
        var trail = new XidTrail();
        trail.Add(new Xid(5), default);
        Assert.That(trail.Find(new Xid(5)), Is.Null);
        Assert.That(trail.Find(new Xid(0)), Is.Null);
    }

    private static Instance NewInstance(uint datapath) =>
        new(null!, new PhysicalSwitch(new DatapathId(datapath), $"s{datapath}"), InstanceMap.Identity);
}
