using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Emulation;
using NUnit.Framework;

namespace Lime.Tests.Reference.Rules;

/// <summary>Packets through tables and actions (1.0.0 sections 3.3 and 3.4, 1.3.5 sections 5.1 to 5.12).</summary>
internal sealed class PacketTests
{
    private const OpenFlowVersion V10 = OpenFlowVersion.V10;
    private const OpenFlowVersion V13 = OpenFlowVersion.V13;

    /// <remarks>1.0.0 section 3.4: a packet without a rule goes to the controller; 1.3.5 section 5.4: it is dropped, unless
    /// a table-miss entry says otherwise, whose packet-in has the reason NO_MATCH.</remarks>
    [Test]
    public void A_miss_is_told_in_1_0_and_dropped_in_1_3()
    {
        var old = new ReferenceBed(V10);
        old.Frame();
        Assert.That(old.Outputs.OfType<PacketInOutput>().Single().Reason, Is.EqualTo(PacketInReason.NoMatch));
        var bed = new ReferenceBed(V13);
        bed.Frame();
        Assert.That(bed.Outputs, Is.Empty);
        bed.Send(new FlowMod { Priority = 0, Actions = ActionList.ToController, Cookie = new(7) });
        bed.Frame();
        PacketInOutput seen = bed.Outputs.OfType<PacketInOutput>().Single();
        Assert.That((seen.Reason, seen.Cookie), Is.EqualTo((PacketInReason.NoMatch, new Cookie(7))));
    }

