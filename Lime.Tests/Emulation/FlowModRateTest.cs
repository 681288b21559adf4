using System.IO.Pipelines;
using Lime.Core.Emulation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>What takes time in the control plane: flow-mods, and the control channel.</summary>
internal sealed class FlowModRateTest
{
    /// <remarks>16,000 flow-mods a second: 62.5 us each.</remarks>
    [Test]
    public void A_burst_of_flow_mods_and_its_barrier_take_their_time_to_the_tick()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { FlowModsPerSecond = 16_000 });
        TimeSpan start = bed.Network.Now;
        for (ushort i = 0; i < 1000; i++) bed.Controller.Send(new FlowMod { Priority = i });
        bed.Controller.Barrier();
        Assert.That(bed.Network.Now - start, Is.EqualTo(TimeSpan.FromMicroseconds(62_500)));
        Assert.That(bed.Switch.FlowCount, Is.EqualTo(1000));
    }

    [Test]
    public void Each_flow_mod_takes_effect_at_the_end_of_its_own_time()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { FlowModsPerSecond = 3 });
        for (ushort i = 0; i < 6; i++) bed.Controller.Send(new FlowMod { Priority = i });
        bed.Loop.RunFor(TimeSpan.FromTicks(3_333_333));
        Assert.That(bed.Switch.FlowCount, Is.Zero);
        bed.Loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(bed.Switch.FlowCount, Is.EqualTo(1));
        bed.Loop.RunFor(TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 3_333_334));
        Assert.That(bed.Switch.FlowCount, Is.EqualTo(3), "no drift by rounding");
    }

    [Test]
    public void What_comes_behind_a_flow_mod_waits_and_what_comes_before_does_not()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { FlowModsPerSecond = 10 });
        bed.Controller.SendOut(TestFrames.Udp(), ActionList.Output(new(1)));
        bed.Controller.Send(new FlowMod { Priority = 1 });
        bed.Controller.SendOut(TestFrames.Udp(), ActionList.Output(new(2)));
        bed.Loop.RunFor(TimeSpan.FromMilliseconds(99));
        Assert.That(bed.DeliveredTo, Is.EqualTo("h1"));
        bed.Loop.RunFor(TimeSpan.FromMilliseconds(2));
        Assert.That(bed.DeliveredTo, Is.EqualTo("h1 h2"));
    }

    [Test]
    public void An_idle_switch_saves_no_time_up()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { FlowModsPerSecond = 10 });
        bed.Loop.RunFor(TimeSpan.FromSeconds(100));
        for (ushort i = 0; i < 2; i++) bed.Controller.Send(new FlowMod { Priority = i });
        bed.Loop.RunFor(TimeSpan.FromMilliseconds(150));
        Assert.That(bed.Switch.FlowCount, Is.EqualTo(1));
    }

    [Test]
    public void Too_many_waiting_messages_end_the_connection()
    {
        using var bed = new SwitchBed(
            new EmulatedSwitchOptions { FlowModsPerSecond = 1, ControlQueueMax = 100 });
        for (ushort i = 0; i < 102; i++) bed.Controller.Send(new FlowMod { Priority = i });
        bed.Loop.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.That(bed.Controller.Closed, Is.Not.Null);
        Assert.That(bed.Switch.LastCloseCause?.Detail, Does.Contain("100 control messages"));
    }

    [Test]
    public void The_control_channel_takes_its_delay_each_way()
    {
        using var bed = new SwitchBed();
        IDuplexPipe transport = bed.Network.ConnectControl(bed.Switch, TimeSpan.FromMilliseconds(1));
        bed.Controller = new ScriptedController(bed.Loop, transport);
        TimeSpan start = bed.Network.Now;
        bed.Controller.Barrier();
        Assert.That(bed.Network.Now - start, Is.EqualTo(TimeSpan.FromMilliseconds(2)));
    }

    [Test]
    public void Jitter_of_the_control_channel_comes_from_the_seed()
    {
        using var bed = new SwitchBed();
        IDuplexPipe transport = bed.Network.ConnectControl(bed.Switch, TimeSpan.FromMilliseconds(10), 0.2);
        bed.Controller = new ScriptedController(bed.Loop, transport);
        var roundTrips = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            TimeSpan start = bed.Network.Now;
            bed.Controller.Barrier();
            roundTrips.Add((bed.Network.Now - start).TotalMilliseconds);
        }
        Assert.That(roundTrips, Is.All.InRange(16.0, 24.0).And.Some.Not.InRange(19.0, 21.0));
    }
}
