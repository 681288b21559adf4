using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Reference.Rules;

/// <summary>Groups and meters (1.3.5 sections 5.6, 5.7, 6.5 and 6.6).</summary>
internal sealed class GroupAndMeterTests
{
    private ReferenceBed _bed = null!;

    [SetUp]
    public void SetUp() => _bed = new ReferenceBed(OpenFlowVersion.V13, new ReferenceOptions
    {
        ChooseBucket = static (_, _, live) => live[^1],
    });

    /// <remarks>Section 5.6.1.</remarks>
    [TestCase(GroupType.All, "2 3")]
    [TestCase(GroupType.Select, "3")]
    [TestCase(GroupType.FastFailover, "2")]
    public void A_group_does_what_its_type_says(GroupType type, string expected)
    {
        Add(1, type, Bucket(2), Bucket(3));
        Rule(1);
        _bed.Frame();
        Assert.That(_bed.Ports, Is.EqualTo(expected));
    }

    [Test]
    public void Fast_failover_takes_the_first_live_bucket()
    {
        Add(1, GroupType.FastFailover, Bucket(2), Bucket(3));
        Rule(1);
        _bed.Do(new LinkInput(new(2), IsUp: false));
        _bed.Frame();
        Assert.That(_bed.Ports, Is.EqualTo("3"));
    }

    /// <remarks>Section 5.6: each bucket works on a copy.</remarks>
    [Test]
    public void A_bucket_changes_its_own_copy()
    {
        GroupBucket marking = new(ActionList.Of(FlowAction.Output(new(2)), FlowAction.SetEthSource(new(5))));
        Add(1, GroupType.All, marking, new GroupBucket(ActionList.Output(new(3))));
        Rule(1);
        _bed.Frame();
        Assert.That(_bed.Outputs.OfType<FrameOutput>().Select(frame => frame.Bytes[11]),
            Is.EqualTo(new[] { (byte)5, (byte)0x0a }));
    }

    /// <remarks>Section 6.5: what a group-mod may not say.</remarks>
    [TestCase(GroupModCommand.Add, 1u, GroupType.All, 2u, ErrorCodes.GroupExists)]
    [TestCase(GroupModCommand.Modify, 9u, GroupType.All, 2u, ErrorCodes.GroupUnknown)]
    [TestCase(GroupModCommand.Add, 0xffffff01u, GroupType.All, 2u, ErrorCodes.GroupInvalid)]
    [TestCase(GroupModCommand.Add, 9u, (GroupType)4, 2u, ErrorCodes.GroupBadType)]
    public void A_wrong_group_mod_is_refused(
        GroupModCommand command, uint group, GroupType type, uint port, ushort code)
    {
        Add(1, GroupType.All);
        _bed.Send(new GroupMod(command, type, new(group), [Bucket(port)]));
        Assert.That(_bed.Error, Is.EqualTo((ErrorType.GroupModFailed, code)));
    }

    /// <remarks>Section 6.5: OFPGMFC_LOOP, OFPGMFC_CHAINED_GROUP, and one bucket for an indirect group.</remarks>
    [Test]
    public void Chains_are_watched()
    {
        Add(1, GroupType.Indirect, Bucket(2));
        Add(2, GroupType.Indirect, new GroupBucket(ActionList.Of(FlowAction.Group(new(1)))));
        Rule(2);
        _bed.Frame();
        Assert.That(_bed.Ports, Is.EqualTo("2"));
        _bed.Send(new GroupMod(GroupModCommand.Modify, GroupType.All, new(1),
            [new GroupBucket(ActionList.Of(FlowAction.Group(new(2))))]));
        Assert.That(_bed.Error, Is.EqualTo((ErrorType.GroupModFailed, ErrorCodes.GroupLoop)));
        _bed.Send(new GroupMod(GroupModCommand.Delete, GroupType.All, new(1), []));
        Assert.That(_bed.Error, Is.EqualTo((ErrorType.GroupModFailed, ErrorCodes.GroupChained)));
        Add(3, GroupType.Indirect, Bucket(2), Bucket(3));
        Assert.That(_bed.Error, Is.EqualTo((ErrorType.GroupModFailed, ErrorCodes.GroupInvalid)));
    }

