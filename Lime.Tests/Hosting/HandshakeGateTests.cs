using System.IO.Pipelines;
using Lime.Core.Hosting;
using Lime.OpenFlow.Transport;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HandshakeGateTests : IDisposable
{
    private readonly EventLoop _loop = EventLoop.CreateManual();
    private readonly List<(IDuplexPipe Transport, HandshakePlace Place)> _started = [];

    public void Dispose() => _loop.Dispose();

    private HandshakeGate Gate(int countMax) =>
        new(countMax, _loop.Time, (transport, place) => _started.Add((transport, place)));

    private IDuplexPipe Transport() => InMemoryTransport.CreatePair(_loop.Scheduler, _loop.Scheduler).A;

    [Test]
    public void No_more_than_allowed_are_in_progress_and_the_others_follow_in_order()
    {
        HandshakeGate gate = Gate(2);
        IDuplexPipe[] transports = [.. Enumerable.Range(0, 5).Select(_ => Transport())];
        foreach (IDuplexPipe each in transports) gate.Enter(each);
        Assert.That(_started, Has.Count.EqualTo(2));
        Assert.That(gate.WaitingCount, Is.EqualTo(3));
        _started[1].Place.Leave();
        _started[1].Place.Leave();
        Assert.That(_started, Has.Count.EqualTo(3), "A place is left once.");
        _started[0].Place.Leave();
        _started[2].Place.Leave();
        Assert.That(_started.Select(each => each.Transport), Is.EqualTo(transports));
    }

    [Test]
    public void Peers_that_say_nothing_keep_their_places_for_a_second_and_not_a_tick_more()
    {
        HandshakeGate gate = Gate(1);
        gate.Enter(Transport());
        gate.Enter(Transport());
        _loop.RunFor(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.That(_started, Has.Count.EqualTo(1));
        _loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(_started, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_thousand_connections_that_are_dead_already_pass_without_recursion()
    {
        int started = 0;
        var gate = new HandshakeGate(1, _loop.Time, (_, place) =>
        {
            started++;
            place.Leave();
        });
        for (int i = 0; i < 100_000; i++) gate.Enter(Transport());
        Assert.That((started, gate.WaitingCount), Is.EqualTo((100_000, 0)));
    }

    [Test]
    public void A_gate_that_closes_ends_those_that_wait()
    {
        HandshakeGate gate = Gate(1);
        gate.Enter(Transport());
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(_loop.Scheduler, _loop.Scheduler);
        gate.Enter(ours);
        gate.Close();
        Assert.That(theirs.Input.TryRead(out ReadResult result) && result.IsCompleted, Is.True);
    }
}
