using Lime.OpenFlow.Messages;

namespace Lime.Tests.Checking;

/// <summary>Other places that the end of a rule's time may have had in the serial order than the claimed one.</summary>
/// <remarks>A rule runs out of time at the switch, by itself, and the controller hears of it later: nothing orders that
/// against commands that were on their way meanwhile, unless a barrier behind them was answered first (1.3.5 sections
/// 5.5 and 6.2). So the claim, which is made when the controller hears of it, may be late. An expiry goes no further
/// back than such commands, and not before one that concerns its own rule or may select it.</remarks>
internal static class ExpiryPlaces
{
    /// <summary>More commands than are on their way at once.</summary>
    private const int CrossedMax = 8;

    /// <summary>The trace with one expiry a command earlier, two commands earlier, and so on.</summary>
    public static IEnumerable<Trace> Earlier(Trace trace, int expiryIndex)
    {
        var expiry = (ExpiryClaimed)trace.Events[expiryIndex];
        int crossed = 0;
        for (int i = expiryIndex - 1; i >= 0 && crossed < CrossedMax; i--)
        {
            if (trace.Events[i] is not CommandSent command) continue;
            if (!MayCross(command, expiry) || IsConfirmed(trace, i, expiryIndex)) yield break;
            crossed++;
            yield return trace with { Events = trace.Events.RemoveAt(expiryIndex).Insert(i, expiry) };
        }
    }

    private static bool MayCross(CommandSent command, ExpiryClaimed expiry) => command switch
    {
        PacketOutSent => true,
        FlowModSent { FlowMod: { Command: not (FlowModCommand.Modify or FlowModCommand.Delete) } flowMod } =>
            flowMod.Match != expiry.Rule.Match || flowMod.Priority != expiry.Rule.Priority,
        _ => false,
    };

    private static bool IsConfirmed(Trace trace, int command, int by)
    {
        HashSet<int> behind = [];
        for (int i = command + 1; i < by; i++)
        {
            if (trace.Events[i] is RequestSent { Request: null } barrier) behind.Add(barrier.Number);
            if (trace.Events[i] is BarrierAnswered answer && behind.Contains(answer.Number)) return true;
        }
        return false;
    }
}
