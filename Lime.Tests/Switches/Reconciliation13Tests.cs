using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Switches;

/// <remarks>Goal: groups, meters, later tables and the table-miss rule are brought together after a connect as rules
/// are, and nothing is wiped (H-24, H-59 to H-62).</remarks>
public sealed class Reconciliation13Tests
{
    private static readonly GroupMod Group = new(
        GroupModCommand.Add, GroupType.Indirect, new GroupId(5),
        [new GroupBucket(ActionList.Output(new PortNumber(2)))]);

    private static readonly MeterMod Meter = new(
        MeterModCommand.Add, MeterFlags.KilobitsPerSecond, new MeterId(6),
        [new MeterBand(MeterBandType.Drop, 1000, 0)]);

    private static readonly FlowMod Later = new()
    {
        Table = new TableId(2),
        Priority = 9,
        Actions = ActionList.Of(FlowAction.Group(Group.Group)),
        Instructions = new FlowInstructions { Meter = Meter.Meter },
    };

    [Test]
    public void What_is_found_is_adopted_or_removed_as_configured([Values] bool adopts)
    {
        UnknownRulePolicy policy = adopts ? UnknownRulePolicy.Adopt : UnknownRulePolicy.Remove;
        using ControllerBed bed = NewBed(policy, out EmulatedSwitch s1);
        s1.Install(Meter);
        s1.Install(Group);
        s1.Install(Later);
        bed.ConnectAndSettle(s1);
        int expected = adopts ? 1 : 0;
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        Assert.That((s1.Groups.Count, s1.Meters.Count), Is.EqualTo((expected, expected)));
        Assert.That((virtualSwitch.Groups.Count, virtualSwitch.Meters.Count), Is.EqualTo((expected, expected)));
        IEnumerable<byte> tables = bed.Flows(virtualSwitch).Select(each => each.Table.Value);
        Assert.That(string.Join(',', tables), Is.EqualTo(adopts ? "2" : ""));
        Assert.That(Misses(s1), Is.EqualTo(new[] { TableMissRule.Mark }));
    }

    [Test]
    public void What_a_switch_has_lost_is_there_again_after_it_is_back()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        bed.ConnectAndSettle(s1);
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        bed.Do(() => virtualSwitch.Send(Meter));
        bed.Do(() => virtualSwitch.Send(Group));
        bed.Barrier(virtualSwitch);
        bed.Send(virtualSwitch, Later);
        bed.Barrier(virtualSwitch);
        s1.Disconnect();
        bed.RunMs(10);
        s1.Install(new FlowMod { Command = FlowModCommand.Delete, Table = TableId.All });
        s1.Install(Group with { Command = GroupModCommand.Delete, Buckets = [] });
        s1.Install(Meter with { Command = MeterModCommand.Delete, Bands = [] });
        bed.ConnectAndSettle(s1);
        Assert.That(s1.Groups.Select(each => each.Group), Is.EqualTo(new[] { Group.Group }));
        Assert.That(s1.Meters.Select(each => each.Meter), Is.EqualTo(new[] { Meter.Meter }));
        Assert.That(s1.Flows.Count(each => each.Table.Value == 2), Is.EqualTo(1));
        Assert.That(Misses(s1), Is.EqualTo(new[] { TableMissRule.Mark }));
    }

    /// <remarks>Nothing is wiped on the way: somebody's own rule for what no other matches stays.</remarks>
    [Test]
    public void A_table_miss_rule_that_is_found_is_kept_instead_of_ours()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        s1.Install(new FlowMod { Priority = 0, Cookie = new Cookie(77) });
        bed.ConnectAndSettle(s1);
        Assert.That(Misses(s1), Is.EqualTo(new[] { new Cookie(77) }));
        Assert.That(
            bed.Flows(bed.Controller.VirtualSwitches.Single()).Single().Cookie, Is.EqualTo(new Cookie(77)));
    }

    [Test]
    public void A_group_that_the_switch_refuses_is_reported_and_forgotten()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1, groupCapacity: 0);
        bed.ConnectAndSettle(s1);
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        Xid xid = bed.Do(() => virtualSwitch.Send(Group)).Xid;
        bed.RunMs(50);
        Assert.That(_app.Errors.Single().Xid, Is.EqualTo(xid));
        Assert.That(_app.Errors.Single().Error.Code, Is.EqualTo(ErrorCodes.GroupsFull));
        Assert.That(virtualSwitch.Groups.Count, Is.Zero);
    }

    /// <remarks>A switch that is slow to answer once must not stay unmigratable until it connects again.</remarks>
    [Test]
    public void A_reading_that_goes_unanswered_is_asked_again_with_growing_pauses([Values] bool isOfGroups)
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out _);
        var asked = new List<double>();
        var raw = new RawSwitch(bed, new DatapathId(9), OpenFlowVersion.V13);
        raw.Statistics = request =>
        {
            bool isSlow = isOfGroups ? request is GroupDescriptionRequest : request is FlowStatisticsRequest;
            if (isSlow) asked.Add(bed.Loop.Time.GetTimestamp() / (double)bed.Loop.Time.TimestampFrequency);
            return request switch
            {
                _ when isSlow && asked.Count < 4 => null,
                GroupDescriptionRequest => new GroupDescriptionReply(
                    [new GroupDescription(Group.Group, Group.Type, Group.Buckets)]),
                MeterConfigurationRequest => new MeterConfigurationReply([]),
                FlowStatisticsRequest => new FlowStatisticsReply([]),
                _ => null,
            };
        };
        bed.RunMs(100);
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();

        bool isRead = bed.RunUntil(() => virtualSwitch.Primary!.Physical.IsReconciled);

        Assert.That(isRead, Is.True);
        // Each question is given up after 10 s.
        Assert.That(
            string.Join(' ', asked.Zip(asked.Skip(1), (before, after) => Math.Round(after - before))),
            Is.EqualTo("11 12 14"));
        Assert.That(virtualSwitch.Groups.Find(Group.Group), Is.Not.Null, "found and adopted");
    }

    [Test]
    public void A_reading_is_not_asked_again_of_a_connection_that_has_ended()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out _);
        int asked = 0;
        var raw = new RawSwitch(bed, new DatapathId(9), OpenFlowVersion.V13);
        raw.Statistics = request =>
        {
            if (request is FlowStatisticsRequest) asked++;
            return null;
        };
        bed.RunMs(100);
        raw.AnswersEchoes = false;
        bed.RunMs(300_000);

        Assert.That(raw.IsClosed, Is.True);
        Assert.That(asked, Is.LessThanOrEqualTo(2));
    }

    private RecordingApp _app = null!;

    private ControllerBed NewBed(UnknownRulePolicy policy, out EmulatedSwitch s1, int groupCapacity = 10)
    {
        _app = new RecordingApp();
        var options = new LimeOptions
        {
            UnknownRules = policy,
            Channel = ChannelOptions.Default with { Versions = [OpenFlowVersion.V13] },
        };
        var bed = new ControllerBed(options, 1, _app);
        s1 = bed.AddSwitch(1, options: new EmulatedSwitchOptions { GroupCapacity = groupCapacity });
        return bed;
    }

    private static IEnumerable<Cookie> Misses(EmulatedSwitch node) =>
        node.Flows.Where(each => each.Priority == 0).Select(each => each.Cookie);
}
