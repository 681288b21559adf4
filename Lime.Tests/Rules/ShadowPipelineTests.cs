using Lime.Core.Rules;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using Lime.Tests.Emulation;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: what Lime says becomes of a packet is what a switch makes of it (H-32, H-62). Method: random tables;
/// a packet goes through an emulated switch, and through the shadow tables and out of a second switch by the packet-out
/// that they give; what hosts and controller get, and what each rule counts, must agree.</remarks>
public sealed class ShadowPipelineTests
{
    private static readonly PortNumber PortOne = new(1);

    private ShadowFlowTable _table = null!;
    private ShadowPipeline _pipeline = null!;

    [SetUp]
    public void MakeTable()
    {
        _table = new ShadowFlowTable(TableSemantics.V13, 1000);
        _pipeline = new ShadowPipeline(_table, () => false);
    }

    [Test]
    public void A_packet_fares_as_in_a_switch([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        using var byTables = new SwitchBed(version: OpenFlowVersion.V13);
        using var byPacketOut = new SwitchBed(version: OpenFlowVersion.V13);
        foreach (FlowMod rule in RandomTables.Make(random))
        {
            Add(rule);
            Assert.That(byTables.Switch.Install(rule), Is.Null, $"{rule.Match} {rule.Actions} {rule.Instructions}");
        }
        byte[] frame = RandomTables.Frame(random);
        byTables.SendFrom("h1", frame);
        ShadowRun run = _pipeline.Run(new PacketAtTable(PortOne, frame));
        if (!run.IsDecided)
        {
            Assert.That(frame[12] == 0x86, Is.True, "Lime doesn't rewrite IPv6");
            return;
        }
        if (run.Actions.Count > 0) byPacketOut.Controller.SendOut(frame, run.Actions, PortOne);
        byPacketOut.Run();
        Assert.That(Describe(byPacketOut.Delivered), Is.EqualTo(Describe(byTables.Delivered)));
        Assert.That(run.HandUps.Select(Describe), Is.EqualTo(byTables.Controller.PacketIns.Select(Describe)));
        Assert.That(
            run.Met.Select(each => $"{each.Rule.Key.Table} {each.Rule.Priority} {each.Counters}").Order(),
            Is.EqualTo(byTables.Switch.Flows.Where(each => each.PacketCount > 0).Select(each =>
                $"{each.Table} {each.Priority} {new FlowCounters(each.PacketCount, each.ByteCount)}").Order()));
    }

    [Test]
    public void A_rule_that_has_counted_the_packet_is_not_met_again()
    {
        FlowRule first = Add(new FlowMod { Instructions = GoTo(2) });
        FlowRule second = Add(new FlowMod { Table = new(2), Actions = ActionList.Output(new(3)) });
        ShadowRun run = _pipeline.Run(new PacketAtTable(PortOne, TestFrames.Udp()) { Met = first });
        Assert.That(run.Met.Select(each => each.Rule), Is.EqualTo(new[] { second }));
        Assert.That(run.Actions, Is.EqualTo(ActionList.Output(new(3))));
    }

    /// <remarks>1.3.5 section 5.10: what an earlier table wrote is carried out behind the last one, though no packet-in
    /// tells it.</remarks>
    [Test]
    public void The_action_set_of_earlier_tables_is_found_again([Values] bool isRewritten)
    {
        Add(new FlowMod
        {
            Actions = isRewritten ? ActionList.Of(FlowAction.SetEthSource(new(9))) : ActionList.Drop,
            Instructions = new FlowInstructions
            {
                WriteActions = ActionList.Output(new(2)), GoToTable = new(1), Metadata = 5, MetadataMask = 7,
            },
        });
        FlowRule guarded = Add(new FlowMod { Table = new(1) });
        PacketAtTable packet = new(PortOne, TestFrames.Udp()) { Table = new(1), Metadata = 5, Met = guarded };
        ShadowRun run = _pipeline.Run(packet);
        Assert.That(run.IsDecided, Is.EqualTo(!isRewritten), "what it looked like before is not known");
        if (isRewritten) return;
        Assert.That(run.Actions, Is.EqualTo(ActionList.Output(new(2))));
        Assert.That(run.Met, Is.Empty);
        Assert.That(_pipeline.Run(packet with { Metadata = 4 }).IsDecided, Is.False, "it came another way");
    }

    [Test]
    public void What_lime_cannot_read_or_carry_out_is_left_to_the_switch()
    {
        byte[] frame = TestFrames.Udp();
        Add(new FlowMod { Priority = 5, Actions = ActionList.Of(FlowAction.PushMpls(0x8847)), Instructions = GoTo(1) });
        Assert.That(_pipeline.Run(new PacketAtTable(PortOne, frame)).IsDecided, Is.False, "a look-up behind it");
        Add(new FlowMod
        {
            Priority = 6,
            Actions = ActionList.Of(FlowAction.PushMpls(0x8847), FlowAction.Output(new(2))),
        });
        ShadowRun run = _pipeline.Run(new PacketAtTable(PortOne, frame));
        Assert.That((run.IsDecided, run.Actions.Count), Is.EqualTo((true, 2)), "no look-up behind it");
        var unread = FurtherFields.Of(OxmField.Of(OxmId.Icmpv6Type, [1]));
        Add(new FlowMod { Priority = 4, Match = Match.Any.WithFurther(unread) });
        Assert.That(_pipeline.Run(new PacketAtTable(PortOne, frame)).IsDecided, Is.True, "it comes behind");
        Add(new FlowMod { Priority = 7, Match = Match.Any.WithFurther(unread) });
        Assert.That(_pipeline.Run(new PacketAtTable(PortOne, frame)).IsDecided, Is.False);
    }

    [Test]
    public void A_meter_on_the_way_is_named()
    {
        Add(new FlowMod { Instructions = new FlowInstructions { Meter = new(7), GoToTable = new(1) } });
        ShadowRun run = _pipeline.Run(new PacketAtTable(PortOne, TestFrames.Udp()));
        Assert.That(run.Meters, Is.EqualTo(new[] { new MeterId(7) }));
    }

    [Test]
    public void In_one_zero_a_packet_that_no_rule_matches_goes_up()
    {
        var pipeline = new ShadowPipeline(new ShadowFlowTable(TableSemantics.V10, 10), () => false);
        HandUp up = pipeline.Run(new PacketAtTable(PortOne, TestFrames.Udp())).HandUps.Single();
        Assert.That((up.Rule, up.Reason), Is.EqualTo(((FlowRule?)null, PacketInReason.NoMatch)));
    }

    private FlowRule Add(FlowMod rule)
    {
        Assert.That(_table.TryAdd(rule, default, 0, out RuleChange change), Is.True);
        return change.Rule;
    }

    private static FlowInstructions GoTo(byte table) => new() { GoToTable = new(table) };

    private static IEnumerable<string> Describe(List<(string Host, byte[] Frame)> delivered) =>
        delivered.Select(each => $"{each.Host} {Convert.ToHexString(each.Frame)}").Order();

    private static string Describe(HandUp up) =>
        $"{up.Reason} {up.Table} {up.Rule?.Cookie} {Convert.ToHexString(up.Frame)}";

    private static string Describe(PacketInSeen seen) =>
        $"{seen.Reason} {seen.Table} {seen.Cookie} {Convert.ToHexString(seen.Frame)}";
}
