using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>In virtual time a run is a function of its seed.</summary>
internal sealed class DeterminismTest
{
    [Test]
    public void The_same_seed_gives_the_same_frames_at_the_same_times_and_another_seed_does_not()
    {
        List<string> first = Trace(seed: 5);
        Assert.That(Trace(seed: 5), Is.EqualTo(first));
        Assert.That(Trace(seed: 6), Is.Not.EqualTo(first));
        Assert.That(first.Count(line => line.Contains(nameof(FrameEventKind.Lost))), Is.GreaterThan(10));
    }

    /// <summary>Hosts ping over links with loss and jitter, through switches whose controllers flood by
    /// packet-out and set rules over slow control channels.</summary>
    private static List<string> Trace(int seed)
    {
        using EventLoop loop = EventLoop.CreateManual();
        var chain = new Chain(
            loop,
            seed,
            new LinkOptions { Delay = Milliseconds(1), JitterFraction = 0.3, LossProbability = 0.05 },
            new EmulatedSwitchOptions { FlowModsPerSecond = 1000 });
        var trace = new List<string>();
        chain.Network.Tap = (in FrameEvent e) => trace.Add(e.ToString());
        List<ScriptedController> controllers =
        [
            .. chain.Network.Switches.Select(node =>
                new ScriptedController(loop, chain.Network.ConnectControl(node, Milliseconds(2), 0.2))),
        ];
        Pinger pinger = chain.H1.CreatePinger(chain.H2.Ip, new PingerOptions { Interval = Milliseconds(5) });
        pinger.Start();
        for (int step = 0; step < 200; step++)
        {
            loop.RunFor(Milliseconds(7));
            controllers.ForEach(FloodAll);
            if (step == 100) controllers[1].Send(new FlowMod { Actions = ActionList.Flood });
        }
        return trace;
    }

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);

    private static void FloodAll(ScriptedController controller)
    {
        foreach (PacketInSeen seen in controller.PacketIns)
            controller.SendOut([], ActionList.Flood, seen.InPort, seen.Buffer);
        controller.PacketIns.Clear();
    }
}
