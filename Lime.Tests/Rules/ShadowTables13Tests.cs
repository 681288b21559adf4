using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: commands do to the shadow tables what OpenFlow 1.3.5 sections 6.4 to 6.6 say, where that differs from
/// 1.0.</remarks>
public sealed class ShadowTables13Tests
{
    private static readonly Match Ipv4 = Match.Any.WithEthType(0x0800);

    private readonly List<RuleChange> _changes = [];
    private ShadowFlowTable _table = null!;
    private ShadowGroupTable _groups = null!;
    private ShadowMeterTable _meters = null!;

    [SetUp]
    public void MakeTables()
    {
        _table = new ShadowFlowTable(TableSemantics.V13, 100);
        _groups = new ShadowGroupTable();
        _meters = new ShadowMeterTable();
        _changes.Clear();
    }

    /// <remarks>H-39: an ADD keeps the counters unless it says RESET_COUNTS; the age begins anew.</remarks>
    [Test]
    public void An_identical_add_keeps_counters_unless_told_to_reset_them([Values] bool resets)
    {
        Resolve(new FlowMod(), nowTicks: 10);
        FlowRule rule = _table.Rules.Single();
        rule.Retired = new FlowCounters(3, 300);
        Resolve(new FlowMod { Flags = resets ? FlowModFlags.ResetCounts : 0 }, nowTicks: 20);
        Assert.That(rule.Retired.Packets, Is.EqualTo(resets ? 0 : 3));
        Assert.That(rule.InstalledTicks, Is.EqualTo(20));
        Assert.That(_changes[^1].CountsAnew, Is.EqualTo(resets));
    }

    /// <remarks>H-40.</remarks>
    [Test]
    public void A_modify_never_adds_and_changes_instructions_alone()
    {
        FlowMod modify = new()
        {
            Command = FlowModCommand.Modify, Cookie = new Cookie(9), IdleTimeoutSeconds = 7, Actions = ActionList.Flood,
        };
        Assert.That(Resolve(modify), Is.Null);
        Assert.That(_table.Count, Is.Zero);
        Resolve(new FlowMod { Cookie = new Cookie(1), Flags = FlowModFlags.NoByteCounts });
        Resolve(modify with { Instructions = new FlowInstructions { GoToTable = new TableId(3) } });
        FlowRule rule = _table.Rules.Single();
        Assert.That((rule.Cookie, rule.IdleTimeoutSeconds), Is.EqualTo((new Cookie(1), (ushort)0)));
        Assert.That(rule.Flags, Is.EqualTo(FlowModFlags.NoByteCounts));
        Assert.That(rule.Actions, Is.EqualTo(ActionList.Flood));
        Assert.That(rule.Instructions.Others.GoToTable, Is.EqualTo(new TableId(3)));
        Assert.That(rule.ToFlowMod(FlowModCommand.Add).Flags,
            Is.EqualTo(FlowModFlags.NoByteCounts | FlowModFlags.SendFlowRemoved), "sent again as it was");
    }

    /// <remarks>H-43.</remarks>
    [TestCase(0x10UL, 0xf0UL, "1")]
    [TestCase(0UL, 0UL, "1,2,3")]
    [TestCase(ulong.MaxValue, ulong.MaxValue, "3")]
    [TestCase(0UL, 1UL, "1,2")]
    public void A_cookie_mask_selects_for_modify_and_delete(ulong cookie, ulong mask, string expected)
    {
        Resolve(new FlowMod { Priority = 1, Cookie = new Cookie(0x10) });
        Resolve(new FlowMod { Priority = 2, Cookie = new Cookie(0x20) });
        Resolve(new FlowMod { Priority = 3, Cookie = new Cookie(ulong.MaxValue) });
        foreach (FlowModCommand command in new[] { FlowModCommand.Modify, FlowModCommand.Delete })
        {
            _changes.Clear();
            Resolve(new FlowMod { Command = command, Cookie = new Cookie(cookie), CookieMask = new Cookie(mask) });
            Assert.That(Priorities(), Is.EqualTo(expected), command.ToString());
        }
    }

