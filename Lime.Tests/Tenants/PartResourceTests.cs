using System.Collections.Immutable;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: each virtual switch on a shared one has all numbers of groups and meters for itself.</remarks>
public sealed class PartResourceTests
{
    private static readonly MeterMod Meter = new(
        MeterModCommand.Add, MeterFlags.PacketsPerSecond, new MeterId(1), [new MeterBand(MeterBandType.Drop, 1000, 0)]);

    [Test]
    public void Both_have_a_group_and_a_meter_of_the_same_number()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);
        Fill(bed, bed.RedSwitch, 2);
        Fill(bed, bed.BlueSwitch, 3);
        bed.Inject("r1");
        bed.Inject("b1");
        bed.Inject("b1");

        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("r2", "r1"), ("b3", "b1"), ("b3", "b1") }));
        Assert.That(string.Join(' ', bed.Shared.Groups.Select(each => each.Group.Value)), Is.EqualTo("1 2 3 4"));
        Assert.That(bed.Shared.Meters, Has.Count.EqualTo(2));
        AssertOwn(bed, bed.RedSwitch, 2, 1);
        AssertOwn(bed, bed.BlueSwitch, 3, 2);
    }

    [Test]
    public void A_tenant_that_deletes_all_deletes_its_own()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);
        Fill(bed, bed.RedSwitch, 2);
        Fill(bed, bed.BlueSwitch, 3);
        bed.Do(() => bed.RedSwitch.Send(new GroupMod(GroupModCommand.Delete, default, GroupId.All, [])));
        bed.Do(() => bed.RedSwitch.Send(new MeterMod(MeterModCommand.Delete, default, MeterId.All, [])));
        bed.Inject("r1");
        bed.Inject("b1");

        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("b3", "b1") }));
        Assert.That(bed.Red.Removed.Single().Reason, Is.EqualTo(FlowRemovedReason.GroupDelete));
        Assert.That((bed.Shared.Groups.Count, bed.Shared.Meters.Count), Is.EqualTo((2, 1)));
        Assert.That(bed.Bed.Await(() => bed.RedSwitch.GetGroupsAsync()), Is.Empty);
        Assert.That(bed.Red.Errors, Is.Empty);
        AssertOwn(bed, bed.BlueSwitch, 3, 1);
        // It can have them again.
        Fill(bed, bed.RedSwitch, 2);
        bed.Inject("r1");
        Assert.That(bed.Delivered.Last(), Is.EqualTo(("r2", "r1")));
    }

    [Test]
    public void A_group_or_meter_of_another_is_unknown()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);
        Fill(bed, bed.BlueSwitch, 3);
        foreach (uint id in new uint[] { 1, 2, 3, 4 })
        {
            bed.Send(bed.RedSwitch, new FlowMod { Actions = ActionList.Of(FlowAction.Group(new GroupId(id))) });
            bed.Do(() => bed.RedSwitch.Send(new PacketOut
            {
                Actions = ActionList.Of(FlowAction.Group(new GroupId(id))), Data = TenantBed.Frame("r0"),
            }));
            bed.Send(bed.RedSwitch, new FlowMod { Instructions = new FlowInstructions { Meter = new MeterId(id) } });
        }

        Assert.That(bed.Red.Errors.Count(each => each.Error is
            { Type: ErrorType.BadAction, Code: ErrorCodes.ActionBadOutGroup }), Is.EqualTo(8));
        Assert.That(bed.Red.Errors.Count(each => each.Error is
            { Type: ErrorType.MeterModFailed, Code: ErrorCodes.MeterInvalid }), Is.EqualTo(4));
        Assert.That(bed.Delivered, Is.Empty);
    }

    [Test]
    public void A_switch_s_own_meters_are_nobody_s()
    {
        using var bed = new TenantBed(OpenFlowVersion.V13);

        bed.Do(() => bed.RedSwitch.Send(Meter with { Meter = MeterId.Controller }));

        Assert.That(bed.Red.Errors.Single().Error.Code, Is.EqualTo(ErrorCodes.MeterInvalid));
        Assert.That(bed.Shared.Meters, Is.Empty);
    }

    [Test]
    public void Numbers_rest_before_they_are_another_s()
    {
        var pool = new IdPool();
        pool.Reserve(2);
        Assert.That((pool.Take(), pool.Take()), Is.EqualTo((1u, 3u)));
        pool.Return(1);
        Assert.That(pool.Take(), Is.EqualTo(4));
        for (int i = 0; i < 200; i++) pool.Return(pool.Take());
        Assert.That(pool.Take(), Is.LessThan(80), "and do not grow without end");
    }

    private static void Fill(TenantBed bed, VirtualSwitch own, uint port)
    {
        // Group 8 leads to group 7, and is known by a number of its own at the switch.
        bed.Do(() => own.Send(Group(7, ActionList.Output(new PortNumber(port)))));
        bed.Do(() => own.Send(Group(8, ActionList.Of(FlowAction.Group(new GroupId(7))))));
        bed.Do(() => own.Send(Meter));
        bed.Send(own, new FlowMod
        {
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Of(FlowAction.Group(new GroupId(8))),
            Instructions = new FlowInstructions { Meter = Meter.Meter },
        });
    }

    private static void AssertOwn(TenantBed bed, VirtualSwitch own, uint port, ulong packets)
    {
        ImmutableArray<GroupDescription> groups = bed.Bed.Await(() => own.GetGroupsAsync());
        Assert.That(groups.Select(each => (each.Group.Value, each.Buckets.Single().Actions)), Is.EqualTo(new[]
        {
            (7u, ActionList.Output(new PortNumber(port))), (8u, ActionList.Of(FlowAction.Group(new GroupId(7)))),
        }));
        ImmutableArray<GroupStatistics> counts = bed.Bed.Await(() => own.GetGroupStatisticsAsync(GroupId.All));
        Assert.That(counts.Select(each => (each.Group.Value, each.PacketCount)),
            Is.EqualTo(new[] { (7u, packets), (8u, packets) }));
        MeterStatistics meter = bed.Bed.Await(() => own.GetMeterStatisticsAsync(MeterId.All)).Single();
        Assert.That((meter.Meter.Value, meter.PacketCount, meter.FlowCount), Is.EqualTo((1u, packets, 1u)));
    }

    private static GroupMod Group(uint id, ActionList actions) =>
        new(GroupModCommand.Add, GroupType.Indirect, new GroupId(id), [new GroupBucket(actions)]);
}
