using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: a tenant's part of a switch migrates as a whole switch does, to a spare or to a part of another, and
/// the
/// other tenant notices nothing. Method: both ping every millisecond, with the same addresses.</remarks>
public sealed class PartMigrationTests
{
    [Test]
    public void Both_move_one_after_the_other_and_one_moves_back(
        [Values] OpenFlowVersion version, [Values] MigrationMethod method)
    {
        using var bed = new PartMigrationBed(version);
        Pinger red = bed.StartPings("r");
        Pinger blue = bed.StartPings("b");
        (string Tenant, uint To, string Full, string Empty)[] moves =
            [("red", 2, "p2", "p1"), ("blue", 2, "p2", "p1"), ("red", 1, "p1", "p2")];
        foreach ((string tenant, uint to, string full, string empty) in moves)
        {
            MigrationProgress end = bed.Finish(bed.Start(tenant, to, method));

            Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.ToString());
            Assert.That((bed.RulesAt(full, tenant), bed.RulesAt(empty, tenant)), Is.EqualTo((3, 0)), tenant);
        }
        bed.Bed.RunMs(50);
        red.Stop();
        blue.Stop();
        bed.Bed.RunMs(500);

        if (method == MigrationMethod.Clone) Assert.That((LostOf(red), LostOf(blue)), Is.EqualTo((0, 0)));
        Assert.That(red.Summarise().Duplicates + blue.Summarise().Duplicates, Is.Zero);
        Assert.That(bed.Red.Errors.Concat(bed.Blue.Errors), Is.Empty);
        Assert.That((bed.Red.PacketIns, bed.Blue.PacketIns), Is.EqualTo((0, 0)));
        foreach (string tenant in new[] { "red", "blue" })
        {
            FlowStatistics[] rules = [.. bed.Bed.Flows(bed.Bed.Virtual(tenant)).OrderBy(each => each.Priority)];
            Pinger pinger = tenant == "red" ? red : blue;
            if (method == MigrationMethod.Clone)
                Assert.That(rules[0].PacketCount, Is.EqualTo((ulong)pinger.Summarise().Sent), $"questions of {tenant}");
        }
    }

    [Test]
    public void Rules_change_while_a_part_is_cloned_and_the_other_tenant_s_do_not([Values] OpenFlowVersion version)
    {
        using var bed = new PartMigrationBed(version);
        Pinger red = bed.StartPings("r");
        Pinger blue = bed.StartPings("b");
        IMigration migration = bed.Start("red", 2, MigrationMethod.Clone);
        Assert.That(bed.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        bed.Bed.Network.Switch("e2").StallControl(true);
        string[] before = RulesOf(bed, 3);
        var toTwo = new FlowMod { Priority = 10, Actions = ActionList.Output(new PortNumber(2)) };
        for (int i = 0; i < 10; i++)
        {
            bed.Bed.Send(bed.Bed.Virtual("red"), toTwo with
            {
                Command = FlowModCommand.ModifyStrict,
                Actions = i % 2 == 0 ? ActionList.Output(new PortNumber(2)) : ActionList.Flood,
            });
            bed.Bed.RunMs(20);
        }
        Assert.That(RulesOf(bed, 3), Is.EqualTo(before));
        bed.Bed.Network.Switch("e2").StallControl(false);
        MigrationProgress end = bed.Finish(migration);
        red.Stop();
        blue.Stop();
        bed.Bed.RunMs(500);

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.ToString());
        Assert.That((LostOf(red), LostOf(blue)), Is.EqualTo((0, 0)));
        Assert.That((bed.RulesAt("p1", "red"), bed.RulesAt("p2", "red")), Is.EqualTo((0, 3)));
        Assert.That((bed.RulesAt("p1", "blue"), bed.RulesAt("p2", "blue")), Is.EqualTo((3, 0)));
    }

    [Test]
    public void An_aborted_move_leaves_the_spare_empty_and_the_tenant_where_it_was([Values] OpenFlowVersion version)
    {
        using var bed = new PartMigrationBed(version);
        Pinger red = bed.StartPings("r");
        IMigration migration = bed.Start("red", 2, MigrationMethod.Clone);
        Assert.That(bed.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        _ = migration.AbortAsync("as planned");
        MigrationProgress end = bed.Finish(migration);
        red.Stop();
        bed.Bed.RunMs(500);

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(LostOf(red), Is.Zero);
        Assert.That((bed.RulesAt("p1", "red"), bed.Bed.Network.Switch("p2").FlowCount), Is.EqualTo((3, 0)));
        Assert.That(bed.Bed.Controller.PhysicalSwitches.Single(each => each.Name == "p2").Use,
            Is.EqualTo(PhysicalSwitchUse.Spare));
    }

    [Test]
    public void A_port_that_is_another_s_is_no_place_to_move_to([Values] OpenFlowVersion version)
    {
        using var bed = new PartMigrationBed(version);
        bed.Finish(bed.Start("red", 2, MigrationMethod.Clone));
        var plan = new MigrationPlan("blue", new DatapathId(2))
        {
            TargetPorts = [new(new PortNumber(1), new PortNumber(1))],
        };
        IMigration migration = bed.Bed.Controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();
        MigrationProgress end = bed.Finish(migration);

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(bed.RulesAt("p1", "blue"), Is.EqualTo(3));
    }

    private static int LostOf(Pinger pinger) => pinger.Summarise().Sent - pinger.Summarise().Received;

    private static string[] RulesOf(PartMigrationBed bed, uint firstPort) =>
    [
        .. bed.Bed.Network.Switch("p1").Flows.Where(each => each.Match.InPort?.Value >= firstPort)
            .Select(each => $"{each.Priority} {each.Match} {each.Actions} {each.IdleTimeoutSeconds} {each.Cookie}")
            .Order(),
    ];
}
