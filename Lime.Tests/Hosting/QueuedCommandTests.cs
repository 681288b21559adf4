using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: what an app was told is taken is sent, however full the outbox is when its turn comes. Method: a
/// switch
/// that reads nothing until its outbox is full; what comes in meanwhile is what another thread handed over
/// before.</remarks>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QueuedCommandTests : IDisposable
{
    private const byte PacketOutType = 13;
    private const byte FlowModType = 14;

    /// <summary>Messages that the outbox has room for; the connection has none.</summary>
    private const int RoomLeft = 300;

    private readonly RecordingApp _app = new();
    private readonly ControllerBed _bed;
    private readonly RawSwitch _deaf;

    /// <summary>Flow-mods that were taken before a test begins.</summary>
    private readonly int _sent;

    public QueuedCommandTests()
    {
        var channel = new ChannelOptions { OutboxBytesMax = 128 * 1024, OutboxFullTimeout = TimeSpan.FromSeconds(7) };
        _bed = new ControllerBed(new LimeOptions { Channel = channel }, 1, _app);
        _deaf = new RawSwitch(_bed, new DatapathId(7));
        _bed.RunMs(50);
        _deaf.IsReading = false;
        _bed.RunMs(1);
        // How much the connection and the outbox take, to leave room for a little less than that.
        int room = FillTurnByTurn(60_000);
        _deaf.IsReading = true;
        _bed.RunMs(100);
        _deaf.IsReading = false;
        _bed.RunMs(1);
        _sent = room + FillTurnByTurn(room - RoomLeft);
        _app.Drained.Clear();
    }

    private IVirtualSwitch Switch => _bed.Controller.VirtualSwitches.Single();

    public void Dispose() => _bed.Dispose();

    [Test]
    public void What_another_thread_was_told_is_taken_is_sent_when_there_is_room()
    {
        int taken = 0;
        _bed.Loop.Post(() => taken = Fill());
        // Handed over while there is room; the loop gets to them when there is none.
        SendOutcome[] handedOver = [PacketOut(Switch), Switch.Send(ControllerBed.Forward(1, 2, 9)).Outcome];
        Assert.That(handedOver, Is.All.EqualTo(SendOutcome.Queued));
        _bed.RunMs(5);
        Assert.That(Switch.Send(ControllerBed.Forward(1, 2)).Outcome, Is.EqualTo(SendOutcome.OutboxFull));

        _deaf.IsReading = true;
        _bed.RunMs(100);

        Assert.That(taken, Is.InRange(1, RoomLeft + 100));
        Assert.That(_deaf.Received.Count(type => type == PacketOutType), Is.EqualTo(1));
        Assert.That(_deaf.Received.Count(type => type == FlowModType), Is.EqualTo(_sent + taken + 1));
        Assert.That(_app.Drained, Has.Count.EqualTo(1));
    }

    /// <remarks>Nothing is kept of a connection that has ended: apps learn of that by its end.</remarks>
    [Test]
    public void What_waits_for_a_switch_that_is_closed_is_lost_with_the_connection()
    {
        _bed.Loop.Post(() => Fill());
        PacketOut(Switch);
        _bed.RunMs(8_000);

        Assert.That(_app.Downs, Has.Count.EqualTo(1));
        Assert.That(_deaf.Received.Count(type => type == PacketOutType), Is.Zero);
    }

    /// <summary>In one turn of the loop, before what was posted gets its own.</summary>
    /// <returns>How many were taken.</returns>
    private int Fill()
    {
        int taken = 0;
        while (taken < 60_000 && Switch.Send(Rule(taken)).Outcome == SendOutcome.Queued) taken++;
        return taken;
    }

    /// <summary>Until one is refused, or the count is reached.</summary>
    /// <returns>How many were taken.</returns>
    private int FillTurnByTurn(int countMax)
    {
        int taken = 0;
        while (taken < countMax && _bed.Send(Switch, Rule(taken)).Outcome == SendOutcome.Queued) taken++;
        return taken;
    }

    private static FlowMod Rule(int number) => ControllerBed.Forward(1, 2, (ushort)(number % 1000));

    private static SendOutcome PacketOut(IVirtualSwitch to) => to.Send(new PacketOut
    {
        InPort = PortNumber.Any,
        Actions = ActionList.Output(new PortNumber(1)),
        Data = new byte[60],
    }).Outcome;
}