    /// <remarks>Section 6.5: rules go with their group, with their reason; a MODIFY keeps the group's counters and not its
    /// buckets'.</remarks>
    [Test]
    public void A_group_takes_its_rules_along()
    {
        Add(1, GroupType.All, Bucket(2));
        Rule(1);
        _bed.Frame();
        _bed.Send(new GroupMod(GroupModCommand.Modify, GroupType.All, new(1), [Bucket(3)]));
        _bed.Send(new GroupStatisticsRequest(GroupId.All));
        GroupStatistics counted = _bed.Messages<GroupStatisticsReply>().Single().Groups.Single();
        Assert.That((counted.ReferenceCount, counted.PacketCount, counted.Buckets.Single().PacketCount),
            Is.EqualTo((1u, 1ul, 0ul)));
        _bed.Send(new GroupMod(GroupModCommand.Delete, GroupType.All, GroupId.All, []));
        Assert.That(_bed.Messages<FlowRemoved>().Single().Reason, Is.EqualTo(FlowRemovedReason.GroupDelete));
        Assert.That(_bed.Flows(), Is.Empty);
    }

    /// <remarks>Section 5.7.1: 2 packets at once, then 1 a second.</remarks>
    [Test]
    public void A_drop_band_lets_burst_and_rate_pass()
    {
        Meter(new MeterBand(MeterBandType.Drop, 1, 2));
        string passed = "";
        for (int i = 0; i < 3; i++) passed += Passes();
        _bed.Wait(1);
        for (int i = 0; i < 2; i++) passed += Passes();
        Assert.That(passed, Is.EqualTo("yynyn"));
        _bed.Send(new MeterStatisticsRequest(MeterId.All));
        MeterStatistics counted = _bed.Messages<MeterStatisticsReply>().Single().Meters.Single();
        Assert.That((counted.FlowCount, counted.PacketCount, counted.Bands.Single().PacketCount),
            Is.EqualTo((1u, 5ul, 2ul)));
    }

    /// <remarks>Section 5.7.1: of the exceeded bands the one of the highest rate; RFC 2597: AF11 becomes AF13 by two
    /// levels.</remarks>
    [Test]
    public void A_remark_band_raises_the_drop_precedence()
    {
        Meter(new MeterBand(MeterBandType.DscpRemark, 1, 1) { PrecedenceLevel = 1 },
            new MeterBand(MeterBandType.DscpRemark, 2, 1) { PrecedenceLevel = 2 });
        _bed.Frame(frame: Assured());
        _bed.Frame(frame: Assured());
        Assert.That(_bed.Outputs.OfType<FrameOutput>().Single().Bytes[15] >> 2, Is.EqualTo(14));
    }

    [TestCase(0u, MeterFlags.PacketsPerSecond, ErrorCodes.MeterInvalid)]
    [TestCase(1u, MeterFlags.PacketsPerSecond, ErrorCodes.MeterExists)]
    [TestCase(2u, MeterFlags.PacketsPerSecond | MeterFlags.KilobitsPerSecond, ErrorCodes.MeterBadFlags)]
    public void A_wrong_meter_mod_is_refused(uint meter, MeterFlags flags, ushort code)
    {
        Meter();
        _bed.Send(new MeterMod(MeterModCommand.Add, flags, new(meter), []));
        Assert.That(_bed.Error, Is.EqualTo((ErrorType.MeterModFailed, code)));
    }

    /// <remarks>Section 6.6: rules go with their meter.</remarks>
    [Test]
    public void A_meter_takes_its_rules_along()
    {
        Meter();
        _bed.Send(new MeterMod(MeterModCommand.Delete, MeterFlags.None, MeterId.All, []));
        Assert.That(_bed.Flows(), Is.Empty);
    }

    private string Passes()
    {
        _bed.Frame();
        return _bed.Ports == "2" ? "y" : "n";
    }

    private void Meter(params MeterBand[] bands)
    {
        const MeterFlags Flags = MeterFlags.PacketsPerSecond | MeterFlags.Burst;
        _bed.Send(new MeterMod(MeterModCommand.Add, Flags, new(1), [.. bands]));
        _bed.Send(new FlowMod { Actions = ActionList.Output(new(2)), Instructions = new() { Meter = new(1) } });
    }

    private void Add(uint id, GroupType type, params GroupBucket[] buckets) =>
        _bed.Send(new GroupMod(GroupModCommand.Add, type, new(id), [.. buckets]));

    private void Rule(uint group) => _bed.Send(new FlowMod
    {
        Actions = ActionList.Of(FlowAction.Group(new(group))),
        Flags = FlowModFlags.SendFlowRemoved,
    });

    private static GroupBucket Bucket(uint port) =>
        new(ActionList.Output(new(port))) { Weight = 1, WatchPort = new(port) };

    private static byte[] Assured()
    {
        byte[] frame = Emulation.TestFrames.Udp();
        frame[15] = 10 << 2;
        return frame;
    }
}