    /// <remarks>H-41, H-62.</remarks>
    [TestCase(FlowModCommand.Delete, (byte)1, "2")]
    [TestCase(FlowModCommand.Delete, (byte)255, "1,2,3")]
    [TestCase(FlowModCommand.DeleteStrict, (byte)1, "2")]
    [TestCase(FlowModCommand.Modify, (byte)2, "3")]
    public void A_command_concerns_its_table_and_a_delete_of_table_255_all(
        FlowModCommand command, byte table, string expected)
    {
        for (byte i = 0; i < 3; i++) Resolve(new FlowMod { Table = new TableId(i), Priority = (ushort)(i + 1) });
        Resolve(new FlowMod { Command = command, Table = new TableId(table), Priority = 2 });
        Assert.That(Priorities(skip: 3), Is.EqualTo(expected));
    }

    [Test]
    public void The_same_match_and_priority_in_two_tables_are_two_rules()
    {
        Resolve(new FlowMod { Flags = FlowModFlags.CheckOverlap });
        Resolve(new FlowMod { Table = new TableId(1), Flags = FlowModFlags.CheckOverlap });
        Assert.That(_table.Count, Is.EqualTo(2));
        Assert.That(
            Resolve(new FlowMod { Match = Ipv4, Table = new TableId(1), Flags = FlowModFlags.CheckOverlap }),
            Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.Overlap)), "H-38");
        Assert.That(
            Resolve(new FlowMod { Table = TableId.All }),
            Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId)));
    }

    /// <remarks>H-42: outputs in the action set count too.</remarks>
    [Test]
    public void Deletes_by_output_look_at_applied_and_written_actions()
    {
        var port = new PortNumber(2);
        Resolve(new FlowMod { Priority = 1, Actions = ActionList.Output(port) });
        Resolve(new FlowMod
        {
            Priority = 2, Instructions = new FlowInstructions { WriteActions = ActionList.Output(port) },
        });
        Resolve(new FlowMod { Priority = 3, Actions = ToGroup(5) });
        Resolve(new FlowMod { Command = FlowModCommand.Delete, OutPort = port });
        Assert.That(Priorities(skip: 3), Is.EqualTo("1,2"));
        _changes.Clear();
        Resolve(new FlowMod { Command = FlowModCommand.Delete, OutGroup = new GroupId(5) });
        Assert.That(Priorities(), Is.EqualTo("3"));
    }

    [Test]
    public void A_match_that_is_exact_in_1_0_has_the_priority_it_was_given()
    {
        Match exact = Match.Exact(new PacketFields(1UL << 32 | 0x0800_0000, 0, 0, 0, 0));
        Resolve(new FlowMod { Match = exact, Priority = 1 });
        Resolve(new FlowMod { Match = exact, Priority = 2 });
        Assert.That(_table.Count, Is.EqualTo(2));
    }

    /// <remarks>H-60.</remarks>
    [Test]
    public void Groups_are_refused_as_by_a_switch()
    {
        Assert.That(Change(GroupModCommand.Modify, 1), Is.EqualTo(ErrorCodes.GroupUnknown));
        Assert.That(Change(GroupModCommand.Add, 1), Is.Null);
        Assert.That(Change(GroupModCommand.Add, 1), Is.EqualTo(ErrorCodes.GroupExists));
        Assert.That(Change(GroupModCommand.Add, 2, ToGroup(1)), Is.Null);
        Assert.That(Change(GroupModCommand.Modify, 1, ToGroup(2)), Is.EqualTo(ErrorCodes.GroupLoop));
        Assert.That(Change(GroupModCommand.Modify, 1, ToGroup(1)), Is.EqualTo(ErrorCodes.GroupLoop));
        Assert.That(Change(GroupModCommand.Add, 3, ToGroup(9)), Is.EqualTo(ErrorCodes.ActionBadOutGroup));
        Assert.That(Change(GroupModCommand.Add, 0xffffff01), Is.EqualTo(ErrorCodes.GroupInvalid));
        Assert.That(Change(GroupModCommand.Delete, 1), Is.EqualTo(ErrorCodes.GroupChained));
        Assert.That(Change(GroupModCommand.Delete, 7), Is.Null, "no such group: no error");
        Assert.That(Change(GroupModCommand.Delete, GroupId.All.Value), Is.Null);
        Assert.That(_groups.Count, Is.Zero);
    }

    [Test]
    public void Groups_stand_behind_those_that_they_go_to()
    {
        Change(GroupModCommand.Add, 9);
        Change(GroupModCommand.Add, 5, ToGroup(9));
        Change(GroupModCommand.Add, 1, ToGroup(5));
        Change(GroupModCommand.Add, 3);
        Assert.That(_groups.InOrder.Select(each => each.Id.Value), Is.EqualTo(new uint[] { 9, 5, 1, 3 }));
    }

    /// <remarks>H-60, H-61.</remarks>
    [Test]
    public void Rules_that_use_a_group_or_meter_go_with_it()
    {
        Resolve(new FlowMod { Priority = 1, Actions = ToGroup(1) });
        Resolve(new FlowMod { Priority = 2, Instructions = new FlowInstructions { WriteActions = ToGroup(1) } });
        Resolve(new FlowMod { Priority = 3, Instructions = new FlowInstructions { Meter = new MeterId(4) } });
        _changes.Clear();
        _table.DeleteUsersOf(new GroupId(1), _changes);
        Assert.That(Priorities(), Is.EqualTo("1,2"));
        Assert.That(_changes.Select(each => each.Reason), Is.All.EqualTo(FlowRemovedReason.GroupDelete));
        _changes.Clear();
        _table.DeleteUsersOf(new MeterId(4), _changes);
        Assert.That(Priorities(), Is.EqualTo("3"));
        Assert.That(_changes.Single().Reason, Is.EqualTo(FlowRemovedReason.Delete));
    }

    [Test]
    public void Meters_are_refused_as_by_a_switch()
    {
        Assert.That(Change(MeterModCommand.Modify, 1), Is.EqualTo(ErrorCodes.MeterUnknown));
        Assert.That(Change(MeterModCommand.Add, 0), Is.EqualTo(ErrorCodes.MeterInvalid));
        Assert.That(Change(MeterModCommand.Add, 1), Is.Null);
        Assert.That(Change(MeterModCommand.Add, 1), Is.EqualTo(ErrorCodes.MeterExists));
        Assert.That(Change(MeterModCommand.Delete, 5), Is.Null);
        Assert.That(Change(MeterModCommand.Delete, MeterId.All.Value), Is.Null);
        Assert.That(_meters.Count, Is.Zero);
    }

    [Test]
    public void A_rule_may_use_only_groups_and_meters_that_there_are()
    {
        var context = new CommandContext(new Xid(1), 0, InstanceMap.Identity) { Groups = _groups, Meters = _meters };
        FlowMod byGroup = new() { Actions = ToGroup(1) };
        FlowMod byMeter = new() { Instructions = new FlowInstructions { Meter = new MeterId(1) } };
        Assert.That(
            CommandResolution.Resolve(_table, byGroup, context, _changes),
            Is.EqualTo((ErrorType.BadAction, ErrorCodes.ActionBadOutGroup)));
        Assert.That(
            CommandResolution.Resolve(_table, byMeter, context, _changes),
            Is.EqualTo((ErrorType.MeterModFailed, ErrorCodes.MeterInvalid)));
        Change(GroupModCommand.Add, 1);
        Change(MeterModCommand.Add, 1);
        Assert.That(CommandResolution.Resolve(_table, byGroup, context, _changes), Is.Null);
        Assert.That(CommandResolution.Resolve(_table, byMeter, context, _changes), Is.Null);
    }

    private static ActionList ToGroup(uint group) => ActionList.Of(FlowAction.Group(new GroupId(group)));

    private (ErrorType, ushort)? Resolve(FlowMod flowMod, long nowTicks = 0) => CommandResolution.Resolve(
        _table, flowMod, new CommandContext(new Xid(1), nowTicks, InstanceMap.Identity), _changes);

    private string Priorities(int skip = 0) =>
        string.Join(',', _changes.Skip(skip).Select(each => each.Rule.Priority).Order());

    private ushort? Change(GroupModCommand command, uint group, ActionList? actions = null)
    {
        ImmutableArray<GroupBucket> buckets =
            command == GroupModCommand.Delete ? [] : [new GroupBucket(actions ?? ActionList.Drop)];
        var message = new GroupMod(command, GroupType.Indirect, new GroupId(group), buckets);
        if (_groups.FindFault(message, InstanceMap.Identity) is { } fault) return fault.Code;
        _groups.Apply(message, 0);
        return null;
    }

    private ushort? Change(MeterModCommand command, uint meter)
    {
        var message = new MeterMod(command, MeterFlags.PacketsPerSecond, new MeterId(meter), []);
        if (_meters.FindFault(message) is { } fault) return fault.Code;
        _meters.Apply(message, 0);
        return null;
    }
}
