using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: the computed order is the one in which the least crosses. Method: against all orders, and for more
/// hosts than those are tried for.</remarks>
public sealed class HostOrderingTests
{
    [Test]
    public void No_other_order_lets_less_cross([Range(1, 10)] int seed)
    {
        var dice = new Random(seed);
        EnsemblePlan plan = PlanOf(6, (_, _) => dice.Next(10));
        double found = Cost(plan, [.. HostOrdering.Order(plan).Select(each => each.Name)]);
        double least = Orders([.. plan.Hosts.Select(each => each.Name)]).Min(order => Cost(plan, order));
        Assert.That(found, Is.EqualTo(least));
    }

    [Test]
    public void Of_many_hosts_those_that_talk_to_one_another_follow_one_another()
    {
        EnsemblePlan plan = PlanOf(20, (a, b) => a % 2 == b % 2 ? 10 : 0);
        bool[] isOdd = [.. HostOrdering.Order(plan).Select(each => each.TargetPort.Value % 2 == 0)];
        Assert.That(isOdd.Zip(isOdd.Skip(1)).Count(each => each.First != each.Second), Is.EqualTo(1));
    }

    [Test]
    public void A_given_order_stays()
    {
        EnsemblePlan plan = PlanOf(5, (a, b) => a * b) with { Order = HostOrder.Given };
        Assert.That(HostOrdering.Order(plan), Is.EqualTo(plan.Hosts));
    }

    private static EnsemblePlan PlanOf(int hosts, Func<int, int, double> rate)
    {
        EnsembleHost[] all = [.. Enumerable.Range(0, hosts).Select(each => new EnsembleHost(
            $"h{each}", new VirtualPort("v1", new PortNumber((uint)each + 1)), new PortNumber((uint)each + 1)))];
        return new EnsemblePlan([new EnsembleSwitch("v1", new DatapathId(1))], [.. all])
        {
            Order = HostOrder.Computed,
            Traffic =
            [
                .. from a in Enumerable.Range(0, hosts)
                   from b in Enumerable.Range(a + 1, hosts - a - 1)
                   select new HostTraffic($"h{a}", $"h{b}", rate(a, b)),
            ],
        };
    }

    private static double Cost(EnsemblePlan plan, string[] order) => Enumerable.Range(1, order.Length - 1).Sum(moved =>
        plan.Traffic.Where(each => order.AsSpan(0, moved).Contains(each.A) != order.AsSpan(0, moved).Contains(each.B))
            .Sum(each => each.Rate));

    private static IEnumerable<string[]> Orders(string[] names) => names.Length < 2
        ? [names]
        : names.SelectMany(first => Orders([.. names.Where(each => each != first)])
            .Select(rest => (string[])[first, .. rest]));
}
