using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Reference.Rules;

/// <summary>Flow-mods (1.0.0 section 4.6, 1.3.5 section 6.4).</summary>
internal sealed class FlowCommandTests
{
    private const OpenFlowVersion V10 = OpenFlowVersion.V10;
    private const OpenFlowVersion V13 = OpenFlowVersion.V13;

    /// <remarks>1.0.0 section 3.4: a rule without wildcards comes before all others; 1.3.5 section 5.3: the priority
    /// alone counts.</remarks>
    [TestCase(V10, "3")]
    [TestCase(V13, "2")]
    public void An_exact_match_outranks_priorities_in_1_0_only(OpenFlowVersion version, string expected)
    {
        var bed = new ReferenceBed(version);
        Match exact = ReferenceBed.Udp.WithInPort(new(1)).WithEthSource(Emulation.TestFrames.MacA)
            .WithEthDestination(Emulation.TestFrames.MacB).WithoutVlanTag().WithVlanPriority(0).WithIpTos(0)
            .WithIpv4Source(Emulation.TestFrames.IpA).WithIpv4Destination(Emulation.TestFrames.IpB)
            .WithTransportSource(1000).WithTransportDestination(2000);
        bed.Add(ReferenceBed.Udp, port: 2, priority: 100);
        bed.Add(exact, port: 3, priority: 1);
        bed.Frame();
        Assert.That(bed.Ports, Is.EqualTo(expected));
    }

