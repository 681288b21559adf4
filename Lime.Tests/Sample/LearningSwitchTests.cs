using Lime.Apps.Sample.Apps;
using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the learning switch forwards as a bridge does, with one flow-mod per conversation.
/// Method: packet-ins given to it by hand, what it sends looked at.</remarks>
internal sealed class LearningSwitchTests
{
    private const string HostA = "02:00:00:00:00:0a";
    private const string HostB = "02:00:00:00:00:0b";
    private static readonly TestFrame FromA = new(HostA, HostB);
    private static readonly TestFrame FromB = new(HostB, HostA);

    private LearningSwitch _app = null!;
    private RecordingSwitch _switch = null!;

    [SetUp]
    public void MakeSwitch()
    {
        _app = new LearningSwitch();
        _switch = new RecordingSwitch();
    }

    [Test]
    public void An_unknown_destination_is_flooded()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1, bufferId: 5));

        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));
        Assert.That(_switch.PacketOuts.Single().BufferId, Is.EqualTo(new BufferId(5)));
        Assert.That(_switch.FlowMods, Is.Empty);
    }

    [Test]
    public void A_known_destination_of_a_held_packet_is_answered_by_one_flow_mod_alone()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));
        _switch.PacketOuts.Clear();

        AppVerdict verdict = _app.OnPacketIn(_switch, FromB.ArrivedAt(2, bufferId: 9));

        FlowMod rule = _switch.FlowMods.Single();
        Assert.That(rule.Command, Is.EqualTo(FlowModCommand.Add));
        Assert.That(rule.Match, Is.EqualTo(
            MatchNormalisation.Normalise(Match.Exact(PacketParser.Parse(new PortNumber(2), FromB.ToBytes())))));
        Assert.That(rule.Actions, Is.EqualTo(ActionList.Output(new PortNumber(1))));
        Assert.That(rule.BufferId, Is.EqualTo(new BufferId(9)));
        Assert.That(rule.IdleTimeoutSeconds, Is.EqualTo(60));
        Assert.That(rule.Priority, Is.EqualTo(100));
        Assert.That(_switch.PacketOuts, Is.Empty);
        Assert.That(verdict, Is.EqualTo(AppVerdict.Stop));
    }

    [Test]
    public void A_known_destination_of_a_packet_not_held_gets_the_rule_and_the_packet()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));
        _switch.PacketOuts.Clear();

        _app.OnPacketIn(_switch, FromB.ArrivedAt(2));

        Assert.That(_switch.FlowMods.Single().BufferId, Is.EqualTo(BufferId.None));
        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Output(new PortNumber(1))));
        Assert.That(_switch.PacketOuts.Single().Frame, Is.EqualTo(FromB.ToBytes()));
    }

    [TestCase("ff:ff:ff:ff:ff:ff")]
    [TestCase("01:00:5e:00:00:01")]
    public void A_group_destination_is_flooded_even_if_it_was_seen_as_a_source(string group)
    {
        _app.OnPacketIn(_switch, new TestFrame(group, HostB).ArrivedAt(4));
        _switch.PacketOuts.Clear();

        _app.OnPacketIn(_switch, new TestFrame(HostA, group).ArrivedAt(1));

        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));
        Assert.That(_switch.FlowMods, Is.Empty);
    }

    [TestCase("02:00:00:00:00:0b", 0x88cc)]
    [TestCase("01:80:c2:00:00:0e", 0x88cc)]
    [TestCase("01:80:c2:00:00:00", 0x0800)]
    public void What_stays_on_its_link_is_left_to_other_apps_and_teaches_nothing(string destination, int ethType)
    {
        var frame = new TestFrame(HostA, destination) { EthType = (ushort)ethType };

        AppVerdict verdict = _app.OnPacketIn(_switch, frame.ArrivedAt(1));
        Assert.That(verdict, Is.EqualTo(AppVerdict.Continue));
        Assert.That(_switch.SentCount, Is.Zero);

        _app.OnPacketIn(_switch, FromB.ArrivedAt(2));
        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));
    }

    [Test]
    public void A_frame_without_a_whole_header_is_left_to_other_apps()
    {
        var packetIn = new PacketIn { InPort = new PortNumber(1), Data = new byte[13] };

        Assert.That(_app.OnPacketIn(_switch, packetIn), Is.EqualTo(AppVerdict.Continue));
        Assert.That(_switch.SentCount, Is.Zero);
    }

    [Test]
    public void A_packet_for_the_segment_it_came_from_is_dropped_and_its_buffer_freed()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));
        _switch.PacketOuts.Clear();

        _app.OnPacketIn(_switch, FromB.ArrivedAt(1));
        Assert.That(_switch.PacketOuts, Is.Empty);

        _app.OnPacketIn(_switch, FromB.ArrivedAt(1, bufferId: 6));
        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Drop));
        Assert.That(_switch.PacketOuts.Single().BufferId, Is.EqualTo(new BufferId(6)));
        Assert.That(_switch.FlowMods, Is.Empty);
    }

    [Test]
    public void Vlans_are_learnt_apart()
    {
        _app.OnPacketIn(_switch, (FromA with { VlanId = 10 }).ArrivedAt(1));
        _switch.PacketOuts.Clear();

        _app.OnPacketIn(_switch, (FromB with { VlanId = 20 }).ArrivedAt(2));
        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));

        _app.OnPacketIn(_switch, (FromB with { VlanId = 10 }).ArrivedAt(2));
        Assert.That(_switch.FlowMods.Single().Actions, Is.EqualTo(ActionList.Output(new PortNumber(1))));
    }

    [Test]
    public void Virtual_switches_are_learnt_apart()
    {
        var other = new RecordingSwitch(datapath: 2);
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));

        _app.OnPacketIn(other, FromB.ArrivedAt(2));

        Assert.That(other.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));
    }

    [Test]
    public void A_host_that_moved_is_found_at_its_new_port_and_rules_to_the_old_one_go()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));

        _app.OnPacketIn(_switch, FromA.ArrivedAt(3));

        FlowMod delete = _switch.FlowMods.Single();
        Assert.That(delete.Command, Is.EqualTo(FlowModCommand.Delete));
        Assert.That(delete.Match, Is.EqualTo(Match.Any.WithEthDestination(MacAddress.Parse(HostA))));
        Assert.That(delete.OutPort, Is.EqualTo(new PortNumber(1)));
        _app.OnPacketIn(_switch, FromB.ArrivedAt(2));
        Assert.That(_switch.FlowMods[1].Actions, Is.EqualTo(ActionList.Output(new PortNumber(3))));
    }

    [Test]
    public void A_switch_that_goes_down_is_forgotten()
    {
        _app.OnPacketIn(_switch, FromA.ArrivedAt(1));
        _switch.PacketOuts.Clear();

        _app.OnSwitchDown(_switch);
        _app.OnPacketIn(_switch, FromB.ArrivedAt(2));

        Assert.That(_switch.PacketOuts.Single().Actions, Is.EqualTo(ActionList.Flood));
    }

    [Test]
    public void Nothing_is_allocated_per_packet_in_once_addresses_are_known()
    {
        var counting = new RecordingSwitch { OnlyCounts = true };
        byte[] there = FromA.ToBytes();
        byte[] back = FromB.ToBytes();
        Exchange(counting, there, back, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(counting, there, back, 10_000);
        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(counting.SentCount, Is.EqualTo(22_000));
        Assert.That(allocatedBytes, Is.Zero);
    }

    private void Exchange(RecordingSwitch counting, byte[] there, byte[] back, int count)
    {
        for (uint i = 0; i < count; i++)
        {
            _app.OnPacketIn(counting, new PacketIn { InPort = new(1), BufferId = new(i), Data = there });
            // A port number beyond those whose output lists are shared.
            _app.OnPacketIn(counting, new PacketIn { InPort = new(5000), BufferId = new(i), Data = back });
        }
    }
}
