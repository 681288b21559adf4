using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
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
        VirtualBuffers buffers = NewBuffers();
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
        VirtualBuffers buffers = NewBuffers();
        BufferId id = buffers.Add(A, new BufferId(7), new PortNumber(3));
        VirtualBuffers.Entry? taken = buffers.Take(id);
        Assert.That(taken?.Physical, Is.EqualTo(new BufferId(7)));
        Assert.That(taken?.InPort, Is.EqualTo(new PortNumber(3)));
        Assert.That(buffers.Take(id), Is.Null);
        Assert.That(buffers.FaultOf(id), Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BufferEmpty)));
        var unknown = new BufferId(id.Value + 1);
        Assert.That(buffers.FaultOf(unknown), Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BufferUnknown)));
    }

    /// <remarks>H-03: an id of before the first migration is the first instance's, and of nobody once that is
    /// gone.</remarks>
    [Test]
    public void An_instances_own_ids_end_with_it()
    {
        bool isLive = true;
        var buffers = new VirtualBuffers(_ => isLive, () => true);
        Assert.That(buffers.Add(A, new BufferId(7), new PortNumber(1)), Is.EqualTo(new BufferId(7)), "not begun");
        buffers.Begin(A);
        Assert.That(buffers.Take(new BufferId(7))?.Instance, Is.SameAs(A));
        isLive = false;
        Assert.That(buffers.Take(new BufferId(7)), Is.Null);
    }

    /// <remarks>H-06: an app is shown what it asked for, and Lime has the rest.</remarks>
    [Test]
    public void What_lime_holds_is_shown_as_far_as_it_was_asked_for([Values] bool canHold)
    {
        var buffers = new VirtualBuffers(_ => true, () => canHold);
        buffers.Begin(A);
        byte[] frame = new byte[200];
        var packet = new VirtualBuffers.Packet(A, new PortNumber(1), frame);
        Assert.That(buffers.Keep(packet, ushort.MaxValue, out BufferId none).Length, Is.EqualTo(200));
        Assert.That(none, Is.EqualTo(BufferId.None));
        Assert.That(buffers.Keep(packet, 64, out BufferId id).Length, Is.EqualTo(canHold ? 64 : 200));
        Assert.That(id == BufferId.None, Is.EqualTo(!canHold));
        if (canHold) Assert.That(buffers.Take(id)?.Frame, Is.SameAs(frame));
    }

    [Test]
    public void A_packet_that_no_switch_holds_has_no_id()
    {
        VirtualBuffers buffers = NewBuffers();
        Assert.That(buffers.Add(A, BufferId.None, new PortNumber(1)), Is.EqualTo(BufferId.None));
        Assert.That(buffers.Take(BufferId.None), Is.Null);
    }

    [Test]
    public void The_4096_latest_buffers_are_known()
    {
        VirtualBuffers buffers = NewBuffers();
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

    private static VirtualBuffers NewBuffers()
    {
        var buffers = new VirtualBuffers(_ => true, () => true);
        buffers.Begin(A);
        return buffers;
    }

    private static Instance NewInstance(uint datapath) =>
        new(null!, new PhysicalSwitch(new DatapathId(datapath), $"s{datapath}"), InstanceMap.Identity);
}
