using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: a tenant at its quota gets what a full switch says, and the other notices nothing.</remarks>
public sealed class QuotaTests
{
    [Test]
    public void A_rule_beyond_the_quota_finds_the_table_full([Values] OpenFlowVersion version, [Values] bool isShared)
    {
        using TenantBed bed = NewBed(version, new VirtualSwitchQuota { RulesMax = 2 }, isShared);
        for (ushort i = 1; i <= 3; i++)
        {
            bed.Send(bed.RedSwitch, new FlowMod { Priority = i });
            bed.Send(bed.BlueSwitch, new FlowMod { Priority = i });
        }
        bed.Send(bed.RedSwitch, new FlowMod { Priority = 2, Actions = ActionList.Flood });

        Assert.That(Codes(bed.Red), Is.EqualTo(new[] { (ErrorType.FlowModFailed, ErrorCodes.TableFull) }));
        Assert.That(bed.Bed.Flows(bed.RedSwitch), Has.Length.EqualTo(2));
        Assert.That(bed.Bed.Flows(bed.BlueSwitch), Has.Length.EqualTo(3));
        Assert.That(bed.Blue.Errors, Is.Empty);
        bed.Send(bed.RedSwitch, new FlowMod { Command = FlowModCommand.DeleteStrict, Priority = 1 });
        bed.Send(bed.RedSwitch, new FlowMod { Priority = 3 });
        Assert.That(bed.Red.Errors, Has.Count.EqualTo(1), "there is room again");
    }

    [Test]
    public void Groups_and_meters_beyond_the_quota_are_too_many([Values] bool isShared)
    {
        using TenantBed bed = NewBed(
            OpenFlowVersion.V13, new VirtualSwitchQuota { GroupsMax = 1, MetersMax = 1 }, isShared);
        foreach (VirtualSwitch own in new[] { bed.RedSwitch, bed.BlueSwitch })
        {
            for (uint i = 1; i <= 2; i++)
            {
                bed.Do(() => own.Send(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(i), [])));
                bed.Do(() => own.Send(new MeterMod(
                    MeterModCommand.Add, MeterFlags.PacketsPerSecond, new MeterId(i),
                    [new MeterBand(MeterBandType.Drop, 10, 0)])));
            }
        }

        Assert.That(Codes(bed.Red), Is.EqualTo(new[]
        {
            (ErrorType.GroupModFailed, ErrorCodes.GroupsFull), (ErrorType.MeterModFailed, ErrorCodes.MetersFull),
        }));
        Assert.That(bed.Blue.Errors, Is.Empty);
        Assert.That((bed.BlueSwitch.Groups.Count, bed.BlueSwitch.Meters.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Packets_beyond_a_tenant_s_rate_are_not_handed_up_and_counted(
        [Values] OpenFlowVersion version, [Values] bool isShared)
    {
        using TenantBed bed = NewBed(version, new VirtualSwitchQuota { PacketInsPerSecond = 10 }, isShared);
        for (int i = 0; i < 30; i++)
        {
            bed.Bed.Network.Host("r1").SendFrame(TenantBed.Frame("r1"));
            bed.Bed.Network.Host("b1").SendFrame(TenantBed.Frame("b1"));
        }
        bed.Bed.RunMs(10);

        Assert.That((bed.Red.PacketIns, bed.Blue.PacketIns), Is.EqualTo((10, 30)));
        VirtualSwitchUse use = bed.Bed.Controller.Uses.Single(each => each.Name == "red");
        Assert.That((use.PacketInsDropped, use.Quota.PacketInsPerSecond), Is.EqualTo((20L, (int?)10)));
        bed.Bed.RunMs(250);
        for (int i = 0; i < 5; i++) bed.Bed.Network.Host("r1").SendFrame(TenantBed.Frame("r1"));
        bed.Bed.RunMs(10);
        Assert.That(bed.Red.PacketIns, Is.EqualTo(12), "two in a quarter of a second");
    }

    [Test]
    public void Packets_beyond_a_tenant_s_rate_are_not_sent_and_counted([Values] OpenFlowVersion version)
    {
        using TenantBed bed = NewBed(version, new VirtualSwitchQuota { PacketOutsPerSecond = 4 });
        foreach (VirtualSwitch own in new[] { bed.RedSwitch, bed.BlueSwitch })
        {
            for (int i = 0; i < 9; i++)
            {
                SendOutcome outcome = bed.Bed.Do(() => own.Send(new PacketOut
                {
                    Actions = ActionList.Output(new PortNumber(1)), Data = TenantBed.Frame($"{own.Name[0]}0"),
                })).Outcome;
                Assert.That(outcome, Is.EqualTo(SendOutcome.Queued));
            }
        }
        bed.Bed.RunMs(10);

        Assert.That(bed.Delivered.Count(each => each.Host == "r1"), Is.EqualTo(4));
        Assert.That(bed.Delivered.Count(each => each.Host == "b1"), Is.EqualTo(9));
        Assert.That(
            bed.Bed.Controller.Uses.Single(each => each.Name == "red").PacketOutsDropped, Is.EqualTo(5));
    }

    [Test]
    public void What_a_virtual_switch_uses_is_told()
    {
        using TenantBed bed = NewBed(OpenFlowVersion.V13, new VirtualSwitchQuota { RulesMax = 5 });
        bed.Send(bed.RedSwitch, new FlowMod());
        bed.Do(() => bed.RedSwitch.Send(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(1), [])));

        VirtualSwitchUse use = bed.Bed.Controller.Uses.Single(each => each.Name == "red");
        Assert.That((use.Rules, use.Groups, use.Meters, use.Quota.RulesMax), Is.EqualTo((1, 1, 0, (int?)5)));
        PhysicalSwitchStatus shared = bed.Bed.Controller.PhysicalSwitches.Single(each => each.Name == "p1");
        Assert.That((shared.Use, string.Join(' ', shared.RealisesAll)),
            Is.EqualTo((PhysicalSwitchUse.Instance, "red blue")));
    }

    private static (ErrorType, ushort)[] Codes(TenantApp app) =>
        [.. app.Errors.Select(each => (each.Error.Type, each.Error.Code))];

    private static TenantBed NewBed(OpenFlowVersion version, VirtualSwitchQuota quota, bool isShared = true) =>
        new(version, isShared, new TenantBedOptions { RedQuota = quota });
}
