using System.Diagnostics;
using System.Net;
using Lime.Apps.Sample.Apps;
using Lime.Core.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Cbench;

/// <remarks>Goal: the original cbench runs to its end against the learning switch (issue: "-s 10 -M 100,
/// throughput and latency mode"). Method: a scripted peer that behaves as cbench does, over TCP. Rates are
/// printed, not asserted: the machines are shared.</remarks>
[TestFixture]
[Category("Socket")]
public sealed class CbenchTests
{
    private const int Switches = 10;
    private const int Addresses = 100;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Throughput_mode_answers_every_packet_in_exactly_once()
    {
        const int PacketIns = 10_000;
        await using LimeController controller = StartController();
        CbenchSwitch[] switches = Connect(controller);
        long start = Stopwatch.GetTimestamp();
        RunUntil(switches, each => each.Answers.Count >= PacketIns, each => each.Offer(PacketIns));
        Report("throughput", switches, Stopwatch.GetElapsedTime(start));
        CheckAndClose(switches, PacketIns);
    }

    [Test]
    public async Task Latency_mode_answers_one_packet_in_after_the_other()
    {
        const int PacketIns = 1_000;
        await using LimeController controller = StartController();
        CbenchSwitch[] switches = Connect(controller);
        long start = Stopwatch.GetTimestamp();
        RunUntil(
            switches,
            each => each.Answers.Count >= PacketIns,
            each => each.Offer(Math.Min(PacketIns, each.Answers.Count + 1)));
        Report("latency", switches, Stopwatch.GetElapsedTime(start));
        CheckAndClose(switches, PacketIns);
    }

    private static LimeController StartController()
    {
        var controller = new LimeController(
            new LimeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, [new LearningSwitch()]);
        controller.Start();
        return controller;
    }

    private static CbenchSwitch[] Connect(LimeController controller) =>
        [.. Enumerable.Range(1, Switches).Select(id => new CbenchSwitch(controller.ListenEndPoint!, id, Addresses))];

    private static void RunUntil(
        CbenchSwitch[] switches, Func<CbenchSwitch, bool> isDone, Action<CbenchSwitch> offer)
    {
        long start = Stopwatch.GetTimestamp();
        while (!switches.All(isDone))
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeLimit), "packet-ins stayed unanswered");
            foreach (CbenchSwitch each in switches)
            {
                offer(each);
                each.Exchange();
            }
        }
    }

    private static void Report(string mode, CbenchSwitch[] switches, TimeSpan elapsed) => TestContext.Out.WriteLine(
        $"{mode}: {switches.Sum(each => each.Answers.Count) / elapsed.TotalSeconds:F0} answered packet-ins/s");

    private static void CheckAndClose(CbenchSwitch[] switches, int packetIns)
    {
        foreach (CbenchSwitch each in switches)
        {
            Assert.That(each.Sent, Is.EqualTo(packetIns));
            Assert.That(each.Answers, Has.Count.EqualTo(packetIns), "distinct packet-ins answered");
            Assert.That(each.Answers.Values, Is.All.EqualTo(1), "answers a packet-in");
            Assert.That(each.Responses, Is.EqualTo(packetIns), "what cbench counts");
            Assert.That(each.WrongAnswers, Is.Zero);
            each.Dispose();
        }
    }
}
