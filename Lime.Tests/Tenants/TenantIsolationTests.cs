using Lime.Core.Apps;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: of two virtual switches on parts of one physical switch neither can tell that the other is there, nor
/// reach it. Method: the same commands and frames with a physical switch each, and compare all that apps and hosts
/// see; then one of them is hostile.</remarks>
public sealed class TenantIsolationTests
{
    [Test]
    public void A_tenant_sees_what_it_would_see_alone(
        [Values] OpenFlowVersion version, [Range(1, 12)] int seed)
    {
        (string[] red, string[] blue) shared = Run(version, seed, isShared: true);
        (string[] red, string[] blue) apart = Run(version, seed, isShared: false);

        Assert.That(DifferenceOf(shared.red, apart.red), Is.Empty);
        Assert.That(DifferenceOf(shared.blue, apart.blue), Is.Empty);
        Assert.That(shared.red, Has.Length.GreaterThan(20));
    }

    /// <summary>In which order rules go that one command deletes is the switch's choice.</summary>
    private static IEnumerable<string> InAnyOrder(List<string> seen)
    {
        var gone = new List<string>();
        foreach (string each in seen)
        {
            if (each.StartsWith("flow-removed", StringComparison.Ordinal))
            {
                gone.Add(each);
                continue;
            }
            foreach (string removal in gone.Order(StringComparer.Ordinal)) yield return removal;
            gone.Clear();
            yield return each;
        }
        foreach (string removal in gone.Order(StringComparer.Ordinal)) yield return removal;
    }

    private static string DifferenceOf(string[] seen, string[] expected)
    {
        int same = seen.Zip(expected).TakeWhile(each => each.First == each.Second).Count();
        if (same == seen.Length && same == expected.Length) return "";
        return $"after {same} lines, the last of them {(same > 0 ? seen[same - 1] : "none")}:\n"
            + string.Join('\n', seen.Skip(same).Take(3)) + "\nwhere alone it would see\n"
            + string.Join('\n', expected.Skip(same).Take(3));
    }

    private static (string[] Red, string[] Blue) Run(OpenFlowVersion version, int seed, bool isShared)
    {
        using var bed = new TenantBed(version, isShared);
        var red = new TenantScript(bed, bed.RedSwitch, seed, version);
        var blue = new TenantScript(bed, bed.BlueSwitch, seed + 1000, version);
        for (int i = 0; i < 120; i++)
        {
            red.Step();
            blue.Step();
        }
        red.Ask();
        blue.Ask();
        Assert.That(bed.Crossed, Is.Empty);
        return ([.. InAnyOrder(bed.Red.Seen), .. red.Told, bed.DeliveredTo("red")],
            [.. InAnyOrder(bed.Blue.Seen), .. blue.Told, bed.DeliveredTo("blue")]);
    }

    /// <remarks>Blue's learning is plain forwarding by address, for which both have the same addresses.</remarks>
    [Test]
    public void A_hostile_tenant_changes_nothing_for_the_other([Values] OpenFlowVersion version)
    {
        using var quiet = new TenantBed(version);
        using var attacked = new TenantBed(version);
        string[] expected = BlueTraffic(quiet, () => { });
        var attack = new HostileTenant(attacked);

        string[] seen = BlueTraffic(attacked, attack.Strike);

        Assert.That(seen, Is.EqualTo(expected));
        Assert.That(attacked.Crossed, Is.Empty);
        Assert.That(attack.Strikes, Is.GreaterThan(10));
        Assert.That(attacked.Red.Errors, Is.Not.Empty, "it was refused what is not its own");
    }

    private static string[] BlueTraffic(TenantBed bed, Action between)
    {
        FlowMod toAll = new()
        {
            Priority = 5, Cookie = new Cookie(77), Flags = FlowModFlags.SendFlowRemoved, Actions = ActionList.Flood,
        };
        bed.Send(bed.BlueSwitch, toAll);
        bed.Send(bed.BlueSwitch, toAll with
        {
            Match = Match.Any.WithInPort(new PortNumber(2)), Priority = 7,
            Actions = ActionList.Output(new PortNumber(1)),
        });
        for (int i = 0; i < 12; i++)
        {
            between();
            bed.Inject($"b{(i % 3) + 1}");
        }
        bed.Bed.Barrier(bed.BlueSwitch);
        string[] flows = [.. bed.Bed.Flows(bed.BlueSwitch)
            .Select(each => $"{each.Priority} {each.Match} {each.Actions} {each.PacketCount} {each.ByteCount}")
            .Order()];
        TableStatistics table = bed.Bed.Await(() => bed.BlueSwitch.GetTableStatisticsAsync())[0];
        string[] ports = [.. bed.Bed.Await(() => bed.BlueSwitch.GetPortStatisticsAsync(PortNumber.Any))
            .Select(each => $"{each.Port} {each.ReceivedPackets} {each.SentPackets}")];
        return [.. flows, .. ports, .. bed.Blue.Seen, bed.DeliveredTo("blue"),
            $"{table.ActiveCount} {table.LookupCount} {table.MatchedCount}"];
    }

