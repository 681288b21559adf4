using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>What apps' rule changes have cost while two switches carried traffic, as the operator API writes
/// it.</summary>
internal sealed record CostsDocument
{
    public required long Updates { get; init; }
    public required long GuardedUpdates { get; init; }
    public required long CommutingUpdates { get; init; }
    public required long DetouredUpdates { get; init; }
    public required long Detours { get; init; }
    public required long Transactions { get; init; }
    public required long GuardPacketIns { get; init; }
    public required long HeldPackets { get; init; }
    public required long HeldBytes { get; init; }
    public required double HeldMsMax { get; init; }
    public required long LostPackets { get; init; }
    public required long OvertakenPacketsMax { get; init; }
    public required long Messages { get; init; }
    public required double UpdateMs { get; init; }
    public required double UpdateMsMax { get; init; }

    public static CostsDocument Of(UpdateCosts costs) => new()
    {
        Updates = costs.Updates,
        GuardedUpdates = costs.GuardedUpdates,
        CommutingUpdates = costs.CommutingUpdates,
        DetouredUpdates = costs.DetouredUpdates,
        Detours = costs.Detours,
        Transactions = costs.Transactions,
        GuardPacketIns = costs.GuardPacketIns,
        HeldPackets = costs.HeldPackets,
        HeldBytes = costs.HeldBytes,
        HeldMsMax = costs.HeldTimeMax.TotalMilliseconds,
        LostPackets = costs.LostPackets,
        OvertakenPacketsMax = costs.OvertakenPacketsMax,
        Messages = costs.Messages,
        UpdateMs = costs.UpdateTime.TotalMilliseconds,
        UpdateMsMax = costs.UpdateTimeMax.TotalMilliseconds,
    };
}
