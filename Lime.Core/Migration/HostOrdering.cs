using System.Collections.Immutable;
using System.Numerics;

namespace Lime.Core.Migration;

/// <summary>Finds the order of hosts in which the least traffic crosses between the old places and the new ones, if
/// every move takes as long.</summary>
internal static class HostOrdering
{
    /// <summary>So many hosts are tried in every order (by subsets: 2^14 of them); of more the next one is that after
    /// which the least crosses.</summary>
    private const int ExactMax = 14;

    public static ImmutableArray<EnsembleHost> Order(EnsemblePlan plan)
    {
        if (plan.Order == HostOrder.Given || plan.Hosts.Length < 2) return plan.Hosts;
        double[,] rates = RatesOf(plan);
        int[] order = plan.Hosts.Length <= ExactMax ? Exact(rates) : Greedy(rates);
        return [.. order.Select(each => plan.Hosts[each])];
    }

    private static double[,] RatesOf(EnsemblePlan plan)
    {
        var index = plan.Hosts.Select((host, i) => (host.Name, i)).ToDictionary(each => each.Name, each => each.i);
        var rates = new double[plan.Hosts.Length, plan.Hosts.Length];
        foreach (HostTraffic each in plan.Traffic)
        {
            if (!index.TryGetValue(each.A, out int a) || !index.TryGetValue(each.B, out int b)) continue;
            rates[a, b] += each.Rate;
            rates[b, a] += each.Rate;
        }
        return rates;
    }

    /// <summary>The least sum of what crosses behind each move, over the sets of hosts that have moved.</summary>
    private static int[] Exact(double[,] rates)
    {
        int count = rates.GetLength(0);
        var least = new double[1 << count];
        var last = new int[1 << count];
        for (int set = 1; set < least.Length; set++)
        {
            double crossing = Crossing(rates, set);
            least[set] = double.PositiveInfinity;
            for (int host = 0; host < count; host++)
            {
                if ((set & (1 << host)) == 0) continue;
                double sum = least[set & ~(1 << host)] + crossing;
                // Of equals the one that the plan lists later moves later.
                if (sum > least[set]) continue;
                (least[set], last[set]) = (sum, host);
            }
        }
        var order = new int[count];
        for (int set = least.Length - 1; set != 0; set &= ~(1 << last[set]))
            order[BitOperations.PopCount((uint)set) - 1] = last[set];
        return order;
    }

    private static double Crossing(double[,] rates, int moved)
    {
        double sum = 0;
        for (int a = 0; a < rates.GetLength(0); a++)
        {
            if ((moved & (1 << a)) == 0) continue;
            for (int b = 0; b < rates.GetLength(0); b++)
            {
                if ((moved & (1 << b)) == 0) sum += rates[a, b];
            }
        }
        return sum;
    }

    private static int[] Greedy(double[,] rates)
    {
        int count = rates.GetLength(0);
        var order = new List<int>(count);
        while (order.Count < count)
        {
            int next = Enumerable.Range(0, count).Where(each => !order.Contains(each)).MinBy(
                candidate => Enumerable.Range(0, count)
                    .Sum(other => order.Contains(other) ? -rates[candidate, other] : rates[candidate, other]));
            order.Add(next);
        }
        return [.. order];
    }
}
