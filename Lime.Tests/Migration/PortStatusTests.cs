using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: apps are told of a port's link as one switch would, however many instances have the port (H-53).
/// Method: Figure 3 in virtual time, where s3's links to s1 and s2 are also s4's; and a switch with hosts, which move
/// to
/// a spare.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class PortStatusTests(OpenFlowVersion version)
{
    private const uint LinkDown = 1;
    private const string Moved = "0000000000000001";
    private static readonly PortNumber One = new(1);
    private static readonly PortNumber Two = new(2);

    /// <remarks>Packets may leave by any instance, so that one broken link is a broken link.</remarks>
    [TestCase(3, 4)]
    [TestCase(4, 3)]
    public void A_link_to_a_switch_is_down_as_soon_as_it_is_down_at_one_instance(int first, int second)
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        EmulatedLink[] links = [LinkOf(lab, $"s{first}", "s2"), LinkOf(lab, $"s{second}", "s2")];

        Change(lab, links[0], false);
        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down"));
        Change(lab, links[1], false);
        Change(lab, links[0], true);
        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down"), "one is still down");
        Change(lab, links[1], true);

        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down, 2 up"));
        Assert.That(lab.Moved.Ports.Select(each => each.IsUp), Is.All.True);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down, 2 up"), "the end of the migration is no news");
    }

    [Test]
    public void A_link_that_only_the_leaving_instance_lacks_is_up_again_when_that_has_left()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        Change(lab, LinkOf(lab, "s3", "s2"), false);
        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down"));

        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        lab.Bed.RunMs(10);

        Assert.That(Told(lab.App, "s3"), Is.EqualTo("2 down, 2 up"));
    }

    /// <remarks>What an instance that is being filled has is not the virtual switch's yet.</remarks>
    [Test]
    public void A_spares_links_are_nobodys_business()
    {
        using var lab = new FigureThreeBed(version);
        Change(lab, LinkOf(lab, "s4", "s2"), false);
        Change(lab, LinkOf(lab, "s4", "s2"), true);

        Assert.That(Told(lab.App, "s3"), Is.Empty);
    }

    /// <remarks>The host is plugged out here and in there: two events in the life of one port, as on one
    /// switch.</remarks>
    [Test]
    public void A_port_with_a_host_is_up_as_long_as_it_is_up_at_one_instance()
    {
        var app = new RecordingApp();
        using ControllerBed bed = NewBed(app);
        EmulatedSwitch source = bed.AddSwitch(1);
        EmulatedSwitch target = bed.AddSwitch(4, hosts: 0);
        target.AddPort(One);
        target.AddPort(Two);
        bed.ConnectAndSettle(source, target);
        IMigration migration = Start(bed);
        bed.RunUntil(() => migration.Progress.Phase == MigrationPhase.Draining, 5_000);
        Assert.That(Told(app, Moved), Is.Empty, "the target's ports have no hosts yet");

        MoveHost(bed, "h11", target, One);
        Assert.That(Told(app, Moved), Is.EqualTo("1 down, 1 up"));
        MoveHost(bed, "h12", target, Two);
        MigrationProgress end = bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(5));

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(Told(app, Moved), Is.EqualTo("1 down, 1 up, 2 down, 2 up"));
    }

    private ControllerBed NewBed(RecordingApp app) => new(
        new LimeOptions
        {
            Spares = [new DatapathId(4)],
            Channel = ChannelOptions.Default with { Versions = [version] },
        },
        seed: 1, app);

    /// <summary>The source has to be still for two seconds before it is retired: time for its hosts to move.</summary>
    private static IMigration Start(ControllerBed bed) =>
        bed.Controller.Ensembles.MigrateAsync(new MigrationPlan(Moved, new DatapathId(4))
        {
            TargetPorts = [new(One, One), new(Two, Two)],
            DrainQuietTime = TimeSpan.FromSeconds(2),
        }).AsTask().GetAwaiter().GetResult();

    private static void MoveHost(ControllerBed bed, string name, EmulatedSwitch to, PortNumber port)
    {
        EmulatedHost host = bed.Network.Host(name);
        bed.Network.Disconnect(bed.Network.Links.Single(each => each.EndA.Node == name || each.EndB.Node == name));
        bed.RunMs(10);
        bed.Network.Connect(to, port, host);
        bed.RunMs(10);
    }

    private static EmulatedLink LinkOf(FigureThreeBed lab, string a, string b) => lab.Bed.Network.Links.Single(each =>
        (each.EndA.Node == a && each.EndB.Node == b) || (each.EndA.Node == b && each.EndB.Node == a));

    private static void Change(FigureThreeBed lab, EmulatedLink link, bool isUp)
    {
        lab.Bed.Network.SetLinkUp(link, isUp);
        lab.Bed.RunMs(20);
    }

    private static string Told(RecordingApp app, string of) => string.Join(", ", app.PortChanges
        .Where((_, index) => app.PortChangers[index] == of)
        .Select(each => $"{each.Port.Port} {((each.Port.State & LinkDown) != 0 ? "down" : "up")}"));
}
