using Lime.Core.Emulation;
using Lime.Core.Switches;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: a rule that runs out of time at a switch whose clock goes wrong is gone for apps, too. Method: clocks
/// that are 6 % too fast or too slow; what the switch says of the rule's age is not what Lime knows of it.</remarks>
public sealed class ClockSkewTests
{
    [TestCase(0.94)]
    [TestCase(1.06)]
    public void A_rule_that_runs_out_of_time_by_a_wrong_clock_is_gone(double clockRate)
    {
        using var bed = new ControllerBed(new(), seed: 1);
        EmulatedSwitch node = bed.AddSwitch(1, options: new EmulatedSwitchOptions { ClockRate = clockRate });
        bed.ConnectAndSettle(node);
        VirtualSwitch seen = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        bed.Send(seen, ControllerBed.Forward(1, 2) with { HardTimeoutSeconds = 10 });
        bed.Send(seen, ControllerBed.Forward(2, 1) with { IdleTimeoutSeconds = 10 });
        bed.RunMs(9000);
        Assert.That(bed.Flows(seen), Has.Length.EqualTo(2));
        bed.RunMs(2000);
        Assert.That(node.Flows.Where(each => each.Priority > 0), Is.Empty);
        Assert.That(bed.Flows(seen), Is.Empty);
    }
}
