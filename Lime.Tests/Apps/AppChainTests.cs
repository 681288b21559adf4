using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.Tests.Emulation;
using Lime.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Apps;

public sealed class AppChainTests
{
    [Test]
    public void Apps_are_called_in_order_until_one_stops_the_chain()
    {
        var first = new RecordingApp();
        var second = new RecordingApp { Verdict = AppVerdict.Stop };
        var third = new RecordingApp();
        using var bed = new ControllerBed(ControllerBed.Of10, 1, first, second, third);
        EmulatedSwitch s1 = bed.AddSwitch(1);
        bed.ConnectAndSettle(s1);
        bed.Network.Host("h11").SendFrame(TestFrames.Udp());
        bed.RunMs(10);
        Assert.That(first.PacketIns, Has.Count.EqualTo(1));
        Assert.That(second.PacketIns, Has.Count.EqualTo(1));
        Assert.That(third.PacketIns, Is.Empty);
        Assert.That(third.Ups, Has.Count.EqualTo(1), "a switch that comes is news to everybody");
        Assert.That(first.PacketIns[0].Frame, Is.EqualTo(TestFrames.Udp()));
    }

    [Test]
    public void An_app_that_throws_stops_nobody()
    {
        var bad = new RecordingApp("bad") { Throws = new InvalidOperationException("Sick.") };
        var good = new RecordingApp("good");
        using var bed = new ControllerBed(ControllerBed.Of10, 1, bad, good);
        EmulatedSwitch s1 = bed.AddSwitch(1);
        bed.ConnectAndSettle(s1);
        for (int i = 0; i < 5; i++) bed.Network.Host("h11").SendFrame(TestFrames.Udp());
        bed.RunMs(10);
        bed.Network.SetLinkUp(bed.Network.Link("s1-h12"), false);
        bed.RunMs(10);
        s1.Disconnect();
        bed.RunMs(10);
        foreach (RecordingApp each in new[] { bad, good })
        {
            Assert.That(each.Ups, Has.Count.EqualTo(1), each.Name);
            Assert.That(each.PacketIns, Has.Count.EqualTo(5), each.Name);
            Assert.That(each.PortChanges, Has.Count.EqualTo(1), each.Name);
            Assert.That(each.Downs, Has.Count.EqualTo(1), each.Name);
        }
    }

    [Test]
    public void What_an_app_throws_is_counted_under_its_name()
    {
        var chain = new AppChain(
            [new RecordingApp("good"), new RecordingApp("bad") { Throws = new InvalidOperationException("Sick.") }],
            NullLogger.Instance);
        var virtualSwitch = new Sample.RecordingSwitch();
        chain.SwitchUp(virtualSwitch);
        chain.PacketIn(virtualSwitch, default);
        chain.SwitchDown(virtualSwitch);
        Assert.That(chain.Failures, Is.EqualTo(new[] { ("good", 0L), ("bad", 3L) }));
    }
}
