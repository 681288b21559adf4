using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Switches;

/// <remarks>Goal: when a switch (re)connects its table and ours come together, and nothing is ever wiped
/// (H-24, H-27).</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReconciliationTests(OpenFlowVersion version)
{
    /// <summary>Lime's own rule for what no rule matches would be one more: see Reconciliation13Tests.</summary>
    private LimeOptions Options { get; } = new()
    {
        Channel = ChannelOptions.Default with { Versions = [version] },
        TableMiss = TableMissTreatment.Drop,
    };

    private readonly RecordingApp _app = new();

    [Test]
    public void Rules_that_are_found_are_adopted_with_their_counters()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        s1.Install(ControllerBed.Forward(1, 2) with { Cookie = new Cookie(77) });
        bed.RunMs(5000);
        bed.ConnectAndSettle(s1);
        var flow = bed.Flows(bed.Controller.VirtualSwitches.Single()).Single();
        Assert.That(flow.Cookie, Is.EqualTo(new Cookie(77)));
        Assert.That(flow.Duration.ToTimeSpan(),
            Is.EqualTo(TimeSpan.FromSeconds(5.1)).Within(TimeSpan.FromMilliseconds(20)));
        Assert.That(s1.FlowCount, Is.EqualTo(1));
    }

    [Test]
    public void Rules_that_are_found_are_removed_if_so_configured()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Remove, out EmulatedSwitch s1);
        s1.Install(ControllerBed.Forward(1, 2));
        _app.Up = up => up.Send(ControllerBed.Forward(2, 1));
        bed.ConnectAndSettle(s1);
        Assert.That(Rules(s1), Is.EqualTo("100 2"));
    }

    [Test]
    public void Rules_that_are_found_are_left_alone_if_so_configured()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Refuse, out EmulatedSwitch s1);
        s1.Install(ControllerBed.Forward(1, 2));
        bed.ConnectAndSettle(s1);
        Assert.That(s1.FlowCount, Is.EqualTo(1));
        Assert.That(bed.Flows(bed.Controller.VirtualSwitches.Single()), Is.Empty, "nobody's");
    }

    [Test]
    public void Rules_that_are_missing_or_different_are_restored_and_the_others_are_not_touched()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        bed.ConnectAndSettle(s1);
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        for (ushort priority = 1; priority <= 3; priority++)
            bed.Send(virtualSwitch, ControllerBed.Forward(1, 2, priority));
        bed.Barrier(virtualSwitch);
        s1.Disconnect();
        bed.RunMs(10);
        s1.Install(ControllerBed.Forward(1, 2, 1) with { Command = FlowModCommand.DeleteStrict });
        s1.Install(ControllerBed.Forward(1, 1, 2) with { Command = FlowModCommand.ModifyStrict });
        long appliedBefore = s1.Counters.FlowModsApplied;
        bed.ConnectAndSettle(s1);
        Assert.That(Rules(s1), Is.EqualTo("1 1, 2 1, 3 1"));
        Assert.That(s1.Flows.Select(each => each.Actions), Is.All.EqualTo(ActionList.Output(new PortNumber(2))));
        Assert.That(s1.Counters.FlowModsApplied - appliedBefore, Is.EqualTo(2));
    }

    [Test]
    public void A_switch_that_has_lost_everything_gets_it_back()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        bed.ConnectAndSettle(s1);
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        for (ushort priority = 1; priority <= 50; priority++)
            bed.Send(virtualSwitch, ControllerBed.Forward(1, 2, priority));
        bed.Barrier(virtualSwitch);
        s1.Disconnect();
        bed.RunMs(10);
        s1.Install(new FlowMod { Command = FlowModCommand.Delete });
        bed.ConnectAndSettle(s1);
        Assert.That(s1.FlowCount, Is.EqualTo(50));
        Assert.That(_app.Ups, Has.Count.EqualTo(2));
        Assert.That(_app.Downs, Has.Count.EqualTo(1));
    }

    /// <remarks>It ran out while nobody could be told.</remarks>
    [Test]
    public void A_rule_whose_time_was_over_meanwhile_is_not_restored_but_reported()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        bed.ConnectAndSettle(s1);
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2) with
        {
            HardTimeoutSeconds = 3,
            Flags = FlowModFlags.SendFlowRemoved,
        });
        bed.Barrier(virtualSwitch);
        s1.Disconnect();
        bed.RunMs(5000);
        Assert.That(s1.FlowCount, Is.Zero);
        bed.ConnectAndSettle(s1);
        Assert.That(s1.FlowCount, Is.Zero);
        Assert.That(bed.Flows(virtualSwitch), Is.Empty);
        Assert.That(_app.Removed.Single().Message.Reason, Is.EqualTo(FlowRemovedReason.HardTimeout));
    }

    /// <remarks>The first thing that many controllers do (Floodlight clears tables on connect).</remarks>
    [Test]
    public void A_delete_of_everything_while_the_table_is_read_deletes_what_is_found()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        for (ushort priority = 1; priority <= 20; priority++) s1.Install(ControllerBed.Forward(1, 2, priority));
        _app.Up = up =>
        {
            up.Send(new FlowMod { Command = FlowModCommand.Delete });
            up.Send(ControllerBed.Forward(2, 1, 9));
            up.Send(ControllerBed.Forward(1, 2, 5));
        };
        bed.ConnectAndSettle(s1);
        Assert.That(Rules(s1), Is.EqualTo("5 1, 9 2"));
        Assert.That(bed.Flows(bed.Controller.VirtualSwitches.Single()), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_delete_given_in_the_middle_of_the_reading_wins([Values(0.3, 1.2, 1.9, 2.4)] double afterMs)
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        for (ushort priority = 1; priority <= 20; priority++) s1.Install(ControllerBed.Forward(1, 2, priority));
        bed.Connect(s1);
        Assert.That(bed.RunUntil(() => _app.Ups.Count == 1), Is.True);
        bed.RunMs(afterMs);
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        bed.Send(virtualSwitch, new FlowMod { Command = FlowModCommand.Delete });
        bed.RunMs(100);
        Assert.That(s1.FlowCount, Is.Zero);
        Assert.That(bed.Flows(virtualSwitch), Is.Empty);
    }

    [Test]
    public void A_modification_while_the_table_is_read_wins()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        s1.Install(ControllerBed.Forward(1, 2));
        _app.Up = up => up.Send(ControllerBed.Forward(1, 1) with { Command = FlowModCommand.ModifyStrict });
        bed.ConnectAndSettle(s1);
        Assert.That(s1.Flows.Single().Actions, Is.EqualTo(ActionList.Output(new PortNumber(1))));
        Assert.That(bed.Flows(bed.Controller.VirtualSwitches.Single()).Single().Actions,
            Is.EqualTo(ActionList.Output(new PortNumber(1))));
    }

    /// <remarks>The found rule reports its removal, since the controller before us asked for that.</remarks>
    [Test]
    public void A_rule_that_is_deleted_and_added_again_stays()
    {
        using ControllerBed bed = NewBed(UnknownRulePolicy.Adopt, out EmulatedSwitch s1);
        s1.Install(ControllerBed.Forward(1, 2) with { Flags = FlowModFlags.SendFlowRemoved });
        bed.RunMs(1000);
        bed.ConnectAndSettle(s1);
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2) with { Command = FlowModCommand.DeleteStrict });
        bed.Send(virtualSwitch, ControllerBed.Forward(1, 2));
        bed.RunMs(100);
        Assert.That(s1.FlowCount, Is.EqualTo(1));
        Assert.That(bed.Flows(virtualSwitch), Has.Length.EqualTo(1));
    }

    private ControllerBed NewBed(UnknownRulePolicy policy, out EmulatedSwitch s1)
    {
        var bed = new ControllerBed(Options with { UnknownRules = policy }, 1, _app);
        s1 = bed.AddSwitch(1);
        return bed;
    }

    private static string Rules(EmulatedSwitch node) => string.Join(
        ", ", node.Flows.OrderBy(each => each.Priority).Select(each => $"{each.Priority} {each.Match.InPort}"));
}
