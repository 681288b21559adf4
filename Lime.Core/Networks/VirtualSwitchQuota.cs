namespace Lime.Core.Networks;

/// <summary>What one virtual switch may use of the physical ones beneath it and of the controller; null: as much as
/// there
/// is.</summary>
/// <remarks>An app at its quota gets the error of a switch that is full; packets beyond a rate are dropped and counted.
/// Threading: immutable.</remarks>
public sealed record VirtualSwitchQuota
{
    /// <summary>No limit.</summary>
    public static VirtualSwitchQuota None { get; } = new();

    /// <summary>Rules in all its tables, 0 to 10,000,000; where a physical switch is shared a rule that doesn't say by
    /// which port its packets come takes an entry for each port there.</summary>
    public int? RulesMax { get; init; }

    /// <summary>Groups, 0 to 10,000,000.</summary>
    public int? GroupsMax { get; init; }

    /// <summary>Meters, 0 to 10,000,000.</summary>
    public int? MetersMax { get; init; }

    /// <summary>Packets a second that are handed up to its apps, 1 to 10,000,000; as many may come at once after a
    /// second without any.</summary>
    public int? PacketInsPerSecond { get; init; }

    /// <summary>Packets a second that its apps send, 1 to 10,000,000; as many may be sent at once after a second
    /// without
    /// any.</summary>
    public int? PacketOutsPerSecond { get; init; }
}