    [Test]
    public void Every_tenant_s_frames_stay_with_it_where_both_flood([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        foreach (PortNumber target in new[] { PortNumber.Flood, PortNumber.All })
        {
            bed.ForgetDelivered();
            bed.Send(bed.RedSwitch, new FlowMod { Actions = ActionList.Output(target) });
            bed.Send(bed.BlueSwitch, new FlowMod { Actions = ActionList.Output(target) });
            bed.InjectEverywhere();

            Assert.That(bed.Crossed, Is.Empty);
            Assert.That(bed.Delivered.Count(), Is.EqualTo(2 * 3 * 2), "to the two others of each, and no more");
        }
    }

    [TestCase(4u, true)]
    [TestCase(7u, true)]
    [TestCase(0xfffffffau, true)] // NORMAL
    [TestCase(0xfffffffeu, true)] // LOCAL
    [TestCase(4u, false)]
    [TestCase(0xfffffffau, false)]
    [TestCase(0xfffffffeu, false)]
    public void An_output_to_a_port_that_is_not_its_own_is_refused(uint port, bool isRule)
    {
        foreach (OpenFlowVersion version in Enum.GetValues<OpenFlowVersion>())
        {
            using var bed = new TenantBed(version);
            ActionList actions = ActionList.Of(FlowAction.Output(new PortNumber(1)), FlowAction.Output(new(port)));
            Xid xid = isRule
                ? bed.Send(bed.RedSwitch, new FlowMod { Actions = actions })
                : bed.Do(() => bed.RedSwitch.Send(new PacketOut { Actions = actions, Data = TenantBed.Frame("r0") }));
            bed.InjectEverywhere();

            (Xid Xid, ErrorMessage Error) refusal = bed.Red.Errors.Single();
            Assert.That(refusal.Xid, Is.EqualTo(xid));
            Assert.That((refusal.Error.Type, refusal.Error.Code), Is.EqualTo(
                (ErrorType.BadAction, ErrorCodes.ActionBadOutPort)));
            Assert.That(bed.Delivered, Is.Empty);
            Assert.That(bed.Bed.Flows(bed.RedSwitch), Is.Empty);
        }
    }

    [Test]
    public void What_Lime_does_not_know_is_refused_on_a_shared_switch([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        // Nicira's resubmit to port 4 (NXAST_RESUBMIT).
        FlowAction resubmit = FlowAction.Opaque(
            [0xff, 0xff, 0, 16, 0, 0, 0x23, 0x20, 0, 1, 0, 4, 0, 0, 0, 0]);

        bed.Send(bed.RedSwitch, new FlowMod { Actions = ActionList.Of(resubmit) });
        bed.Do(() => bed.RedSwitch.Send(new PacketOut
        {
            Actions = ActionList.Of(resubmit), Data = TenantBed.Frame("r0"),
        }));

        Assert.That(bed.Red.Errors.Select(each => (each.Error.Type, each.Error.Code)), Has.Exactly(2).EqualTo(
            (ErrorType.BadAction, ErrorCodes.ActionBadExperimenter)));
    }

    [Test]
    public void A_tenant_sees_its_own_ports_and_no_buffers([Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);

        foreach (IVirtualSwitch each in new[] { bed.RedSwitch, bed.BlueSwitch })
        {
            Assert.That(string.Join(' ', each.Ports.Select(port => port.Port.Value)), Is.EqualTo("1 2 3"));
            Assert.That(each.Features.BufferCount, Is.Zero);
        }
        bed.Bed.Network.SetLinkUp(bed.Bed.Network.Link("p1-b2"), false);
        bed.Bed.RunMs(10);
        Assert.That(bed.Red.Seen, Is.Empty);
        Assert.That(bed.Blue.Seen.Single(), Is.EqualTo("port-status 2 False"));
    }

    /// <remarks>A packet that comes from nowhere would meet everybody's rules, or nobody's.</remarks>
    [Test]
    public void A_packet_out_through_the_table_from_nowhere_meets_the_tenant_s_own_rules(
        [Values] OpenFlowVersion version)
    {
        using var bed = new TenantBed(version);
        bed.Send(bed.RedSwitch, new FlowMod { Actions = ActionList.Output(new PortNumber(2)) });
        bed.Send(bed.BlueSwitch, new FlowMod { Actions = ActionList.Flood });
        PortNumber nowhere = version == OpenFlowVersion.V10 ? PortNumber.Any : PortNumber.Controller;

        bed.Do(() => bed.RedSwitch.Send(new PacketOut
        {
            InPort = nowhere, Actions = ActionList.Output(PortNumber.Table), Data = TenantBed.Frame("r0"),
        }));

        Assert.That(bed.Delivered, Is.EqualTo(new[] { ("r2", "r0") }));
        Assert.That(bed.Bed.Flows(bed.RedSwitch).Single().PacketCount, Is.EqualTo(1));
        Assert.That(bed.Bed.Flows(bed.BlueSwitch).Single().PacketCount, Is.Zero);
    }
}
