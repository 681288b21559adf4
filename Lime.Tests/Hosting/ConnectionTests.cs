using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Emulation;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <summary>Connections that are not what they should be (H-24, H-25), and callers that are
/// elsewhere.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionTests
{
    private readonly RecordingApp _app = new();

    [Test]
    public void A_second_connection_is_refused_while_the_first_one_answers()
    {
        using var bed = new ControllerBed(ControllerBed.Of10, 1, _app);
        var first = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(50);
        var second = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(3000);
        Assert.That((first.IsClosed, second.IsClosed), Is.EqualTo((false, true)));
        Assert.That(_app.Ups, Has.Count.EqualTo(1));
        Assert.That(_app.Downs, Is.Empty);
    }

    [Test]
    public void A_second_connection_takes_the_place_of_one_that_is_silent()
    {
        using var bed = new ControllerBed(ControllerBed.Of10, 1, _app);
        var first = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(50);
        first.AnswersEchoes = false;
        var second = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(3000);
        Assert.That((first.IsClosed, second.IsClosed), Is.EqualTo((true, false)));
        Assert.That(_app.Ups, Has.Count.EqualTo(2));
        Assert.That(_app.Downs, Has.Count.EqualTo(1));
        IVirtualSwitch virtualSwitch = bed.Controller.VirtualSwitches.Single();
        int before = second.Received.Count(each => each == 14);
        Assert.That(bed.Send(virtualSwitch, ControllerBed.Forward(1, 2)).Outcome, Is.EqualTo(SendOutcome.Queued));
        bed.RunMs(10);
        Assert.That(second.Received.Count(each => each == 14) - before, Is.EqualTo(1));
    }

    /// <remarks>Half open: its other end has gone without a word, so what we send it is never read.</remarks>
    [Test]
    public void A_half_open_incumbent_gives_way_and_of_several_that_come_then_one_is_let_in()
    {
        using var bed = new ControllerBed(ControllerBed.Of10, 1, _app);
        var first = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(50);
        (first.AnswersEchoes, first.IsReading) = (false, false);
        RawSwitch[] others = [.. Enumerable.Range(0, 3).Select(_ => new RawSwitch(bed, new DatapathId(7)))];
        bed.RunMs(6000);
        Assert.That(others.Count(each => !each.IsClosed), Is.EqualTo(1));
        Assert.That(_app.Ups, Has.Count.EqualTo(2));
        Assert.That(bed.Controller.PhysicalSwitches.Single().LastCloseCause, Does.StartWith("PeerSilent"));
    }

    [Test]
    public void A_port_status_that_comes_while_the_incumbent_is_probed_is_not_lost()
    {
        using var bed = new ControllerBed(ControllerBed.Of10, 1, _app);
        var first = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(50);
        first.AnswersEchoes = false;
        var second = new RawSwitch(bed, new DatapathId(7));
        bed.RunMs(50);
        second.Say(new PortStatus(PortStatusReason.Add, new PortDescription(new PortNumber(5), default, "p5")));
        bed.RunMs(3000);
        Assert.That(bed.Controller.PhysicalSwitches.Single().Ports.Single().Name, Is.EqualTo("p5"));
    }

    [Test]
    public void Garbage_costs_only_its_own_connection([Range(1, 20)] int seed)
    {
        using var bed = new ControllerBed(ControllerBed.Of10, seed, _app);
        bed.ConnectAndSettle(bed.AddSwitch(1));
        var bad = new RawSwitch(bed, new DatapathId(66));
        bed.RunMs(50);
        var random = new Random(seed);
        for (int i = 0; i < seed; i++)
        {
            var junk = new byte[random.Next(8, 60)];
            random.NextBytes(junk);
            (junk[0], junk[1], junk[2], junk[3]) = (1, (byte)random.Next(24), 0, (byte)junk.Length);
            bad.Send(junk);
        }
        // A message that says its length is less than a header: nothing behind it can be found (section 5.1).
        bad.Send(1, 10, 0, 3, 0, 0, 0, 0);
        bed.RunMs(1000);
        Assert.That(bad.IsClosed, Is.True);
        bed.Network.Host("h11").SendFrame(TestFrames.Udp());
        bed.RunMs(10);
        Assert.That(_app.PacketIns.Count(each => each.Switch == new DatapathId(1).ToString()), Is.EqualTo(1));
        Assert.That(_app.Downs, Is.EqualTo(new[] { new DatapathId(66).ToString() }));
    }

    [Test]
    public void A_stranger_in_a_configured_network_is_left_alone()
    {
        LimeOptions options = ControllerBed.Of10 with { Network = Migration.FigureThreeBed.Description };
        using var bed = new ControllerBed(options, 1, _app);
        EmulatedSwitch stranger = bed.AddSwitch(99);
        stranger.Install(ControllerBed.Forward(1, 2));
        bed.ConnectAndSettle(stranger);
        Assert.That(stranger.IsConnected, Is.True);
        Assert.That(stranger.FlowCount, Is.EqualTo(1));
        Assert.That(_app.Ups, Is.Empty);
        Assert.That(bed.Controller.PhysicalSwitches.Single(each => each.Datapath == new DatapathId(99)).Use,
            Is.EqualTo(PhysicalSwitchUse.Unknown));
    }

    /// <remarks>Real time: what other threads do has no place in virtual time.</remarks>
    [Test]
    public async Task Commands_and_queries_may_come_from_any_thread()
    {
        using var loop = EventLoop.StartThread("test");
        var up = new TaskCompletionSource<IVirtualSwitch>(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Up = virtualSwitch => up.TrySetResult(virtualSwitch);
        await using var controller = new LimeController(ControllerBed.Of10, [_app], loop: loop);
        var network = new EmulatedNetwork(loop, seed: 1);
        EmulatedSwitch s1 = network.AddSwitch("s1", new DatapathId(1));
        for (uint port = 1; port <= 2; port++) s1.AddPort(new PortNumber(port));
        controller.Attach(network.ConnectControl(s1, TimeSpan.Zero));
        IVirtualSwitch one = await up.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
                one.Send(ControllerBed.Forward(1, 2, (ushort)((thread * 100) + i + 1)));
        })));
        await one.BarrierAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        var flows = await one.GetFlowsAsync(new(OpenFlow.Matching.Match.Any, TableId.All, PortNumber.Any));
        Assert.That(flows, Has.Length.EqualTo(200));
    }
}
