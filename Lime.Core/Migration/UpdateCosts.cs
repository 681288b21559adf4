namespace Lime.Core.Migration;

/// <summary>What the apps' rule changes have cost so far because several physical switches carried traffic.</summary>
public sealed record UpdateCosts
{
    /// <summary>Rules added, modified or deleted, whether by a command or because their time was over.</summary>
    public long Updates { get; init; }

    /// <summary>Those among them that a guard was needed for.</summary>
    public long GuardedUpdates { get; init; }

    /// <summary>Those among them that no packet could tell the order of, so that no guard was needed.</summary>
    public long CommutingUpdates { get; init; }

    /// <summary>Those among them that were made while all traffic was steered to one switch.</summary>
    public long DetouredUpdates { get; init; }

    /// <summary>How often traffic was steered to one switch for updates.</summary>
    public long Detours { get; init; }

    /// <summary>Groups of updates that were made together.</summary>
    public long Transactions { get; init; }

    /// <summary>Packets that came to the controller because of a guard.</summary>
    public long GuardPacketIns { get; init; }

    /// <summary>Packets held until their rule was changed.</summary>
    public long HeldPackets { get; init; }

    /// <summary>Bytes of the packets held.</summary>
    public long HeldBytes { get; init; }

    /// <summary>The longest time a packet was held, rounded up to that of the first one held in its update.</summary>
    public TimeSpan HeldTimeMax { get; init; }

    /// <summary>Packets lost: dropped by a guard, or more than could be held.</summary>
    public long LostPackets { get; init; }

    /// <summary>Packets that later ones may have overtaken: those that left only after the new rule was confirmed
    /// everywhere, so that others had met it already. What really was overtaken is not more than that.</summary>
    public long OvertakenPacketsMax { get; init; }

    /// <summary>Flow-mods and barriers sent for updates.</summary>
    public long Messages { get; init; }

    /// <summary>Time during which an update was under way, in all.</summary>
    public TimeSpan UpdateTime { get; init; }

    /// <summary>The longest time that one transaction took.</summary>
    public TimeSpan UpdateTimeMax { get; init; }
}
