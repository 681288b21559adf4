namespace Lime.Core.Switches;

/// <summary>The bounds of one virtual switch.</summary>
/// <param name="RulesMax">Rules in its table.</param>
/// <param name="QueuedCommandsMax">Commands that wait while several instances live.</param>
/// <param name="HeldPacketsMax">Packets held while a rule is replaced on several instances.</param>
/// <param name="CopyBatchRules">Rules sent between two barriers.</param>
internal sealed record VirtualSwitchLimits(
    int RulesMax,
    int QueuedCommandsMax,
    int HeldPacketsMax,
    int CopyBatchRules);
