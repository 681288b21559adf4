using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>How much apps' rule changes may cost, as the operator API writes and reads it; what is null takes its
/// default.</summary>
internal sealed record BudgetsDocument
{
    public uint? HeldPacketsMax { get; init; }
    public uint? HeldBytesMax { get; init; }
    public uint? GuardPacketInsPerSecondMax { get; init; }
    public double? UpdateTimeMaxMs { get; init; }

    public static BudgetsDocument Of(UpdateBudgets budgets) => new()
    {
        HeldPacketsMax = (uint)budgets.HeldPacketsMax,
        HeldBytesMax = (uint)budgets.HeldBytesMax,
        GuardPacketInsPerSecondMax = (uint)budgets.GuardPacketInsPerSecondMax,
        UpdateTimeMaxMs = budgets.UpdateTimeMax.TotalMilliseconds,
    };
}
