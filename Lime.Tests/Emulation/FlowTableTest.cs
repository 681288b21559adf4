using Lime.Core.Emulation;
using Lime.Core.Emulation.Tables;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>The flow table against OpenFlow 1.0.0, rule by rule.</summary>
internal sealed class FlowTableTest
{
    private static readonly PortNumber Port1 = new(1);
    private static readonly PortNumber Port2 = new(2);

    private readonly List<(FlowEntry Entry, FlowRemovedReason Reason)> _removed = [];
    private EventLoop _loop = null!;
    private FlowTable _table = null!;

    [SetUp]
    public void SetUp()
    {
        _removed.Clear();
        _loop = EventLoop.CreateManual();
        _table = NewTable(capacity: 1_000_000);
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    /// <remarks>Section 3.4.</remarks>
    [Test]
    public void The_rule_of_highest_priority_wins()
    {
        Apply(Add(Match.Any.WithEthType(0x0800), 10, Port1));
        Apply(Add(Match.Any.WithInPort(Port1), 20, Port2));
        Assert.That(Output(TestFrames.Udp()), Is.EqualTo(Port2));
    }

    /// <remarks>Section 3.4.</remarks>
    [Test]
    public void An_exact_match_outranks_every_priority()
    {
        PacketFields fields = PacketParser.Parse(Port1, TestFrames.Udp());
        Apply(Add(Match.Any, ushort.MaxValue, Port1));
        Apply(Add(Match.Exact(fields), 0, Port2));
        Assert.That(Output(TestFrames.Udp()), Is.EqualTo(Port2));
    }

    /// <remarks>Section 3.4: fields that the packet cannot have don't make a match less exact.</remarks>
    [Test]
    public void An_exact_match_of_a_packet_without_transport_ports_is_exact_too()
    {
        PacketFields fields = PacketParser.Parse(Port1, TestFrames.Ethernet(0x88cc));
        Apply(Add(Match.Any, ushort.MaxValue, Port1));
        Apply(Add(Match.Exact(fields), 0, Port2));
        Assert.That(Output(TestFrames.Ethernet(0x88cc)), Is.EqualTo(Port2));
    }

    /// <remarks>Section 4.6: "that entry, including its counters, must be removed, and the new flow entry
    /// added".</remarks>
    [Test]
    public void Add_of_a_rule_that_is_there_replaces_it_and_zeroes_its_counters_without_a_report()
    {
        Apply(Add(Match.Any, 10, Port1));
        Output(TestFrames.Udp());
        Apply(Add(Match.Any, 10, Port2));
        FlowEntry entry = Single();
        Assert.That((entry.PacketCount, entry.Actions, _table.Count),
            Is.EqualTo((0ul, ActionList.Output(Port2), 1)));
        Assert.That(_removed, Is.Empty);
    }

    /// <remarks>Section 4.6: matches that a switch treats alike are the same rule.</remarks>
    [Test]
    public void Rules_that_differ_in_fields_without_their_prerequisite_are_the_same()
    {
        Apply(Add(Match.Any.WithTransportDestination(80), 10, Port1));
        Apply(Add(Match.Any, 10, Port2));
        Assert.That(_table.Count, Is.EqualTo(1));
    }

    /// <remarks>Section 4.6.</remarks>
    [Test]
    public void Modify_changes_actions_and_cookie_of_all_that_it_covers_and_keeps_counters_and_timeouts()
    {
        Apply(Add(Match.Any.WithInPort(Port1), 10, Port1) with { IdleTimeoutSeconds = 7 });
        Apply(Add(Match.Any.WithInPort(Port2), 20, Port1));
        Output(TestFrames.Udp());
        Apply(Add(Match.Any, 99, Port2) with { Command = FlowModCommand.Modify, Cookie = new Cookie(5) });
        Assert.That(All().Select(entry => (entry.Actions, entry.Cookie.Value)),
            Is.All.EqualTo((ActionList.Output(Port2), 5ul)));
        Assert.That(All().Select(entry => (entry.Priority, entry.PacketCount, entry.IdleTimeoutSeconds)),
            Is.EquivalentTo(new[] { ((ushort)10, 1ul, (ushort)7), ((ushort)20, 0ul, (ushort)0) }));
    }

    /// <remarks>Section 4.6: a MODIFY that matches nothing acts like an ADD.</remarks>
    [Test]
    public void Modify_adds_when_nothing_is_there(
        [Values(FlowModCommand.Modify, FlowModCommand.ModifyStrict)] FlowModCommand command)
    {
        Apply(Add(Match.Any.WithInPort(Port1), 10, Port1) with { Command = command });
        Assert.That(Single().Actions, Is.EqualTo(ActionList.Output(Port1)));
    }

    /// <remarks>Section 4.6.</remarks>
    [Test]
    public void Modify_strict_changes_only_the_rule_of_the_same_match_and_priority()
    {
        Apply(Add(Match.Any, 10, Port1));
        Apply(Add(Match.Any, 20, Port1));
        Apply(Add(Match.Any, 20, Port2) with { Command = FlowModCommand.ModifyStrict });
        Assert.That(All().OrderBy(entry => entry.Priority).Select(entry => entry.Actions),
            Is.EqualTo(new[] { ActionList.Output(Port1), ActionList.Output(Port2) }));
    }

    /// <remarks>Section 4.6: the priority does not count in non-strict commands.</remarks>
    [Test]
    public void Delete_removes_what_it_covers_and_nothing_wider()
    {
        Apply(Add(Match.Any.WithEthType(0x0800).WithIpv4Destination(TestFrames.IpB, 24), 10, Port1));
        Apply(Add(Match.Any.WithEthType(0x0800), 20, Port1));
        Apply(Delete(Match.Any.WithEthType(0x0800).WithIpv4Destination(TestFrames.IpB, 16)));
        Assert.That(Single().Priority, Is.EqualTo(20));
        Assert.That(_removed.Single().Reason, Is.EqualTo(FlowRemovedReason.Delete));
    }

    /// <remarks>Section 4.6.</remarks>
    [Test]
    public void Delete_strict_removes_only_the_rule_of_the_same_match_and_priority()
    {
        Apply(Add(Match.Any, 10, Port1));
        Apply(Add(Match.Any, 20, Port1));
        Apply(Add(Match.Any, 10, Port1) with { Command = FlowModCommand.DeleteStrict });
        Apply(Add(Match.Any.WithInPort(Port1), 20, Port1) with { Command = FlowModCommand.DeleteStrict });
        Assert.That(Single().Priority, Is.EqualTo(20));
    }

    /// <remarks>Section 5.3.3, out_port.</remarks>
    [Test]
    public void Deletes_with_an_out_port_remove_only_rules_that_send_there(
        [Values(FlowModCommand.Delete, FlowModCommand.DeleteStrict)] FlowModCommand command)
    {
        Apply(Add(Match.Any, 10, Port1));
        Apply(new FlowMod { Command = command, Priority = 10, OutPort = Port2 });
        Assert.That(_table.Count, Is.EqualTo(1));
        Apply(new FlowMod { Command = command, Priority = 10, OutPort = Port1 });
        Assert.That(_table.Count, Is.Zero);
    }

    /// <remarks>Section 4.6: overlap means that one packet may match both, at the same priority.</remarks>
    [Test]
    public void Check_overlap_refuses_what_overlaps_at_the_same_priority()
    {
        Apply(Add(Match.Any.WithInPort(Port1), 10, Port1));
        FlowMod crossing = AddChecked(Match.Any.WithEthType(0x0800), 10);
        FlowMod beside = AddChecked(Match.Any.WithInPort(Port2), 10);
        Assert.That(_table.Apply(crossing),
            Is.EqualTo(new Refusal(ErrorType.FlowModFailed, ErrorCodes.Overlap)));
        Assert.That(_table.Apply(crossing with { Priority = 11 }), Is.Null);
        Assert.That(_table.Apply(beside), Is.Null);
    }

    /// <remarks>Section 4.6: the check works the same whichever of two masks is the wider.</remarks>
    [Test]
    public void Check_overlap_sees_a_narrower_rule_under_a_wider_one_and_the_other_way_round()
    {
        Match narrow = Match.Any.WithInPort(Port1).WithEthType(0x0800);
        Apply(Add(narrow, 10, Port1));
        Apply(Add(Match.Any.WithVlanId(5), 20, Port1));
        FlowMod wide = AddChecked(Match.Any.WithInPort(Port1), 10);
        FlowMod inner = AddChecked(Match.Any.WithVlanId(5).WithInPort(Port1), 20);
        Assert.That(_table.Apply(wide)?.Code, Is.EqualTo(ErrorCodes.Overlap));
        Assert.That(_table.Apply(inner)?.Code, Is.EqualTo(ErrorCodes.Overlap));
    }

    /// <remarks>Section 4.6: there is no emergency table here.</remarks>
    [Test]
    public void Emergency_rules_are_refused()
    {
        FlowMod emergency = Add(Match.Any, 10, Port1) with { Flags = FlowModFlags.Emergency };
        Assert.That(_table.Apply(emergency)?.Code, Is.EqualTo(ErrorCodes.TableFull));
        Assert.That(_table.Apply(emergency with { HardTimeoutSeconds = 1 })?.Code,
            Is.EqualTo(ErrorCodes.FlowModBadTimeout));
    }

    /// <remarks>Section 5.4.4, OFPFMFC_ALL_TABLES_FULL.</remarks>
    [Test]
    public void A_full_table_refuses_new_rules_but_replaces_those_it_has()
    {
        _table = NewTable(capacity: 1);
        Apply(Add(Match.Any, 10, Port1));
        Assert.That(_table.Apply(Add(Match.Any, 20, Port1))?.Code, Is.EqualTo(ErrorCodes.TableFull));
        Assert.That(_table.Apply(Add(Match.Any, 10, Port2)), Is.Null);
    }

    [Test]
    public void A_hundred_thousand_rules_under_few_masks_are_found_and_deleted_strictly()
    {
        const int Count = 100_000;
        for (uint i = 0; i < Count; i++) Apply(Add(ForAddress(i), (ushort)(i % 7), new((i % 50) + 1)));
        Apply(Add(Match.Any, 0, Port1));
        for (uint i = 0; i < Count; i += 97)
        {
            PacketFields fields = ForAddress(i).Values;
            Assert.That(_table.Match(fields, 60)!.Key.Match, Is.EqualTo(ForAddress(i)));
        }
        for (uint i = 0; i < Count; i++)
            Apply(Add(ForAddress(i), (ushort)(i % 7), Port1) with { Command = FlowModCommand.DeleteStrict });
        Assert.That(Single().Match, Is.EqualTo(Match.Any));
    }

    /// <remarks>Goal: the tuple space look-up finds what a plain scan finds. Method: random tables, random
    /// packets.</remarks>
    [Test]
    public void Look_up_agrees_with_a_scan_over_all_rules([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            FlowMod mod = Add(RandomMatch(random), (ushort)random.Next(0, 20), Port1);
            bool isDelete = random.Next(4) == 0;
            Apply(mod with { Command = isDelete ? FlowModCommand.DeleteStrict : FlowModCommand.Add });
        }
        for (int i = 0; i < 200; i++)
        {
            PacketFields fields = PacketParser.Parse(new PortNumber((uint)random.Next(1, 3)), TestFrames.Udp(
                (ushort)random.Next(3), (ushort)random.Next(3)));
            IEnumerable<FlowEntry> matching = All().Where(entry => entry.Key.Match.Matches(fields));
            int? best = matching.Max(entry => (int?)entry.Key.Rank);
            Assert.That(_table.Match(fields, 60)?.Key.Rank, Is.EqualTo(best));
        }
    }

    /// <remarks>Section 5.3.5, table statistics.</remarks>
    [Test]
    public void Look_ups_matches_and_bytes_are_counted()
    {
        Apply(Add(Match.Any.WithInPort(Port1), 10, Port1));
        byte[] frame = TestFrames.Udp();
        _table.Match(PacketParser.Parse(Port1, frame), frame.Length);
        _table.Match(PacketParser.Parse(Port2, frame), frame.Length);
        Assert.That((_table.LookupCount, _table.MatchedCount), Is.EqualTo((2L, 1L)));
        Assert.That((Single().PacketCount, Single().ByteCount), Is.EqualTo((1ul, (ulong)frame.Length)));
    }

    private FlowTable NewTable(int capacity) => new(new EmulationContext(_loop, seed: 1), capacity)
    {
        Removed = (entry, reason) => _removed.Add((entry, reason)),
    };

    private static Match ForAddress(uint i) =>
        Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(i));

