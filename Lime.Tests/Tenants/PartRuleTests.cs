using Lime.Core.Emulation;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: a rule that has an entry for each port of a part behaves as one rule. Method: rules of red on the
/// switch that it shares with blue, frames at its ports, in virtual time.</remarks>
public sealed class PartRuleTests
{
    private static readonly FlowMod ToOne = new()
    {
        Priority = 10,
        Cookie = new Cookie(5),
        Flags = FlowModFlags.SendFlowRemoved,
        Actions = ActionList.Output(new PortNumber(1)),
    };

    [Test]
    public void A_rule_for_packets_from_anywhere_counts_as_one_and_goes_as_one([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.Send(bed.RedSwitch, ToOne);
        bed.InjectEverywhere();

        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 10), Is.EqualTo(3));
        FlowStatistics rule = bed.Bed.Flows(bed.RedSwitch).Single();
        Assert.That((rule.Match, rule.PacketCount), Is.EqualTo((Match.Any, 3ul)));
        bed.Send(bed.RedSwitch, new FlowMod { Command = FlowModCommand.Delete, Table = All(version) });
        bed.Bed.Barrier(bed.RedSwitch);
        Assert.That(bed.Red.Removed.Single().PacketCount, Is.EqualTo(3));
        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 10), Is.Zero);
    }

    [Test]
    public void A_rule_that_is_used_at_one_port_is_not_idle_at_the_others([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.Send(bed.RedSwitch, ToOne with { IdleTimeoutSeconds = 2 });
        for (int i = 0; i < 10; i++)
        {
            bed.Bed.RunMs(990);
            bed.Inject("r2");
        }

        Assert.That(bed.Red.Removed, Is.Empty);
        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 10), Is.EqualTo(3));
        bed.Bed.RunMs(3000);
        FlowRemoved removed = bed.Red.Removed.Single();
        Assert.That((removed.Reason, removed.PacketCount, removed.IdleTimeoutSeconds),
            Is.EqualTo((FlowRemovedReason.IdleTimeout, 10ul, (ushort)2)));
        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 10), Is.Zero);
    }

    [Test]
    public void A_rule_s_time_ends_once([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.Send(bed.RedSwitch, ToOne with { HardTimeoutSeconds = 3 });
        bed.Inject("r3");
        bed.Bed.RunMs(5000);

        Assert.That((bed.Red.Removed.Single().Reason, bed.Red.Removed.Single().PacketCount),
            Is.EqualTo((FlowRemovedReason.HardTimeout, 1ul)));
    }

    /// <remarks>At one port they would be the same entry.</remarks>
    [Test]
    public void A_rule_and_a_narrower_one_of_its_rank_count_apart(
        [Values] OpenFlowVersion version, [Values] bool isWiderFirst)
    {
        using var bed = new TenantBed(version);
        FlowMod narrow = ToOne with
        {
            Match = Match.Any.WithInPort(new PortNumber(2)), Cookie = new Cookie(6),
            Actions = ActionList.Output(new PortNumber(3)),
        };
        bed.Send(bed.RedSwitch, isWiderFirst ? ToOne : narrow);
        bed.Inject("r2");
        bed.Send(bed.RedSwitch, isWiderFirst ? narrow : ToOne);
        bed.ForgetDelivered();
        bed.Inject("r2");
        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("r3", "r2") }));
        Assert.That(Counts(bed), Is.EqualTo(isWiderFirst ? "5:1 6:1" : "5:0 6:2"));

        bed.Send(bed.RedSwitch, narrow with { Command = FlowModCommand.DeleteStrict });
        bed.ForgetDelivered();
        bed.Inject("r2");
        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("r1", "r2") }));
        Assert.That(Counts(bed), Is.EqualTo(isWiderFirst ? "5:2" : "5:1"));
        Assert.That(bed.Red.Removed.Single().PacketCount, Is.EqualTo(isWiderFirst ? 1 : 2));
    }

    [Test]
    public void A_rule_and_a_narrower_one_go_together([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.Send(bed.RedSwitch, ToOne);
        bed.Send(bed.RedSwitch, ToOne with { Match = Match.Any.WithInPort(new PortNumber(2)), Cookie = new Cookie(6) });
        bed.Inject("r2");
        bed.Inject("r3");
        bed.Send(bed.RedSwitch, new FlowMod { Command = FlowModCommand.Delete, Table = All(version) });
        bed.Bed.Barrier(bed.RedSwitch);

        Assert.That(bed.Red.Removed.Select(each => (each.Cookie.Value, each.PacketCount)).Order(),
            Is.EqualTo(new[] { (5ul, 1ul), (6ul, 1ul) }));
        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 10), Is.Zero);
        Assert.That(bed.RedSwitch.Primary!.Ledger.Count, Is.Zero);
    }

    [Test]
    public void A_rule_that_a_switch_has_no_room_for_at_one_port_is_at_none([Values] OpenFlowVersion version)
    {
        int misses = version == OpenFlowVersion.V13 ? 6 : 0;
        var options = new TenantBedOptions { Switch = new EmulatedSwitchOptions { TableCapacity = misses + 5 } };
        using var bed = new TenantBed(version, options: options);
        bed.Send(bed.RedSwitch, ToOne);
        Xid xid = bed.Send(bed.RedSwitch, ToOne with { Priority = 11 });
        bed.Bed.RunMs(100);

        Assert.That(bed.Red.Errors.Single().Xid, Is.EqualTo(xid));
        Assert.That(bed.Bed.Flows(bed.RedSwitch).Single().Priority, Is.EqualTo(10));
        Assert.That(bed.Shared.Flows.Count(each => each.Priority == 11), Is.Zero);
    }

    [Test]
    public void A_port_without_a_rule_hands_up_to_its_own_tenant([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.InjectEverywhere();

        Assert.That((bed.Red.PacketIns, bed.Blue.PacketIns), Is.EqualTo((3, 3)));
        Assert.That(bed.Red.Seen, Has.All.Contains("NoMatch"));
        // They have the same addresses, and differ in who sent them.
        Assert.That(bed.Red.Seen.Select(each => each[..11]), Is.EqualTo(bed.Blue.Seen.Select(each => each[..11])));
        Assert.That(bed.Delivered, Is.Empty);
    }

    /// <remarks>1.3.5 section 5.4: it is the tenant's table-miss entry, though at the switch it names a port.</remarks>
    [Test]
    public void A_tenant_s_own_rule_for_what_no_other_matches_is_one()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);
        FlowMod miss = new() { Priority = 0, Cookie = new Cookie(9), Actions = ActionList.ToController };
        bed.Send(bed.RedSwitch, miss);
        bed.Inject("r1");
        Assert.That(bed.Red.Seen.Single(), Does.StartWith($"packet-in 1 NoMatch 0 {new Cookie(9)}"));

        bed.Send(bed.RedSwitch, miss with { Actions = ActionList.Drop });
        bed.Inject("r1");
        bed.Inject("b1");
        Assert.That((bed.Red.PacketIns, bed.Blue.PacketIns), Is.EqualTo((1, 1)));

        bed.Send(bed.RedSwitch, miss with { Command = FlowModCommand.DeleteStrict });
        bed.Inject("r1");
        Assert.That(bed.Red.Seen[^1], Does.StartWith($"packet-in 1 NoMatch 0 {TableMissRule.NoRule}"));
        Assert.That(bed.Shared.Flows.Count(each => each.Cookie == TableMissRule.Mark), Is.EqualTo(6));
    }

    [Test]
    public void A_rule_in_the_place_of_Lime_s_own_at_one_port_gives_it_back()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);
        FlowMod drop = new() { Match = Match.Any.WithInPort(new PortNumber(2)), Priority = 0 };
        bed.Inject("r2");
        bed.Send(bed.RedSwitch, drop);
        bed.Inject("r1");
        bed.Inject("r2");
        Assert.That(bed.Red.PacketIns, Is.EqualTo(2));
        Assert.That(bed.Bed.Flows(bed.RedSwitch).Single().PacketCount, Is.EqualTo(1));

        bed.Send(bed.RedSwitch, drop with { Command = FlowModCommand.DeleteStrict });
        bed.Inject("r2");
        Assert.That(bed.Red.PacketIns, Is.EqualTo(3));
    }

    private static TableId All(OpenFlowVersion version) =>
        version == OpenFlowVersion.V13 ? TableId.All : default;

    private static string Counts(TenantBed bed) => string.Join(' ', bed.Bed.Flows(bed.RedSwitch)
        .OrderBy(each => each.Cookie.Value).Select(each => $"{each.Cookie.Value}:{each.PacketCount}"));
}