    /// <remarks>1.0.0 section 4.6: an ADD over an identical rule zeroes its counters; 1.3.5 section 6.4: it keeps them
    /// unless OFPFF_RESET_COUNTS; no flow-removed, a new duration.</remarks>
    [TestCase(V10, FlowModFlags.None, 0ul)]
    [TestCase(V13, FlowModFlags.None, 1ul)]
    [TestCase(V13, FlowModFlags.ResetCounts, 0ul)]
    public void An_identical_ADD_replaces(OpenFlowVersion version, FlowModFlags flags, ulong packets)
    {
        var bed = new ReferenceBed(version);
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with { Flags = FlowModFlags.SendFlowRemoved });
        bed.Frame();
        bed.Wait(1);
        bed.Add(ReferenceBed.Udp, 3, change: mod => mod with { Flags = flags });
        Assert.That(bed.Outputs, Is.Empty);
        var flow = bed.Flows().Single();
        Assert.That((flow.PacketCount, flow.Duration.Ticks, flow.Actions),
            Is.EqualTo((packets, 0L, ActionList.Output(new(3)))));
    }

    /// <remarks>1.0.0 section 4.6: a MODIFY that finds nothing acts like an ADD; 1.3.5 section 6.4: nothing
    /// happens.</remarks>
    [TestCase(V10, FlowModCommand.Modify, 1)]
    [TestCase(V10, FlowModCommand.ModifyStrict, 1)]
    [TestCase(V13, FlowModCommand.Modify, 0)]
    [TestCase(V13, FlowModCommand.ModifyStrict, 0)]
    public void A_MODIFY_of_nothing_adds_in_1_0(OpenFlowVersion version, FlowModCommand command, int count)
    {
        var bed = new ReferenceBed(version);
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with { Command = command });
        Assert.That(bed.Outputs, Is.Empty);
        Assert.That(bed.Flows(), Has.Length.EqualTo(count));
    }

    /// <remarks>Both: counters, timeouts and duration stay, actions change.</remarks>
    [TestCase(V10)]
    [TestCase(V13)]
    public void A_MODIFY_changes_the_actions_alone(OpenFlowVersion version)
    {
        var bed = new ReferenceBed(version);
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with { IdleTimeoutSeconds = 5, HardTimeoutSeconds = 9 });
        bed.Frame();
        bed.Wait(1);
        bed.Add(Match.Any, 3, 77, mod => mod with { Command = FlowModCommand.Modify, IdleTimeoutSeconds = 1 });
        var flow = bed.Flows().Single();
        Assert.That((flow.Priority, flow.IdleTimeoutSeconds, flow.HardTimeoutSeconds, flow.PacketCount,
            flow.Duration.Seconds, flow.Actions),
            Is.EqualTo(((ushort)10, (ushort)5, (ushort)9, 1ul, 1u, ActionList.Output(new(3)))));
    }

    /// <remarks>Both: strict means all fields and the priority, non-strict all rules that the match covers.</remarks>
    [TestCase(FlowModCommand.Delete, (ushort)0, 1)]
    [TestCase(FlowModCommand.DeleteStrict, (ushort)10, 2)]
    [TestCase(FlowModCommand.DeleteStrict, (ushort)11, 3)]
    public void DELETE_means_what_it_covers_and_strict_the_same_rule(FlowModCommand command, ushort priority, int left)
    {
        var bed = new ReferenceBed(V13);
        bed.Add(ReferenceBed.Udp, 2);
        bed.Add(ReferenceBed.Udp.WithInPort(new(1)), 2);
        bed.Add(Match.Any, 2);
        bed.Add(ReferenceBed.Udp, 2, priority, mod => mod with { Command = command });
        Assert.That(bed.Flows(), Has.Length.EqualTo(left));
    }

    /// <remarks>1.0.0 section 4.6: out_port restricts deletion; 1.3.5 section 6.4: also out_group, in written actions
    /// too.</remarks>
    [Test]
    public void DELETE_may_ask_for_an_output()
    {
        var bed = new ReferenceBed(V13);
        bed.Add(ReferenceBed.Udp, 2);
        bed.Add(Match.Any, 3, change: mod => mod with
        {
            Actions = ActionList.Drop,
            Instructions = new() { WriteActions = ActionList.Output(new(2)) },
        });
        bed.Add(Match.Any.WithInPort(new(2)), 3);
        bed.Send(new FlowMod { Command = FlowModCommand.Delete, OutPort = new(2) });
        Assert.That(bed.Flows().Single().Actions, Is.EqualTo(ActionList.Output(new(3))));
    }

    /// <remarks>1.3.5 section 6.4: cookie and mask restrict MODIFY and DELETE.</remarks>
    [Test]
    public void A_cookie_mask_chooses_rules()
    {
        var bed = new ReferenceBed(V13);
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with { Cookie = new(0x11) });
        bed.Add(Match.Any, 2, change: mod => mod with { Cookie = new(0x21) });
        bed.Send(new FlowMod { Command = FlowModCommand.Delete, Cookie = new(0x10), CookieMask = new(0xf0) });
        Assert.That(bed.Flows().Single().Cookie, Is.EqualTo(new Cookie(0x21)));
    }

    /// <remarks>Both: OFPFF_CHECK_OVERLAP refuses if one packet can match both at one priority.</remarks>
    [TestCase((ushort)10, true)]
    [TestCase((ushort)11, false)]
    public void CHECK_OVERLAP_looks_at_the_same_priority(ushort priority, bool isRefused)
    {
        var bed = new ReferenceBed(V10);
        bed.Add(Match.Any.WithInPort(new(1)), 2);
        bed.Add(ReferenceBed.Udp, 3, priority, mod => mod with { Flags = FlowModFlags.CheckOverlap });
        Assert.That(bed.Error == (ErrorType.FlowModFailed, ErrorCodes.Overlap), Is.EqualTo(isRefused));
    }

    /// <remarks>1.0.0 section 4.6: emergency rules have no timeouts; there is no emergency table.</remarks>
    [TestCase((ushort)0, ErrorCodes.TableFull)]
    [TestCase((ushort)1, ErrorCodes.FlowModBadTimeout)]
    public void Emergency_rules_are_refused(ushort idleSeconds, ushort code)
    {
        var bed = new ReferenceBed(V10);
        bed.Send(new FlowMod { Flags = FlowModFlags.Emergency, IdleTimeoutSeconds = idleSeconds });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.FlowModFailed, code)));
    }

    [Test]
    public void A_full_table_takes_no_rule_but_replaces_one()
    {
        var bed = new ReferenceBed(V13, new ReferenceOptions { RulesPerTableMax = 1 });
        bed.Add(ReferenceBed.Udp, 2);
        bed.Add(ReferenceBed.Udp, 3);
        Assert.That(bed.Error, Is.Null);
        bed.Add(Match.Any, 3);
        Assert.That(bed.Error, Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.TableFull)));
    }

    /// <remarks>1.3.5 sections 5.1 and 6.4: what an instruction names has to be there, and goto leads forward.</remarks>
    [TestCase(0, 0, ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId)]
    [TestCase(0, 8, ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId)]
    [TestCase(8, -1, ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId)]
    [TestCase(255, -1, ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId)]
    public void Tables_have_to_be_there(int table, int next, ErrorType type, ushort code)
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod
        {
            Table = new((byte)table),
            Instructions = new() { GoToTable = next < 0 ? null : new((byte)next) },
        });
        Assert.That(bed.Error, Is.EqualTo((type, code)));
    }

    [Test]
    public void An_unknown_meter_and_an_unknown_group_are_refused()
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod { Instructions = new() { Meter = new(1) } });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.MeterModFailed, ErrorCodes.MeterInvalid)));
        bed.Send(new FlowMod { Actions = ActionList.Of(FlowAction.Group(new(1))) });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.BadAction, ErrorCodes.ActionBadOutGroup)));
    }

    /// <remarks>1.3.5 section 7.2.5.7: the match has to contain the prerequisites of what is set; in 1.0 an action that
    /// finds no header does nothing.</remarks>
    [TestCase(V13, true)]
    [TestCase(V10, false)]
    public void An_action_needs_what_the_match_says(OpenFlowVersion version, bool isRefused)
    {
        var bed = new ReferenceBed(version);
        bed.Send(new FlowMod { Actions = ActionList.Of(FlowAction.SetIpv4Source(new(1))) });
        Assert.That(bed.Error == (ErrorType.BadAction, ErrorCodes.ActionMatchInconsistent), Is.EqualTo(isRefused));
        bed.Send(new FlowMod { Match = ReferenceBed.Udp, Actions = ActionList.Of(FlowAction.SetIpv4Source(new(1))) });
        Assert.That(bed.Error, Is.Null);
    }

    [Test]
    public void A_pushed_tag_is_there_for_the_next_action()
    {
        var bed = new ReferenceBed(V13);
        bed.Send(new FlowMod { Actions = ActionList.Of(FlowAction.PushVlan(0x8100), FlowAction.StripVlan()) });
        Assert.That(bed.Error, Is.Null);
        bed.Send(new FlowMod { Actions = ActionList.Of(FlowAction.StripVlan()) });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.BadAction, ErrorCodes.ActionMatchInconsistent)));
    }

    /// <remarks>1.0.0 section 5.2.1: TABLE is for packet-outs only.</remarks>
    [Test]
    public void TABLE_is_no_output_of_a_rule()
    {
        var bed = new ReferenceBed(V10);
        bed.Send(new FlowMod { Actions = ActionList.Output(PortNumber.Table) });
        Assert.That(bed.Error, Is.EqualTo((ErrorType.BadAction, ErrorCodes.ActionBadOutPort)));
    }

    /// <remarks>1.0.0 section 4.6 and 1.3.5 section 5.5: the hard timeout counts from the ADD, the idle one from the last
    /// packet; flow-removed has reason, counters and duration.</remarks>
    [Test]
    public void Timeouts_end_rules_and_are_told()
    {
        var bed = new ReferenceBed(V13);
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with
        {
            IdleTimeoutSeconds = 2,
            HardTimeoutSeconds = 3,
            Flags = FlowModFlags.SendFlowRemoved,
        });
        bed.Wait(1.5);
        bed.Frame();
        bed.Wait(1.4);
        Assert.That(bed.Outputs, Is.Empty);
        bed.Wait(0.5);
        FlowRemoved removed = bed.Messages<FlowRemoved>().Single();
        Assert.That((removed.Reason, removed.PacketCount, removed.Duration.ToTimeSpan().TotalSeconds),
            Is.EqualTo((FlowRemovedReason.HardTimeout, 1ul, 3.0)));
        bed.Add(ReferenceBed.Udp, 2, change: mod => mod with { IdleTimeoutSeconds = 1, Flags = removed.Table == default
            ? FlowModFlags.SendFlowRemoved : FlowModFlags.None });
        bed.Wait(1);
        Assert.That(bed.Messages<FlowRemoved>().Single().Reason, Is.EqualTo(FlowRemovedReason.IdleTimeout));
    }
}