    private static Match RandomMatch(Random random)
    {
        Match match = Match.Any;
        if (random.Next(2) == 0) match = match.WithInPort(new PortNumber((uint)random.Next(1, 3)));
        if (random.Next(2) == 0) match = match.WithEthType(0x0800).WithIpProtocol(17);
        if (random.Next(2) == 0) match = match.WithTransportSource((ushort)random.Next(3));
        if (random.Next(2) == 0) match = match.WithTransportDestination((ushort)random.Next(3));
        return match;
    }

    private static FlowMod Add(in Match match, ushort priority, PortNumber output) =>
        new() { Match = match, Priority = priority, Actions = ActionList.Output(output) };

    private static FlowMod AddChecked(in Match match, ushort priority) =>
        Add(match, priority, Port2) with { Flags = FlowModFlags.CheckOverlap };

    private static FlowMod Delete(in Match match) => new() { Command = FlowModCommand.Delete, Match = match };

    private void Apply(in FlowMod mod) => Assert.That(_table.Apply(mod), Is.Null);

    private PortNumber? Output(byte[] frame) =>
        _table.Match(PacketParser.Parse(Port1, frame), frame.Length)?.Actions[0].Port;

    private List<FlowEntry> All() => _table.Select(FlowFilter.All);

    private FlowEntry Single() => All().Single();
}
