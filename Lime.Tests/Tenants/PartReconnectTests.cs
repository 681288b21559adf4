using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: when a shared switch connects each tenant's table is brought together with what lies at its own
/// ports,
/// and what is nobody's is treated as configured.</remarks>
public sealed class PartReconnectTests
{
    private static readonly FlowMod Foreign = new()
    {
        Priority = 3, Cookie = new Cookie(40), Match = Match.Any.WithEthType(0x1234), Actions = ActionList.Drop,
    };

    [Test]
    public void Each_has_its_rules_again_after_the_switch_has_lost_them([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        Fill(bed, version);
        string[] before = Rules(bed);
        bed.Shared.Disconnect();
        bed.Bed.RunMs(10);
        Assert.That((bed.RedSwitch.IsConnected, bed.BlueSwitch.IsConnected), Is.EqualTo((false, false)));
        bed.Shared.Install(new FlowMod
        {
            Command = FlowModCommand.Delete, Table = version == OpenFlowVersion.V13 ? TableId.All : default,
        });
        foreach (GroupDescription each in bed.Shared.Groups)
            bed.Shared.Install(new GroupMod(GroupModCommand.Delete, each.Type, each.Group, []));
        bed.Bed.ConnectAndSettle(bed.Shared);

        Assert.That(Rules(bed), Is.EqualTo(before));
        bed.InjectEverywhere();
        Assert.That(bed.Crossed, Is.Empty);
        Assert.That(bed.Delivered.Count(), Is.EqualTo(2 + 3));
    }

    [Test]
    public void Rules_that_are_nobody_s_are_left_or_removed(
        [Values] OpenFlowVersion version, [Values] UnknownRulePolicy policy)
    {
        var options = new TenantBedOptions
        {
            UnknownRules = policy,
            Before = node =>
            {
                node.Install(Foreign);
                node.Install(Foreign with { Match = Match.Any.WithInPort(new PortNumber(7)) });
            },
        };
        using var bed = new TenantBed(version, options: options);
        bool isLeft = policy != UnknownRulePolicy.Remove;

        Assert.That(bed.Shared.Flows.Count(each => each.Cookie == Foreign.Cookie), Is.EqualTo(isLeft ? 2 : 0));
        Assert.That(bed.RedSwitch.Primary!.Physical.ForeignRules, Is.EqualTo(isLeft ? 2 : 0));
        Assert.That(bed.Bed.Flows(bed.RedSwitch).Concat(bed.Bed.Flows(bed.BlueSwitch)), Is.Empty);
        bed.Send(bed.RedSwitch, new FlowMod
        {
            Command = FlowModCommand.Delete, Table = version == OpenFlowVersion.V13 ? TableId.All : default,
        });
        Assert.That(bed.Shared.Flows.Count(each => each.Cookie == Foreign.Cookie), Is.EqualTo(isLeft ? 2 : 0));
    }

    [Test]
    public void A_rule_found_at_a_tenant_s_port_is_adopted_by_it_and_by_no_other([Values] OpenFlowVersion version)
    {
        using TenantBed bed = BedWithLeftovers(version);

        Assert.That(bed.Bed.Flows(bed.RedSwitch), Is.Empty);
        Assert.That(
            string.Join(", ", bed.Bed.Flows(bed.BlueSwitch)
                .Select(each => $"{each.Match.InPort} {each.Actions}").Order()),
            Is.EqualTo("1 output:2, 2 output:2, 3 output:2"));
    }

    /// <remarks>As the ADD of the same rule would on a switch of its own (OpenFlow 1.0.0 section 4.6).</remarks>
    [Test]
    public void A_rule_that_an_app_adds_again_replaces_its_leftovers_at_each_port([Values] OpenFlowVersion version)
    {
        using TenantBed bed = BedWithLeftovers(version);
        bed.Send(bed.BlueSwitch, new FlowMod { Priority = 20, Actions = ActionList.Output(new PortNumber(3)) });
        bed.Inject("b1");

        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("b3", "b1") }));
        FlowStatistics rule = bed.Bed.Flows(bed.BlueSwitch).Single();
        Assert.That((rule.Match, rule.Actions), Is.EqualTo((Match.Any, ActionList.Output(new PortNumber(3)))));
    }

    [Test]
    public void Numbers_of_groups_that_are_there_already_are_not_given_out()
    {
        var options = new TenantBedOptions
        {
            Before = node => node.Install(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(1), [])),
        };
        using var bed = new TenantBed(OpenFlowVersion.V13, options: options);
        bed.Do(() => bed.RedSwitch.Send(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(1), [])));

        Assert.That(bed.Red.Errors, Is.Empty);
        Assert.That(string.Join(' ', bed.Shared.Groups.Select(each => each.Group.Value)), Is.EqualTo("1 2"));
    }

    /// <summary>A rule for all of blue's ports, as another controller has left it.</summary>
    private static TenantBed BedWithLeftovers(OpenFlowVersion version) => new(version, options: new TenantBedOptions
    {
        Before = node =>
        {
            for (uint port = 4; port <= 6; port++)
            {
                node.Install(new FlowMod
                {
                    Priority = 20, Match = Match.Any.WithInPort(new PortNumber(port)),
                    Actions = ActionList.Output(port == 5 ? PortNumber.InPort : new PortNumber(5)),
                });
            }
            node.Install(new FlowMod
            {
                Command = FlowModCommand.ModifyStrict, Priority = 20, Match = Match.Any.WithInPort(new PortNumber(5)),
                Actions = ActionList.Output(new PortNumber(5)),
            });
        },
    });

    private static void Fill(TenantBed bed, OpenFlowVersion version)
    {
        ActionList toOne = ActionList.Output(new PortNumber(1));
        if (version == OpenFlowVersion.V13)
        {
            bed.Do(() => bed.RedSwitch.Send(new GroupMod(
                GroupModCommand.Add, GroupType.Indirect, new GroupId(4), [new GroupBucket(toOne)])));
            toOne = ActionList.Of(FlowAction.Group(new GroupId(4)));
        }
        bed.Send(bed.RedSwitch, new FlowMod { Actions = toOne });
        for (uint port = 1; port <= 3; port++)
        {
            bed.Send(bed.BlueSwitch, new FlowMod
            {
                Match = Match.Any.WithInPort(new PortNumber(port)),
                Actions = ActionList.Output(new PortNumber((port % 3) + 1)),
            });
        }
    }

    private static string[] Rules(TenantBed bed) =>
        [.. bed.Shared.Flows.Select(each => $"{each.Priority} {each.Match} {each.Actions} {each.Cookie}").Order()];
}
