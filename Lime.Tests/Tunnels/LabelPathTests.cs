using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

/// <remarks>Goal: tunnels by labels have a label each, leave others' frames alone, go another way when theirs fails,
/// come
/// back when a switch has lost its rules, and are refused where they can't be. Method: two emulated sites with a ring
/// of
/// switches between them.</remarks>
internal sealed class LabelPathTests
{
    [Test]
    public void Each_tunnel_has_a_label_of_its_own_and_the_tag_is_a_service_tag_between_the_fabrics_switches_only()
    {
        using var lab = new TwoSiteBed();
        List<(string Link, ushort Type, int Label)> seen = [];
        FrameTap? count = lab.Network.Tap;
        lab.Network.Tap = (in FrameEvent frame) =>
        {
            count!(frame);
            if (frame.Frame.Length < 16) return;
            int type = (frame.Frame[12] << 8) | frame.Frame[13];
            if (type is 0x88a8 or 0x8100)
                seen.Add((frame.Link.Name, (ushort)type, ((frame.Frame[14] & 0xf) << 8) | frame.Frame[15]));
        };
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Completed));
        foreach (int host in new[] { 1, 2, 3 }) lab.Ping(4, host, 3);

        Assert.That(seen.Select(each => each.Link).Distinct().Single(), Is.EqualTo("f1-f2"));
        Assert.That(seen.Select(each => each.Type).Distinct().Single(), Is.EqualTo(0x88a8));
        Assert.That(
            string.Join(' ', seen.Select(each => each.Label).Distinct().Order()), Is.EqualTo("2048 2049 2050"));
    }

    [Test]
    public void A_link_that_fails_is_led_round_in_less_than_100_ms()
    {
        using var lab = new TwoSiteBed();
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Completed));
        Pinger pinger = lab.StartPings(4, 1);
        lab.Bed.RunMs(100);
        lab.Network.SetLinkUp(lab.Network.Link("f1-f2"), false);
        lab.Bed.RunMs(500);
        pinger.Stop();
        lab.Bed.RunMs(50);

        PingSummary pings = pinger.Summarise();
        TestContext.Out.WriteLine($"one ping a millisecond: {pings.Sent - pings.Received} of {pings.Sent} lost");
        Assert.That(pings.Sent - pings.Received, Is.InRange(1, 99), $"{pings}");
        Assert.That(pings.Duplicates, Is.Zero);
        Assert.That(lab.Crossings("f1-f3"), Is.GreaterThan(500));
        Assert.That(lab.CarriersOf("f3").Count(), Is.EqualTo(6));
        Assert.That(lab.CarriersOf("f1").Count(), Is.EqualTo(6), "nothing of the old way is left");
    }

    [Test]
    public void A_link_that_fails_during_the_migration_does_not_end_it()
    {
        using var lab = new TwoSiteBed();
        IMigration migration = lab.Start(TwoSiteBed.Plan with { AttachmentInterval = TimeSpan.FromMilliseconds(200) });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        lab.Network.SetLinkUp(lab.Network.Link("f1-f2"), false);
        MigrationProgress moved = lab.Finish(migration);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        Assert.That(lab.Ping(1, 2, 10).Received, Is.EqualTo(10));
    }

    [Test]
    public void Others_frames_pass_the_fabric_as_before_and_never_get_out_of_a_tunnel()
    {
        using var lab = new TwoSiteBed();
        EmulatedHost x1 = Plug(lab, "x1", "f1", 8);
        EmulatedHost x2 = Plug(lab, "x2", "f2", 32);
        x1.AddNeighbour(x2.Ip, x2.Mac);
        x2.AddNeighbour(x1.Ip, x1.Mac);
        foreach ((string name, uint port) in new[] { ("f1", 31u), ("f2", 32u) })
        {
            lab.Network.Switch(name).Install(ControllerBed.Forward(port, 21, 10));
            lab.Network.Switch(name).Install(ControllerBed.Forward(21, port, 10));
        }
        Pinger pinger = x1.CreatePinger(x2.Ip, new PingerOptions { Interval = TimeSpan.FromMilliseconds(1) });
        pinger.Start();
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Completed));
        lab.Bed.RunMs(100);
        pinger.Stop();
        lab.Bed.RunMs(50);
        PingSummary pings = pinger.Summarise();
        Assert.That(
            (pings.Sent > 100, pings.Sent - pings.Received, pings.Duplicates),
            Is.EqualTo((true, 0, 0)), $"{pings}");
        Assert.That(lab.Network.Switch("f1").Flows.Count(each => each.Priority == 10), Is.EqualTo(2));

        // With a label that is in use, but not where the tunnel's frames come from.
        long[] before = [.. Enumerable.Range(1, 4).Select(each => lab.Host(each).Counters.Received)];
        byte[] frame = [.. Tagged(x2.Mac, x1.Mac, 2048)];
        lab.Bed.Loop.Post(() => x1.SendFrame(frame));
        lab.Bed.RunMs(50);
        Assert.That(Enumerable.Range(1, 4).Select(each => lab.Host(each).Counters.Received), Is.EqualTo(before));
    }

    [Test]
    public void A_switch_of_the_fabric_that_was_away_and_has_lost_its_rules_gets_them_again()
    {
        using var lab = new TwoSiteBed();
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Completed));
        string[] rules = lab.CarrierRulesOf("f1");
        EmulatedSwitch f1 = lab.Network.Switch("f1");
        f1.Disconnect();
        lab.Bed.RunMs(50);
        f1.Install(new FlowMod { Command = FlowModCommand.Delete, Match = Match.Any, Actions = ActionList.Drop });
        Assert.That(f1.Flows, Is.Empty);
        lab.Bed.ConnectAndSettle(f1);
        Assert.That(lab.CarrierRulesOf("f1"), Is.EqualTo(rules));
        Assert.That(lab.Ping(1, 2, 10).Received, Is.EqualTo(10));
    }

    [Test]
    public void What_can_not_be_is_refused_with_the_reason_before_anything_is_done()
    {
        using (var old = new TwoSiteBed(fabric: [OpenFlowVersion.V10]))
            AssertRefused(old, "f1, through which the way leads, speaks OpenFlow 1.0, which has no service tags");
        using (var narrow = new TwoSiteBed(network => WithRing(network, mtu: 1500)))
            AssertRefused(narrow, "carries packets of 1500 bytes, and 1504 are needed");
        using (var few = new TwoSiteBed(network => network with { TunnelLabels = new TunnelLabels(7, 8) }))
            AssertRefused(few, "all labels from 7 to 8 are in use");
        using (var wide = new TwoSiteBed(network => WithRing(network, mtu: 1504)))
            Assert.That(wide.Preview(TwoSiteBed.Plan).CanBegin, Is.True);
    }

    [Test]
    public void A_dry_run_lists_the_tunnels_and_makes_none()
    {
        using var lab = new TwoSiteBed();
        MigrationPreview preview = lab.Preview(TwoSiteBed.Plan);
        Assert.That(preview.CanBegin, Is.True);
        Assert.That(
            string.Join('\n', preview.Findings
                .Where(each => each.Topic == FindingTopic.Tunnels).Select(each => each.Text)),
            Is.EqualTo(
                "For port 1 a tunnel is made between s3 and s4 through f1, f2 with label 2048.\n"
                + "For port 2 a tunnel is made between s2 and s4 through f1, f2 with label 2049.\n"
                + "For port 3 a tunnel is made between s3 and s4 through f1, f2 with label 2050."));
        Assert.That(lab.CarriersOf("f1"), Is.Empty);
    }

    private static void AssertRefused(TwoSiteBed lab, string reason)
    {
        MigrationPreview preview = lab.Preview(TwoSiteBed.Plan);
        Assert.That(preview.CanBegin, Is.False);
        Assert.That(string.Join("\n", preview.Findings.Select(each => each.Text)), Does.Contain(reason));
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(lab.CarriersOf("f1"), Is.Empty);
        Assert.That(lab.Ping(1, 2, 5).Received, Is.EqualTo(5));
    }

    private static NetworkDescription WithRing(NetworkDescription network, int mtu) => network with
    {
        PhysicalLinks = [.. network.PhysicalLinks.Select(each =>
            each.A.Datapath.Value > 10 ? each with { Mtu = mtu } : each)],
    };

    private static EmulatedHost Plug(TwoSiteBed lab, string name, string at, uint number)
    {
        EmulatedHost host = lab.Bed.AddHost(name, number);
        lab.Network.Connect(lab.Network.Switch(at), new PortNumber(at == "f1" ? 31u : 32u), host);
        return host;
    }

    private static IEnumerable<byte> Tagged(MacAddress to, MacAddress from, ushort label)
    {
        foreach (MacAddress each in new[] { to, from })
        {
            for (int shift = 40; shift >= 0; shift -= 8) yield return (byte)(each.Value >> shift);
        }
        foreach (byte each in (byte[])[0x88, 0xa8, (byte)(label >> 8), (byte)label, 0x08, 0x00]) yield return each;
        for (int i = 0; i < 46; i++) yield return 0;
    }
}
