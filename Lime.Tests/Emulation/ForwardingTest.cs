using Lime.Core.Emulation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Where packets go (OpenFlow 1.0.0 section 3.3), and what is held for the controller.</summary>
internal sealed class ForwardingTest
{
    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed();

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [Test]
    public void Flood_and_all_leave_out_the_ingress_port_and_flood_those_set_so()
    {
        Set(PortConfig.NoFlood, port: 2);
        Rule(ActionList.Flood);
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h3"));
        Rule(ActionList.Output(PortNumber.All));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2 h3 h3"));
    }

    [Test]
    public void A_packet_goes_back_only_by_the_in_port_action()
    {
        Rule(ActionList.Of(FlowAction.Output(new(1)), FlowAction.Output(new(2)), FlowAction.Output(new(77))));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2"));
        Rule(ActionList.Output(PortNumber.InPort));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h1 h2"));
    }

    [Test]
    public void Actions_show_in_the_outputs_behind_them_only()
    {
        Rule(ActionList.Of(FlowAction.Output(new(2)), FlowAction.SetVlanId(9), FlowAction.Output(new(3)),
            FlowAction.StripVlan()));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.Delivered.Single(item => item.Host == "h2").Frame, Is.EqualTo(TestFrames.Udp()));
        Assert.That(_bed.Delivered.Single(item => item.Host == "h3").Frame,
            Is.EqualTo(TestFrames.Tagged(TestFrames.Udp(), 9, 0)));
    }

    /// <remarks>Section 5.2.1, ofp_port_config.</remarks>
    [TestCase(PortConfig.PortDown, 1u, "")]
    [TestCase(PortConfig.NoReceive, 1u, "")]
    [TestCase(PortConfig.NoReceiveSpanningTree, 1u, "h2")]
    [TestCase(PortConfig.PortDown, 2u, "")]
    [TestCase(PortConfig.NoForward, 2u, "")]
    [TestCase(PortConfig.NoReceive, 2u, "h2")]
    public void Port_configuration_is_obeyed(PortConfig config, uint port, string deliveredTo)
    {
        Set(config, port);
        Rule(ActionList.Output(new(2)));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo(deliveredTo));
    }

    [Test]
    public void A_port_set_so_hands_nothing_up()
    {
        Set(PortConfig.NoPacketIn, port: 1);
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.SendFrom("h2", TestFrames.Udp());
        Assert.That(Controller.PacketIns.Single().InPort, Is.EqualTo(new PortNumber(2)));
    }

    /// <remarks>Section 5.4.1.</remarks>
    [Test]
    public void A_miss_is_handed_up_as_far_as_set_and_held()
    {
        Controller.Send(new SetConfig(0, 20));
        Controller.Barrier();
        byte[] frame = TestFrames.Udp();
        _bed.SendFrom("h2", frame);
        PacketInSeen seen = Controller.PacketIns.Single();
        Assert.That((seen.Reason, seen.InPort.Value, seen.TotalBytes),
            Is.EqualTo((PacketInReason.NoMatch, 2u, frame.Length)));
        Assert.That(seen.Frame, Is.EqualTo(frame[..20]));
        Assert.That(seen.Buffer, Is.Not.EqualTo(BufferId.None));
    }

    [Test]
    public void A_rule_hands_up_as_many_bytes_as_it_says()
    {
        Rule(ActionList.Of(FlowAction.Output(PortNumber.Controller, 30)));
        _bed.SendFrom("h1", TestFrames.Udp());
        Rule(ActionList.ToController);
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(Controller.PacketIns.Select(seen => seen.Reason), Is.All.EqualTo(PacketInReason.Action));
        Assert.That(Controller.PacketIns.Select(seen => (seen.Frame.Length, seen.Buffer == BufferId.None)),
            Is.EqualTo(new[] { (30, false), (TestFrames.Udp().Length, true) }));
    }

    [Test]
    public void A_switch_without_buffers_hands_up_whole_packets()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { BufferCount = 0 });
        byte[] frame = TestFrames.Udp(payload: new string('x', 900));
        bed.SendFrom("h1", frame);
        PacketInSeen seen = bed.Controller.PacketIns.Single();
        Assert.That((seen.Buffer, seen.Frame), Is.EqualTo((BufferId.None, frame)));
    }

    /// <remarks>Section 5.3.6 and 5.4.4, OFPBRC_BUFFER_EMPTY and OFPBRC_BUFFER_UNKNOWN.</remarks>
    [Test]
    public void A_held_packet_is_sent_once_and_whole()
    {
        _bed.SendFrom("h1", TestFrames.Udp());
        BufferId buffer = Controller.PacketIns.Single().Buffer;
        Controller.SendOut([], ActionList.Output(new(3)), new(1), buffer);
        Xid again = Controller.SendOut([], ActionList.Output(new(3)), new(1), buffer);
        Xid unknown = Controller.SendOut([], ActionList.Output(new(3)), new(1), new(999_999));
        _bed.Run();
        Assert.That(_bed.Delivered.Single().Frame, Is.EqualTo(TestFrames.Udp()));
        Assert.That(Controller.Messages.Select(item => (item.Xid, ((ErrorMessage)item.Message).Code)),
            Is.EqualTo(new[] { (again, ErrorCodes.BufferEmpty), (unknown, ErrorCodes.BufferUnknown) }));
        Assert.That(((ErrorMessage)Controller.Messages[0].Message).Bytes[..2],
            Is.EqualTo(new byte[] { 1, 13 }));
    }

    /// <remarks>Section 5.3.3: the buffered packet is sent by the new rule, and counts for it.</remarks>
    [Test]
    public void A_flow_mod_sends_the_held_packet_that_it_names()
    {
        _bed.SendFrom("h1", TestFrames.Udp());
        FlowMod mod = new() { BufferId = Controller.PacketIns.Single().Buffer, Actions = ActionList.Flood };
        Controller.Send(mod);
        Controller.Send(mod with { Priority = 5 });
        _bed.Run();
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2 h3"));
        Assert.That(_bed.Switch.Flows.Select(flow => (flow.Priority, flow.PacketCount)),
            Is.EquivalentTo(new[] { ((ushort)0x8000, 1ul), ((ushort)5, 0ul) }),
            "the second buffer is gone, its rule is not");
        Assert.That(Controller.All<ErrorMessage>().Single().Code, Is.EqualTo(ErrorCodes.BufferEmpty));
    }

    [Test]
    public void The_oldest_held_packet_makes_room_and_all_expire()
    {
        using var bed = new SwitchBed(
            new EmulatedSwitchOptions { BufferCount = 2, BufferLifetime = TimeSpan.FromSeconds(30) });
        for (int i = 0; i < 3; i++) bed.SendFrom("h1", TestFrames.Udp());
        BufferId[] buffers = [.. bed.Controller.PacketIns.Select(seen => seen.Buffer)];
        bed.Controller.SendOut([], ActionList.Output(new(3)), new(1), buffers[0]);
        bed.Controller.SendOut([], ActionList.Output(new(3)), new(1), buffers[1]);
        bed.Run();
        Assert.That(bed.DeliveredTo, Is.EqualTo("h3"));
        Assert.That(bed.Controller.All<ErrorMessage>().Single().Code, Is.EqualTo(ErrorCodes.BufferUnknown));
        bed.Loop.RunFor(TimeSpan.FromSeconds(30));
        bed.Controller.SendOut([], ActionList.Output(new(3)), new(1), buffers[2]);
        bed.Run();
        Assert.That(bed.DeliveredTo, Is.EqualTo("h3"));
    }

    /// <remarks>Section 5.3.6: OFPP_TABLE in a packet-out.</remarks>
    [Test]
    public void A_packet_out_can_go_through_the_table()
    {
        Rule(ActionList.Output(new(2)), Match.Any.WithInPort(new(1)));
        Controller.SendOut(TestFrames.Udp(), ActionList.Output(PortNumber.Table), new(1));
        Controller.SendOut(TestFrames.Udp(), ActionList.Output(PortNumber.Table), new(3));
        _bed.Run();
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2"));
        Assert.That(Controller.PacketIns.Single().InPort, Is.EqualTo(new PortNumber(3)));
    }

    [Test]
    public void A_packet_out_without_an_ingress_port_floods_all_ports()
    {
        Controller.SendOut(TestFrames.Udp(), ActionList.Flood);
        Controller.SendOut(TestFrames.Udp(), ActionList.Flood, new(2));
        Controller.SendOut(TestFrames.Udp(), ActionList.Output(PortNumber.InPort), new(2));
        _bed.Run();
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h1 h1 h2 h2 h3 h3"));
    }

    /// <remarks>Section 5.3.2, OFPC_FRAG_DROP.</remarks>
    [Test]
    public void Fragments_are_dropped_when_set_so()
    {
        Rule(ActionList.Output(new(2)));
        byte[] fragment = TestFrames.Udp();
        fragment[20] = 0x20;
        _bed.SendFrom("h1", fragment);
        Controller.Send(new SetConfig(1, 128));
        Controller.Barrier();
        _bed.SendFrom("h1", fragment);
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2 h2"));
    }

    private void Rule(ActionList actions, Match match = default)
    {
        Controller.Send(new FlowMod { Match = match, Actions = actions });
        Controller.Barrier();
    }

    private void Set(PortConfig config, uint port)
    {
        MacAddress address = _bed.Switch.Ports[(int)port - 1].HardwareAddress;
        Controller.Send(new PortMod(new(port), address, config, config, 0));
        Controller.Barrier();
    }
}