    /// <remarks>1.3.5 section 5.4: a packet that a later table drops loses its action set.</remarks>
    [Test]
    public void A_miss_in_a_later_table_drops_the_action_set()
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod
        {
            Instructions = new() { WriteActions = ActionList.Output(new(2)), GoToTable = new(1) },
        });
        bed.Frame();
        Assert.That(bed.Ports, Is.Empty);
        bed.Send(new FlowMod { Table = new(1) });
        bed.Frame();
        Assert.That(bed.Ports, Is.EqualTo("2"));
    }

    /// <remarks>1.3.5 section 5.9: write-metadata under a mask, matched by the next table.</remarks>
    [Test]
    public void Metadata_reaches_the_next_table()
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod { Instructions = new() { Metadata = 0xff, MetadataMask = 2, GoToTable = new(1) } });
        OxmField two = OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, 2]);
        bed.Add(Match.Any.WithFurther(FurtherFields.Of(two)), 3, change: mod => mod with { Table = new(1) });
        bed.Frame();
        Assert.That(bed.Ports, Is.EqualTo("3"));
    }

    /// <remarks>1.3.5 section 5.10: the set is done in its own order, one action of a kind, a group before an
    /// output.</remarks>
    [Test]
    public void The_action_set_has_its_own_order()
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod
        {
            Instructions = new()
            {
                WriteActions = ActionList.Of(FlowAction.Output(new(2)), FlowAction.SetEthSource(new(5)),
                    FlowAction.PushVlan(0x8100), FlowAction.Output(new(3))),
            },
        });
        bed.Frame();
        byte[] frame = TestFrames.Tagged(TestFrames.Udp(), 0, 0);
        new MacAddress(5).Write(frame.AsSpan(6));
        FrameOutput sent = bed.Outputs.OfType<FrameOutput>().Single();
        Assert.That((sent.Port.Value, Convert.ToHexString(sent.Bytes.AsSpan())),
            Is.EqualTo((3u, Convert.ToHexString(frame))));
    }

    /// <remarks>1.0.0 section 3.3, 1.3.5 section 4.5: ALL and FLOOD leave out the ingress, FLOOD also NO_FLOOD; the
    /// ingress takes a packet for IN_PORT only.</remarks>
    [TestCase(0xfffffffbu, "3")]
    [TestCase(0xfffffffcu, "2 3")]
    [TestCase(0xfffffff8u, "1")]
    [TestCase(1u, "")]
    [TestCase(2u, "2")]
    [TestCase(9u, "")]
    public void Outputs_go_where_the_section_says(uint port, string expected)
    {
        var bed = new ReferenceBed(V10);
        Set(bed, 2, PortConfig.NoFlood);
        bed.Send(new FlowMod { Actions = ActionList.Output(new(port)) });
        bed.Frame();
        Assert.That(bed.Ports, Is.EqualTo(expected));
    }

    /// <remarks>1.0.0 section 5.2.1, 1.3.5 section 7.2.1.</remarks>
    [TestCase(2u, PortConfig.NoForward, "")]
    [TestCase(2u, PortConfig.PortDown, "")]
    [TestCase(1u, PortConfig.NoReceive, "")]
    [TestCase(1u, PortConfig.PortDown, "")]
    [TestCase(1u, PortConfig.NoPacketIn, "2")]
    public void Port_configuration_is_obeyed(uint port, PortConfig bit, string expected)
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod { Actions = ActionList.Output(new(2)) });
        Set(bed, port, bit);
        bed.Frame();
        Assert.That(bed.Ports, Is.EqualTo(expected));
    }

    /// <remarks>1.0.0 section 5.2.1: NO_PACKET_IN is about packets without a rule; one that a rule sends up goes.</remarks>
    [Test]
    public void NO_PACKET_IN_mutes_misses_only()
    {
        var bed = new ReferenceBed(V10);
        Set(bed, 1, PortConfig.NoPacketIn);
        bed.Frame();
        Assert.That(bed.Outputs, Is.Empty);
        bed.Send(new FlowMod { Actions = ActionList.ToController });
        bed.Frame();
        Assert.That(bed.Outputs.OfType<PacketInOutput>().Single().Reason, Is.EqualTo(PacketInReason.Action));
    }

    [TestCase(77u, 1ul, ErrorCodes.PortModBadPort)]
    [TestCase(1u, 9ul, ErrorCodes.PortModBadHardwareAddress)]
    public void A_port_mod_names_port_and_address(uint port, ulong address, ushort code)
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new PortMod(new(port), new(address), PortConfig.None, PortConfig.PortDown, PortFeatures.None));
        Assert.That(bed.Error, Is.EqualTo((ErrorType.PortModFailed, code)));
    }

    /// <remarks>1.0.0 section 5.4.3: the controller hears of links.</remarks>
    [Test]
    public void A_link_that_goes_down_is_told_once_and_carries_nothing()
    {
        var bed = new ReferenceBed(V10);
        bed.Send(new FlowMod { Actions = ActionList.Output(new(2)) });
        bed.Do(new LinkInput(new(2), IsUp: false));
        Assert.That(bed.Messages<PortStatus>().Single().Port.IsUp, Is.False);
        bed.Do(new LinkInput(new(2), IsUp: false));
        Assert.That(bed.Outputs, Is.Empty);
        bed.Frame();
        Assert.That(bed.Ports, Is.Empty);
    }

    /// <remarks>1.3.5 section 5.12: a TTL that would be 0 ends the packet; the checksum follows.</remarks>
    [Test]
    public void A_TTL_counts_down_to_an_end()
    {
        var bed = new ReferenceBed(V13, new ReferenceOptions { ReportsInvalidTtl = true });
        ActionList actions = ActionList.Of(FlowAction.SetIpTtl(2), FlowAction.DecrementIpTtl(),
            FlowAction.Output(new(2)), FlowAction.DecrementIpTtl(), FlowAction.Output(new(3)));
        bed.Send(new FlowMod { Match = ReferenceBed.Udp, Actions = actions });
        bed.Frame();
        FrameOutput sent = bed.Outputs.OfType<FrameOutput>().Single();
        Assert.That((sent.Port.Value, sent.Bytes[22]), Is.EqualTo((2u, (byte)1)));
        Assert.That(TestFrames.HasRightChecksums(sent.Bytes.AsSpan()));
        Assert.That(bed.Outputs.OfType<PacketInOutput>().Single().Reason, Is.EqualTo(PacketInReason.InvalidTtl));
    }

    /// <remarks>1.0.0 section 3.3, table 5; checksums by another way than the reference's own.</remarks>
    [Test]
    public void Rewritten_packets_have_right_checksums([Values] bool isTcp)
    {
        var bed = new ReferenceBed(V10);
        ActionList actions = ActionList.Of(FlowAction.SetIpv4Source(new(0xc0a8_ffff)),
            FlowAction.SetIpv4Destination(new(1)), FlowAction.SetIpTos(0xfc), FlowAction.SetTransportSource(0xffff),
            FlowAction.SetTransportDestination(0), FlowAction.SetVlanId(9), FlowAction.SetVlanPriority(5),
            FlowAction.Output(new(2)));
        bed.SendOut(actions, frame: isTcp ? TestFrames.Tcp() : TestFrames.Udp());
        byte[] sent = [.. bed.Outputs.OfType<FrameOutput>().Single().Bytes];
        Assert.That(TestFrames.HasRightChecksums(sent));
        Assert.That(Convert.ToHexString(sent.AsSpan(12, 4)), Is.EqualTo("8100A009"));
        Assert.That(Convert.ToHexString(sent.AsSpan(30, 12)), Is.EqualTo("C0A8FFFF00000001FFFF0000"));
    }

    /// <remarks>1.0.0 section 5.3.6: TABLE takes the packet through the tables.</remarks>
    [Test]
    public void A_packet_out_may_ask_the_tables()
    {
        var bed = new ReferenceBed(V10);
        bed.Add(Match.Any.WithInPort(new(1)), 3);
        bed.SendOut(ActionList.Of(FlowAction.Output(PortNumber.Table), FlowAction.Output(new(2))));
        Assert.That(bed.Ports, Is.EqualTo("3 2"));
    }

    /// <remarks>1.0.0 section 5.4.1: a packet that is kept is sent up to miss_send_len, and released once.</remarks>
    [Test]
    public void A_kept_packet_is_sent_in_part_and_released_once()
    {
        var bed = new ReferenceBed(V10, new ReferenceOptions { BufferCount = 1 });
        bed.Send(new SetConfig(0, 20));
        bed.Frame();
        PacketInOutput seen = bed.Outputs.OfType<PacketInOutput>().Single();
        Assert.That((seen.Bytes.Length, seen.TotalBytes), Is.EqualTo((20, TestFrames.Udp().Length)));
        bed.Add(Match.Any, 2, change: mod => mod with { BufferId = seen.Buffer });
        Assert.That(bed.Ports, Is.EqualTo("2"));
        bed.Do(new PacketOutInput(new(1), new(1), ActionList.Output(new(2)), []) { Buffer = seen.Buffer });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.BadRequest, ErrorCodes.BufferUnknown)));
    }

    /// <remarks>1.0.0 section 5.3.2: OFPC_FRAG_DROP; section 3.4: a fragment's ports are zero.</remarks>
    [Test]
    public void Fragments_have_no_ports_and_may_be_dropped()
    {
        byte[] fragment = TestFrames.Udp();
        fragment[20] = 0x20;
        var bed = new ReferenceBed(V10);
        bed.Add(ReferenceBed.Udp.WithTransportDestination(0), 2);
        bed.Frame(frame: fragment);
        Assert.That(bed.Ports, Is.EqualTo("2"));
        bed.Send(new SetConfig(1, 128));
        bed.Frame(frame: fragment);
        Assert.That(bed.Outputs, Is.Empty);
    }

    /// <remarks>1.0.0 section 3.4, 1.3.5 section 5.3: which of two rules of one priority is taken is undefined.</remarks>
    [Test]
    public void Two_rules_of_one_rank_leave_the_outcome_open()
    {
        var bed = new ReferenceBed(V13);
        bed.Add(Match.Any.WithInPort(new(1)), 2);
        Assert.That(bed.Frame().IsOpen, Is.False);
        bed.Add(ReferenceBed.Udp, 3);
        Assert.That(bed.Frame().IsOpen);
    }

    [Test]
    public void A_frame_can_be_asked_for_its_rule()
    {
        var bed = new ReferenceBed(V10);
        bed.Add(ReferenceBed.Udp, 2, priority: 5);
        bed.Add(Match.Any, 3, priority: 1);
        Assert.That(ReferenceSwitch.Matching(bed.State, new(1), TestFrames.Udp())!.Priority, Is.EqualTo(5));
        Assert.That(ReferenceSwitch.Matching(bed.State, new(1), TestFrames.Arp())!.Priority, Is.EqualTo(1));
    }

    private static void Set(ReferenceBed bed, uint port, PortConfig bit) =>
        bed.Send(new PortMod(new(port), new(port), bit, bit, PortFeatures.None));
}
