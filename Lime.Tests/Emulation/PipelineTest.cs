using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Tables, instructions and action sets of an emulated switch that speaks OpenFlow 1.3.</summary>
internal sealed class PipelineTest
{
    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed(version: OpenFlowVersion.V13);

    [TearDown]
    public void TearDown() => _bed.Dispose();

    /// <remarks>1.3.5 section 5.4: without a table-miss rule a miss is dropped.</remarks>
    [Test]
    public void A_packet_without_a_rule_is_dropped()
    {
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That((Controller.PacketIns.Count, _bed.DeliveredTo), Is.EqualTo((0, "")));
    }

    /// <remarks>1.3.5 sections 5.4 and 7.4.1.</remarks>
    [Test]
    public void A_table_miss_rule_hands_up_with_reason_table_and_cookie()
    {
        Send(new FlowMod { Priority = 0, Cookie = new(0x77), Actions = ActionList.ToController });
        _bed.SendFrom("h2", TestFrames.Udp());
        PacketInSeen seen = Controller.PacketIns.Single();
        Assert.That((seen.Reason, seen.InPort.Value, seen.Cookie.Value, seen.Table.Value, seen.Buffer),
            Is.EqualTo((PacketInReason.NoMatch, 2u, 0x77ul, (byte)0, BufferId.None)));
        Assert.That(seen.Frame, Is.EqualTo(TestFrames.Udp()));
    }

