using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>The bounds of one virtual switch, and what it is given.</summary>
/// <param name="RulesMax">Rules in its table.</param>
/// <param name="QueuedCommandsMax">Commands that wait while several instances live.</param>
/// <param name="HeldPacketsMax">Packets held while a rule is replaced on several instances.</param>
/// <param name="CopyBatchRules">Rules sent between two barriers, or in one bundle.</param>
/// <param name="KeepsTableMissRule">Whether packets that no rule matches go to the controller where a version drops
/// them.</param>
/// <param name="IdleReadInterval">How often rules with an idle timeout are read; zero: never.</param>
internal sealed record VirtualSwitchLimits(
    int RulesMax,
    int QueuedCommandsMax,
    int HeldPacketsMax,
    int CopyBatchRules,
    bool KeepsTableMissRule = true,
    TimeSpan IdleReadInterval = default)
{
    /// <summary>What of it an operator has given it less of.</summary>
    public VirtualSwitchQuota Quota { get; init; } = VirtualSwitchQuota.None;

    /// <summary>Rules in all its tables.</summary>
    public int RulesOrQuota => Math.Min(RulesMax, Quota.RulesMax ?? RulesMax);
}
