using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Apps;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BackPressureTests : IDisposable
{
    private static readonly ChannelOptions Small = new()
    {
        OutboxBytesMax = 128 * 1024,
        OutboxFullTimeout = TimeSpan.FromSeconds(7),
    };

    private readonly RecordingApp _app = new();
    private readonly ControllerBed _bed;
    private readonly RawSwitch _deaf;
    private readonly RawSwitch _other;

    public BackPressureTests()
    {
        _bed = new ControllerBed(new LimeOptions { Channel = Small }, 1, _app);
        _deaf = new RawSwitch(_bed, new DatapathId(7)) { DiscardsMessages = false };
        _other = new RawSwitch(_bed, new DatapathId(8));
        _bed.RunMs(50);
        _deaf.IsReading = false;
        _bed.RunMs(1);
        // What it waited for already is still taken; from then on it reads nothing.
        Send(DeafSwitch, 1);
        _bed.RunMs(1);
    }

    private IVirtualSwitch DeafSwitch => _bed.Controller.VirtualSwitches.Single(each => each.Datapath.Value == 7);

    private IVirtualSwitch OtherSwitch => _bed.Controller.VirtualSwitches.Single(each => each.Datapath.Value == 8);

    public void Dispose() => _bed.Dispose();

    private SendOutcome Send(IVirtualSwitch to, int number) =>
        _bed.Send(to, ControllerBed.Forward(1, 2, (ushort)number)).Outcome;

    private void Fill()
    {
        int number = 1;
        while (Send(DeafSwitch, number++) == SendOutcome.Queued)
            Assert.That(number, Is.LessThan(60_000), "The outbox has no bound.");
    }

    [Test]
    public void A_switch_that_reads_nothing_is_closed_with_its_cause_and_others_notice_nothing()
    {
        Fill();
        Assert.That(Send(OtherSwitch, 5), Is.EqualTo(SendOutcome.Queued));
        _bed.RunMs(6_900);
        Assert.That(_app.Downs, Is.Empty);
        _bed.RunMs(200);
        Assert.That(_app.Downs, Is.EqualTo(new[] { new DatapathId(7).ToString() }));
        Assert.That(
            _bed.Controller.PhysicalSwitches.Single(each => each.Datapath.Value == 7).LastCloseCause,
            Does.StartWith("OutboxFull"));
        Assert.That(_other.Received.Count(type => type == 14), Is.EqualTo(1));
        Assert.That(_app.Drained, Is.Empty, "Nothing drained: the connection was lost.");
    }

    [Test]
    public void An_app_that_was_refused_learns_once_when_commands_are_taken_again()
    {
        Fill();
        Assert.That(Send(DeafSwitch, 3), Is.EqualTo(SendOutcome.OutboxFull));
        Assert.That(_app.Drained, Is.Empty);
        _deaf.IsReading = true;
        _bed.RunMs(100);
        Assert.That(_app.Drained, Is.EqualTo(new[] { new DatapathId(7).ToString() }));
        Assert.That(Send(DeafSwitch, 4), Is.EqualTo(SendOutcome.Queued));
    }

    [Test]
    public void An_app_on_another_thread_is_refused_too()
    {
        Fill();
        Assert.That(DeafSwitch.Send(ControllerBed.Forward(1, 2)).Outcome, Is.EqualTo(SendOutcome.OutboxFull));
        Assert.That(OtherSwitch.Send(ControllerBed.Forward(1, 2)).Outcome, Is.EqualTo(SendOutcome.Queued));
    }
}
