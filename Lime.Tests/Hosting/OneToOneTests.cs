using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Apps;
using Lime.Tests.Emulation;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <summary>A controller with nothing configured.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OneToOneTests
{
    private readonly RecordingApp _app = new();

    [Test]
    public void Each_switch_appears_as_it_is_and_spares_do_not()
    {
        using var bed = new ControllerBed(ControllerBed.Of10 with { Spares = [new DatapathId(3)] }, 1, _app);
        bed.ConnectAndSettle(bed.AddSwitch(1), bed.AddSwitch(2, hosts: 3), bed.AddSwitch(3));
        bed.Network.Host("h31").SendFrame(TestFrames.Udp());
        bed.RunMs(10);
        Assert.That(_app.Ups, Is.EquivalentTo(new DatapathId[] { new(1), new(2) }.Select(each => each.ToString())));
        Assert.That(bed.Controller.VirtualSwitches.Select(each => each.Ports.Length),
            Is.EqualTo(Enumerable.Range(2, 2)));
        Assert.That(bed.Controller.PhysicalSwitches.Single(each => each.Datapath == new DatapathId(3)).Use,
            Is.EqualTo(PhysicalSwitchUse.Spare));
        Assert.That(_app.PacketIns, Is.Empty, "a spare's packets are nobody's");
    }

    [Test]
    public void A_flow_removed_is_shown_only_if_asked_for_with_the_last_counters()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2) with
        {
            Flags = FlowModFlags.SendFlowRemoved,
            Cookie = new Cookie(ulong.MaxValue),
        });
        bed.Send(virtualSwitch, ControllerBed.Forward(2, 1));
        bed.Barrier(virtualSwitch);
        for (int i = 0; i < 3; i++) bed.Network.Host("h11").SendFrame(TestFrames.Udp());
        bed.RunMs(10);
        bed.Send(virtualSwitch, new FlowMod { Command = FlowModCommand.Delete });
        bed.RunMs(10);
        Assert.That(s1.FlowCount, Is.Zero);
        FlowRemoved removed = _app.Removed.Single().Message;
        Assert.That((removed.Cookie, removed.Reason, removed.PacketCount, removed.Priority),
            Is.EqualTo((new Cookie(ulong.MaxValue), FlowRemovedReason.Delete, 3UL, (ushort)100)));
    }

    [Test]
    public void A_rule_that_times_out_is_gone_from_the_table_and_reported_once()
    {
        using var bed = NewBed(out _, out IVirtualSwitch virtualSwitch);
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2) with
        {
            Flags = FlowModFlags.SendFlowRemoved,
            HardTimeoutSeconds = 2,
        });
        bed.RunMs(1900);
        Assert.That(bed.Flows(virtualSwitch), Has.Length.EqualTo(1));
        bed.RunMs(300);
        Assert.That(bed.Flows(virtualSwitch), Is.Empty);
        Assert.That(_app.Removed.Single().Message.Reason, Is.EqualTo(FlowRemovedReason.HardTimeout));
    }

    [Test]
    public void An_error_comes_with_the_id_that_send_gave()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        s1.RejectFlowMod = flowMod => flowMod.Priority == 13;
        var ids = new List<Xid>();
        for (ushort priority = 10; priority < 16; priority++)
            ids.Add(bed.Send(virtualSwitch, ControllerBed.Forward(1, 2, priority)).Xid);
        bed.RunMs(20);
        Assert.That(ids.Distinct().Count(), Is.EqualTo(6));
        (Xid xid, ErrorMessage error) = _app.Errors.Single();
        Assert.That((xid, error.Type, error.Code),
            Is.EqualTo((ids[3], ErrorType.FlowModFailed, ErrorCodes.TableFull)));
        Assert.That(bed.Flows(virtualSwitch), Has.Length.EqualTo(5), "what was refused is not in the table");
    }

    [Test]
    public void A_command_that_overlaps_is_refused_with_its_id_and_changes_nothing()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        bed.Send(virtualSwitch, new FlowMod { Priority = 100 });
        SendResult result = bed.Send(
            virtualSwitch, ControllerBed.Forward(1, 2) with { Flags = FlowModFlags.CheckOverlap });
        bed.RunMs(10);
        Assert.That(_app.Errors.Single().Xid, Is.EqualTo(result.Xid));
        Assert.That(_app.Errors.Single().Error.Code, Is.EqualTo(ErrorCodes.Overlap));
        Assert.That(s1.FlowCount, Is.EqualTo(1));
    }

    [Test]
    public void Statistics_are_the_switchs_own()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2));
        bed.Send(virtualSwitch, ControllerBed.Forward(2, 1, priority: 7));
        bed.Barrier(virtualSwitch);
        byte[] frame = TestFrames.Udp();
        for (int i = 0; i < 4; i++) bed.Network.Host("h11").SendFrame(frame);
        bed.RunMs(10);
        Assert.That(bed.Flows(virtualSwitch).Single(each => each.Priority == 100).PacketCount, Is.EqualTo(4));
        var toOne = new AggregateStatisticsRequest(Match.Any, TableId.All, new PortNumber(2));
        Assert.That(bed.Await(() => virtualSwitch.GetAggregateAsync(toOne)),
            Is.EqualTo(new AggregateStatisticsReply(4, (ulong)(4 * frame.Length), 1)));
        PortStatistics port = bed.Await(() => virtualSwitch.GetPortStatisticsAsync(new PortNumber(2))).Single();
        Assert.That((port.Port, port.SentPackets), Is.EqualTo((new PortNumber(2), 4UL)));
        TableStatistics table = bed.Await(() => virtualSwitch.GetTableStatisticsAsync()).Single();
        Assert.That((table.ActiveCount, table.MatchedCount), Is.EqualTo((2u, (ulong)s1.Counters.Matches)));
        Assert.That(bed.Await(() => virtualSwitch.GetDescriptionAsync()).Manufacturer, Is.EqualTo("Lime"));
    }

    [Test]
    public void A_barrier_waits_for_the_switch()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        s1.StallControl(true);
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2));
        Task<bool> barrier = bed.Begin(async () =>
        {
            await virtualSwitch.BarrierAsync();
            return true;
        });
        bed.RunMs(500);
        Assert.That(barrier.IsCompleted, Is.False);
        s1.StallControl(false);
        bed.RunMs(10);
        Assert.That(barrier.IsCompletedSuccessfully, Is.True);
        Assert.That(s1.FlowCount, Is.EqualTo(1));
    }

    /// <remarks>H-18: a switch reports the end only of rules that it has.</remarks>
    [Test]
    public void A_barrier_behind_the_deletion_of_a_rule_that_was_refused_is_answered()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        s1.RejectFlowMod = each => each.Command == FlowModCommand.Add;
        bed.Do(() =>
        {
            virtualSwitch.Send(ControllerBed.Forward(1, 2) with { Flags = FlowModFlags.SendFlowRemoved });
            return virtualSwitch.Send(ControllerBed.Forward(1, 2) with { Command = FlowModCommand.DeleteStrict });
        });
        bed.Barrier(virtualSwitch);
        s1.RejectFlowMod = null;
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2));
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2) with { Command = FlowModCommand.DeleteStrict });
        TimeSpan begun = bed.Network.Now;
        bed.Barrier(virtualSwitch);
        Assert.That(bed.Network.Now - begun, Is.LessThan(TimeSpan.FromSeconds(1)), "the next one is reported again");
        Assert.That(s1.FlowCount, Is.Zero);
    }

    [Test]
    public void A_switch_that_is_gone_refuses_commands_and_queries()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        s1.Disconnect();
        bed.RunMs(10);
        Assert.That(_app.Downs, Has.Count.EqualTo(1));
        Assert.That(virtualSwitch.IsConnected, Is.False);
        Assert.That(bed.Send(virtualSwitch, ControllerBed.Forward(1, 2)).Outcome, Is.EqualTo(SendOutcome.NotConnected));
        Assert.That(() => bed.Flows(virtualSwitch), Throws.TypeOf<OpenFlowRequestException>());
        Assert.That(() => bed.Barrier(virtualSwitch), Throws.TypeOf<OpenFlowRequestException>());
    }

    [Test]
    public void A_port_that_goes_down_is_shown_once_and_in_the_ports()
    {
        using var bed = NewBed(out _, out IVirtualSwitch virtualSwitch);
        bed.Network.SetLinkUp(bed.Network.Link("s1-h12"), false);
        bed.RunMs(10);
        Assert.That(_app.PortChanges.Single().Port.Port, Is.EqualTo(new PortNumber(2)));
        Assert.That(virtualSwitch.Ports.Single(each => each.Port == new PortNumber(2)).IsUp, Is.False);
        Assert.That(virtualSwitch.Ports, Has.Length.EqualTo(2));
    }

    [Test]
    public void A_packet_out_leaves()
    {
        using var bed = NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch);
        SendOutcome outcome = bed.Do(() => virtualSwitch.Send(new PacketOut
        {
            Actions = ActionList.Flood,
            Data = TestFrames.Udp(),
        }).Outcome);
        bed.RunMs(10);
        Assert.That(outcome, Is.EqualTo(SendOutcome.Queued));
        Assert.That(s1.PortStatistics.Select(each => each.SentPackets), Is.All.EqualTo(1));
    }

    private ControllerBed NewBed(out EmulatedSwitch s1, out IVirtualSwitch virtualSwitch)
    {
        var bed = new ControllerBed(ControllerBed.Of10, 1, _app);
        s1 = bed.AddSwitch(1);
        bed.ConnectAndSettle(s1);
        virtualSwitch = bed.Controller.VirtualSwitches.Single();
        return bed;
    }
}
