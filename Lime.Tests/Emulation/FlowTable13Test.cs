using Lime.Core.Emulation;
using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Tables;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>The flow table against OpenFlow 1.3.5 section 6.4, and look-ups of further fields.</summary>
internal sealed class FlowTable13Test
{
    private EventLoop _loop = null!;
    private FlowTable _table = null!;

    [SetUp]
    public void SetUp()
    {
        _loop = EventLoop.CreateManual();
        _table = new FlowTable(new EmulationContext(_loop, seed: 1), 1_000_000) { Semantics = TableSemantics.V13 };
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    [TestCase(FlowModFlags.None, 1ul)]
    [TestCase(FlowModFlags.ResetCounts, 0ul)]
    public void Add_of_a_rule_that_is_there_keeps_its_counters_unless_told_and_begins_its_life_anew(
        FlowModFlags flags, ulong packetCount)
    {
        Apply(new FlowMod { Cookie = new(1), HardTimeoutSeconds = 9 });
        Count();
        _loop.RunFor(TimeSpan.FromSeconds(5));
        Apply(new FlowMod { Cookie = new(2), Flags = flags });
        FlowEntry entry = Single();
        Assert.That((entry.PacketCount, entry.Cookie.Value, entry.HardTimeoutSeconds),
            Is.EqualTo((packetCount, 2ul, (ushort)0)));
        Assert.That(entry.CreatedTicks, Is.EqualTo(_loop.Time.GetTimestamp()));
    }

    [TestCase(FlowModFlags.None, 1ul)]
    [TestCase(FlowModFlags.ResetCounts, 0ul)]
    public void Modify_keeps_cookie_timeouts_and_counters_unless_told(FlowModFlags flags, ulong packetCount)
    {
        Apply(new FlowMod { Cookie = new(1), IdleTimeoutSeconds = 9 });
        Count();
        FlowInstructions next = new() { GoToTable = new(4) };
        Apply(new FlowMod { Command = FlowModCommand.Modify, Cookie = new(2), Flags = flags, Instructions = next });
        FlowEntry entry = Single();
        Assert.That((entry.PacketCount, entry.Cookie.Value, entry.IdleTimeoutSeconds, entry.Instructions),
            Is.EqualTo((packetCount, 1ul, (ushort)9, next)));
    }

    [Test]
    public void Modify_never_adds([Values(FlowModCommand.Modify, FlowModCommand.ModifyStrict)] FlowModCommand command)
    {
        Apply(new FlowMod { Command = command });
        Assert.That(_table.Count, Is.Zero);
    }

    [Test]
    public void Modify_and_delete_look_at_the_cookie([Values] bool isStrict)
    {
        Apply(new FlowMod { Cookie = new(0x12) });
        FlowMod modify = new()
        {
            Command = isStrict ? FlowModCommand.ModifyStrict : FlowModCommand.Modify,
            Cookie = new(0x13),
            CookieMask = new(0x0f),
            Actions = ActionList.Flood,
        };
        Apply(modify);
        Assert.That(Single().Actions, Is.EqualTo(ActionList.Drop));
        Apply(modify with { CookieMask = new(0xf0) });
        Assert.That(Single().Actions, Is.EqualTo(ActionList.Flood));
        FlowModCommand delete = isStrict ? FlowModCommand.DeleteStrict : FlowModCommand.Delete;
        Apply(modify with { Command = delete });
        Assert.That(_table.Count, Is.EqualTo(1));
        Apply(modify with { Command = delete, Cookie = new(0x12) });
        Assert.That(_table.Count, Is.Zero);
    }

    [Test]
    public void Deletes_filter_by_group()
    {
        Apply(new FlowMod { Priority = 1, Actions = ActionList.Of(FlowAction.Group(new(5))) });
        FlowInstructions write = new() { WriteActions = ActionList.Of(FlowAction.Group(new(5))) };
        Apply(new FlowMod { Priority = 2, Instructions = write });
        Apply(new FlowMod { Priority = 3, Actions = ActionList.Of(FlowAction.Group(new(6))) });
        Apply(new FlowMod { Command = FlowModCommand.Delete, OutGroup = new(5) });
        Assert.That(Single().Priority, Is.EqualTo(3));
    }

    /// <remarks>1.3 has no exact matches beyond priorities; a rule changes its rank with its controller.</remarks>
    [Test]
    public void An_exact_match_has_a_priority_and_gets_one_when_the_version_changes()
    {
        PacketFields fields = PacketParser.Parse(new(1), TestFrames.Udp());
        Apply(new FlowMod { Match = Match.Exact(fields), Priority = 5, Actions = ActionList.Output(new(1)) });
        Apply(new FlowMod { Priority = 6, Actions = ActionList.Output(new(2)) });
        Assert.That(_table.Match(fields, 60)!.Actions, Is.EqualTo(ActionList.Output(new(2))));
        _table.Semantics = TableSemantics.V10;
        Assert.That(_table.Match(fields, 60)!.Actions, Is.EqualTo(ActionList.Output(new(1))));
        Apply(new FlowMod { Match = Match.Exact(fields), Command = FlowModCommand.DeleteStrict });
        Assert.That(Single().Priority, Is.EqualTo(6));
    }

    /// <remarks>A mask of all ones is none, and bits outside a mask don't count.</remarks>
    [Test]
    public void Matches_that_admit_the_same_packets_are_the_same_rule()
    {
        Apply(With(OxmField.Of(OxmId.MplsLabel, [0, 0, 0, 9])));
        Apply(With(OxmField.Of(OxmId.MplsLabel, [0, 0, 0, 9], [255, 255, 255, 255])));
        Apply(With(OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 0, 0, 0, 255])));
        Apply(With(OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, 2], [0, 0, 0, 0, 0, 0, 0, 255])));
        Assert.That(_table.Count, Is.EqualTo(2));
    }

    [Test]
    public void Ten_thousand_rules_of_ipv6_prefixes_are_found()
    {
        for (int i = 0; i < 10_000; i++)
        {
            byte[] address = [0x20, 1, (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            byte[] mask = [255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            Apply(With(OxmField.Of(OxmId.Ipv6Destination, address, mask)) with { Cookie = new((ulong)i) });
        }
        Assert.That(_table.Count, Is.EqualTo(10_000));
        for (int i = 0; i < 10_000; i += 37)
        {
            byte[] frame = TestFrames.Ipv6Udp();
            frame[14 + 24] = 0x20;
            frame[14 + 25] = 1;
            frame[14 + 26] = (byte)(i >> 8);
            frame[14 + 27] = (byte)i;
            Assert.That(LookUp(frame)?.Cookie.Value, Is.EqualTo((ulong)i));
        }
    }

    /// <remarks>Goal: the look-up finds what a plain scan finds, further fields too.</remarks>
    [Test]
    public void Look_up_agrees_with_a_scan_over_all_rules([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            FlowMod mod = RandomRule(random);
            bool isDelete = random.Next(4) == 0;
            Apply(mod with { Command = isDelete ? FlowModCommand.DeleteStrict : FlowModCommand.Add });
        }
        byte[][] frames =
        [
            TestFrames.Udp(), TestFrames.Ipv6Udp(), TestFrames.Tagged(TestFrames.Ipv6Udp(), 5, 1),
            TestFrames.Arp(), TestFrames.Mpls(TestFrames.Udp(), 3), TestFrames.Ethernet(0x88cc),
        ];
        foreach (byte[] frame in frames)
        {
            PacketFields fields = StackParser.Parse(new(1), frame);
            FurtherFields further = StackParser.ParseFurther(frame, 1, 0);
            int? best = _table.Entries.Where(entry => entry.Key.Match.Matches(fields, further))
                .Max(entry => (int?)entry.Key.Rank);
            Assert.That(_table.Match(fields, 60, further)?.Key.Rank, Is.EqualTo(best));
        }
    }

    private static FlowMod RandomRule(Random random)
    {
        List<OxmField> further = [];
        Match match = Match.Any;
        if (random.Next(2) == 0) match = match.WithInPort(new((uint)random.Next(1, 3)));
        int kind = random.Next(5);
        if (kind == 0) match = match.WithEthType(0x86dd);
        if (kind == 0) further.Add(OxmField.Of(OxmId.Ipv6FlowLabel, [0, 0, 0, (byte)random.Next(2)], [0, 0, 0, 1]));
        if (kind == 1) match = match.WithEthType(0x8847);
        if (kind == 1) further.Add(OxmField.Of(OxmId.MplsLabel, [0, 0, 0, (byte)random.Next(5)]));
        if (kind == 2) match = match.WithEthType(0x0806);
        if (kind == 2) further.Add(OxmField.Of(OxmId.ArpOpcode, [0, (byte)random.Next(3)]));
        byte[] metadata = [0, 0, 0, 0, 0, 0, 0, (byte)random.Next(2)];
        if (random.Next(2) == 0) further.Add(OxmField.Of(OxmId.Metadata, metadata, [0, 0, 0, 0, 0, 0, 0, 1]));
        return new FlowMod
        {
            Match = match.WithFurther(FurtherFields.Of([.. further])),
            Priority = (ushort)random.Next(0, 20),
        };
    }

    private static FlowMod With(OxmField field) => new() { Match = Match.Any.WithFurther(FurtherFields.Of(field)) };

    private void Apply(in FlowMod mod) => Assert.That(_table.Apply(mod), Is.Null);

    private void Count() => _table.Match(PacketParser.Parse(new(1), TestFrames.Udp()), 60);

    private FlowEntry? LookUp(byte[] frame) => _table.Match(
        StackParser.Parse(new(1), frame), frame.Length, StackParser.ParseFurther(frame, 0, 0));

    private FlowEntry Single() => _table.Entries.Single();
}
