using Lime.OpenFlow.Messages;

namespace Lime.Tests.Checking;

/// <summary>Rules run out of time when they should: never early, and not much later.</summary>
/// <remarks>Never early: not before the time has passed since the command that made the rule was given, or since a
/// packet was sent that met it. H-46, H-47, H-48.</remarks>
internal static class ExpiryCheck
{
    public static void Run(Trace trace, SerialOrder order, Tallies tallies, ViolationList violations)
    {
        foreach (Expiry each in order.Expiries)
        {
            ulong lineage = Lineages.LineageOf(each.Rule.PacketCount);
            TimeSpan begun = each.BegunAt;
            bool isHard = each.Reason == FlowRemovedReason.HardTimeout;
            TimeSpan time = TimeSpan.FromSeconds(isHard ? each.Rule.HardSeconds : each.Rule.IdleSeconds);
            TimeSpan earliest = isHard ? begun : Max(begun, tallies.LastSent(lineage, each.At) ?? begun);
            TimeSpan latest = isHard ? begun : Max(begun, tallies.LastSeen(lineage, each.At) ?? begun);
            TimeSpan skew = time * trace.Setting.ClockSkewFraction;
            if (each.At < earliest + time - skew)
                Complain($"ran out of its {time.TotalSeconds} s early: after {(each.At - earliest).TotalSeconds:F3} s");
            if (each.At > latest + time + skew + trace.Setting.ExpiryLateMax)
                Complain($"ran out of its {time.TotalSeconds} s late: after {(each.At - latest).TotalSeconds:F3} s");

            void Complain(string what) => violations.Add(ViolationKind.RemovalWrong,
                $"Priority {each.Rule.Priority} {each.Rule.Match} {what} ({each.Reason})", each.EventIndex);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
