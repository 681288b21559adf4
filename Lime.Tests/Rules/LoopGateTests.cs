using Lime.Core.Rules;
using NUnit.Framework;

namespace Lime.Tests.Rules;

public sealed class LoopGateTests
{
    [Test]
    public async Task One_at_a_time_first_come_first_served()
    {
        var gate = new LoopGate();
        var order = new List<int>();
        await gate.EnterAsync();
        Task[] waiting = [PassAsync(1), PassAsync(2), PassAsync(3)];
        Assert.That(order, Is.Empty);
        gate.Leave();
        await Task.WhenAll(waiting);
        Assert.That(order, Is.EqualTo(Enumerable.Range(1, 3)));
        Assert.That(gate.EnterAsync().IsCompleted, Is.True, "free again");

        async Task PassAsync(int number)
        {
            await gate.EnterAsync();
            order.Add(number);
            gate.Leave();
        }
    }

    [Test]
    public void A_gate_that_is_handed_on_stays_taken()
    {
        var gate = new LoopGate();
        _ = gate.EnterAsync();
        Task second = gate.EnterAsync();
        Task third = gate.EnterAsync();
        gate.Leave();
        Assert.That((second.IsCompleted, third.IsCompleted), Is.EqualTo((true, false)));
        gate.Leave();
        Assert.That(third.IsCompleted, Is.True);
    }
}