    [Test]
    public void A_rule_hands_up_with_its_table_its_metadata_and_as_many_bytes_as_it_says()
    {
        Send(new FlowMod { Instructions = new() { GoToTable = new(3), Metadata = 0xab, MetadataMask = 0xff } });
        Send(new FlowMod
        {
            Table = new(3),
            Cookie = new(9),
            Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller, 20)),
        });
        _bed.SendFrom("h1", TestFrames.Udp());
        PacketInSeen seen = Controller.PacketIns.Single();
        Assert.That((seen.Reason, seen.Table.Value, seen.Cookie.Value, seen.Frame.Length),
            Is.EqualTo((PacketInReason.Action, (byte)3, 9ul, 20)));
        Assert.That(seen.Buffer, Is.Not.EqualTo(BufferId.None));
        Assert.That(Fields(seen), Is.EqualTo("InPort=00000001 Metadata=00000000000000ab"));
    }

    /// <remarks>1.3.5 section 5.10: the order of the action set isn't that of its actions; section 5.9: what
    /// clear-actions empties is gone.</remarks>
    [Test]
    public void The_action_set_is_carried_out_at_the_end_in_its_own_order()
    {
        Send(new FlowMod
        {
            Instructions = new()
            {
                WriteActions = ActionList.Of(FlowAction.Output(new(3)), FlowAction.SetEthSource(new(5))),
                GoToTable = new(1),
            },
        });
        Send(new FlowMod
        {
            Table = new(1),
            Priority = 9,
            Match = Match.Any.WithEthType(0x0800),
            Instructions = new()
            {
                WriteActions = ActionList.Of(
                    FlowAction.Output(new(2)), Field(OxmId.VlanId, 0x10, 7), FlowAction.PushVlan(0x8100)),
            },
        });
        Send(new FlowMod { Table = new(1), Priority = 8, Instructions = new() { ClearsActions = true } });
        _bed.SendFrom("h1", TestFrames.Udp());
        byte[] expected = TestFrames.Tagged(TestFrames.Udp(), 7, 0);
        new MacAddress(5).Write(expected.AsSpan(6));
        Assert.That((_bed.DeliveredTo, _bed.Delivered[0].Frame), Is.EqualTo(("h2", expected)));
        _bed.SendFrom("h1", TestFrames.Ethernet(0x88cc));
        Assert.That(_bed.Delivered, Has.Count.EqualTo(1), "cleared");
    }

    /// <remarks>1.3.5 section 5.9: apply-actions happen at once and show in later tables' matches.</remarks>
    [Test]
    public void What_apply_actions_change_is_matched_behind_them()
    {
        Send(new FlowMod
        {
            Actions = ActionList.Of(FlowAction.PushVlan(0x88a8), Field(OxmId.VlanId, 0x10, 5)),
            Instructions = new() { GoToTable = new(1) },
        });
        Send(new FlowMod
        {
            Table = new(1),
            Match = Match.Any.WithVlanId(5).WithEthType(0x0800).WithIpv4Source(TestFrames.IpA),
            Actions = ActionList.Of(FlowAction.StripVlan(), FlowAction.Output(new(2))),
        });
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.SendFrom("h1", TestFrames.Tagged(TestFrames.Udp(), 9, 3));
        Assert.That(_bed.Delivered.Select(item => item.Frame),
            Is.EqualTo(new[] { TestFrames.Udp(), TestFrames.Tagged(TestFrames.Udp(), 9, 3) }));
    }

    [Test]
    public void Metadata_chooses_in_the_next_table()
    {
        for (uint port = 1; port <= 2; port++)
        {
            Send(new FlowMod
            {
                Match = Match.Any.WithInPort(new(port)),
                Instructions = new() { Metadata = port << 8, MetadataMask = 0xff00, GoToTable = new(1) },
            });
            Send(new FlowMod
            {
                Table = new(1),
                Match = Match.Any.WithFurther(FurtherFields.Of(OxmField.Of(
                    OxmId.Metadata, [0, 0, 0, 0, 0, 0, (byte)port, 0], [0, 0, 0, 0, 0, 0, 0xff, 0]))),
                Actions = ActionList.Output(new(3 - port)),
            });
        }
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.SendFrom("h2", TestFrames.Udp());
        Assert.That(string.Join(' ', _bed.Delivered.Select(item => item.Host)), Is.EqualTo("h2 h1"));
    }

    /// <remarks>1.3.5 sections 5.1, 6.4 and 7.5.4.</remarks>
    [Test]
    public void What_a_rule_cannot_do_is_refused_by_the_error_of_the_specification()
    {
        Send(new FlowMod { Table = new(8) });
        Send(new FlowMod { Table = TableId.All });
        Send(new FlowMod { Table = new(2), Instructions = new() { GoToTable = new(2) } });
        Send(new FlowMod { Instructions = new() { GoToTable = new(8) } });
        Send(new FlowMod { Instructions = new() { Meter = new(1) } });
        Send(new FlowMod { Actions = ActionList.Of(FlowAction.Group(new(1))) });
        Send(new FlowMod { Instructions = new() { WriteActions = ActionList.Output(PortNumber.Normal) } });
        Send(new FlowMod { Actions = ActionList.Output(new(0x10000)) });
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId),
            (ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId),
            (ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId),
            (ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId),
            (ErrorType.MeterModFailed, ErrorCodes.MeterInvalid),
            (ErrorType.BadAction, ErrorCodes.ActionBadOutGroup),
            (ErrorType.BadAction, ErrorCodes.ActionBadOutPort), (ErrorType.BadAction, ErrorCodes.ActionBadOutPort),
        }));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
    }

    /// <remarks>1.3.5 section 6.4: a delete for table 255 is for all; cookie, port and group filter.</remarks>
    [Test]
    public void Deletes_filter_by_cookie_and_port_over_all_tables()
    {
        for (byte table = 0; table < 4; table++)
        {
            Send(new FlowMod
            {
                Table = new(table),
                Cookie = new(0x10ul + table),
                Flags = FlowModFlags.SendFlowRemoved,
                HardTimeoutSeconds = 900,
                Actions = ActionList.Output(new(1u + (table % 2u))),
            });
        }
        Send(new FlowMod
        {
            Command = FlowModCommand.Delete,
            Table = TableId.All,
            Cookie = new(0x11),
            CookieMask = new(0xfd),
            OutPort = new(2),
        });
        Controller.Barrier();
        FlowRemoved[] removed = [.. Controller.All<FlowRemoved>()];
        Assert.That(string.Join(' ', removed.Select(each => $"{each.Table}:{each.Cookie}")),
            Is.EqualTo("1:0x11 3:0x13"));
        Assert.That(removed.Select(each => (each.Reason, each.HardTimeoutSeconds)),
            Is.All.EqualTo((FlowRemovedReason.Delete, (ushort)900)));
        Assert.That(string.Join(' ', _bed.Switch.Flows.Select(flow => flow.Table)), Is.EqualTo("0 2"));
    }

    /// <remarks>1.3.5 section 7.3.4.1: the packet goes through the tables once the rule is there.</remarks>
    [Test]
    public void A_held_packet_that_a_flow_mod_names_goes_through_the_tables()
    {
        Send(new FlowMod
        {
            Priority = 0,
            Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller, 64)),
        });
        _bed.SendFrom("h1", TestFrames.Udp());
        Send(new FlowMod { Priority = 7, Match = Match.Any.WithInPort(new(1)), Actions = ActionList.Output(new(3)) });
        Send(new FlowMod { Table = new(4), BufferId = Controller.PacketIns.Single().Buffer });
        _bed.Run();
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h3"));
    }

    /// <remarks>1.3.5 sections 5.12 and 7.4.1; who wants to know has to say so.</remarks>
    [Test]
    public void A_used_up_time_to_live_ends_the_packet_and_is_told_to_who_asked()
    {
        Send(new FlowMod
        {
            Match = Match.Any.WithEthType(0x0800),
            Actions = ActionList.Of(FlowAction.DecrementIpTtl(), FlowAction.Output(new(2))),
        });
        byte[] last = TestFrames.Udp();
        last[22] = 1;
        _bed.SendFrom("h1", last);
        Assert.That((Controller.PacketIns.Count, _bed.DeliveredTo), Is.EqualTo((0, "")));
        AsyncMasks masks = Controller.Ask<GetAsyncReply>(new GetAsyncRequest()).Masks;
        Controller.Send(new SetAsync(masks with { PacketIn = masks.PacketIn | 4 }));
        Controller.Barrier();
        _bed.SendFrom("h1", last);
        Assert.That(Controller.PacketIns.Single().Reason, Is.EqualTo(PacketInReason.InvalidTtl));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.Delivered.Single().Frame[22], Is.EqualTo(63));
    }

    /// <remarks>1.3.5 section 7.3.5.</remarks>
    [Test]
    public void Flow_and_table_statistics_tell_tables_instructions_and_flags()
    {
        FlowInstructions instructions = new()
        {
            WriteActions = ActionList.Output(new(2)),
            Metadata = 1,
            MetadataMask = 3,
            GoToTable = new(5),
        };
        Send(new FlowMod { Table = new(2), Flags = FlowModFlags.ResetCounts, Instructions = instructions });
        var flow = (FlowStatisticsReply)Controller.AskAll(
            new FlowStatisticsRequest(Match.Any, TableId.All, new(2))).Single();
        Assert.That(flow.Flows.Single().Instructions, Is.EqualTo(instructions));
        Assert.That((flow.Flows.Single().Table.Value, flow.Flows.Single().Flags),
            Is.EqualTo(((byte)2, FlowModFlags.ResetCounts)));
        var tables = (TableStatisticsReply)Controller.AskAll(new TableStatisticsRequest()).Single();
        Assert.That(string.Join(' ', tables.Tables.Select(table => table.ActiveCount)), Is.EqualTo("0 0 1 0 0 0 0 0"));
        Assert.That(() => Controller.AskAll(new FlowStatisticsRequest(Match.Any, new(9), PortNumber.Any)),
            Throws.Exception);
    }

    private static FlowAction Field(OxmId id, params ReadOnlySpan<byte> value) =>
        FlowAction.SetField(OxmField.Of(id, value));

    private static string Fields(PacketInSeen seen)
    {
        var fields = new List<string>();
        foreach (ReadOnlySpan<byte> field in new OxmReader(seen.MatchFields))
            fields.Add(OxmField.FromBytes(field).ToString());
        return string.Join(' ', fields);
    }

    private void Send(in FlowMod mod) => Controller.Send(mod);
}
