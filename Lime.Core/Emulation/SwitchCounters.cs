namespace Lime.Core.Emulation;

/// <summary>What an emulated switch has counted.</summary>
public readonly record struct SwitchCounters
{
    /// <summary>Flow-mods done.</summary>
    public long FlowModsApplied { get; init; }

    /// <summary>Flow-mods refused with an error.</summary>
    public long FlowModsRefused { get; init; }

    /// <summary>Packet-outs done.</summary>
    public long PacketOutsApplied { get; init; }

    /// <summary>Packet-ins given to the control connection.</summary>
    public long PacketInsSent { get; init; }

    /// <summary>Packet-ins dropped: no controller, or its connection was full.</summary>
    public long PacketInsDropped { get; init; }

    /// <summary>Packets that were looked up in the flow table.</summary>
    public long Lookups { get; init; }

    /// <summary>Packets that found a rule.</summary>
    public long Matches { get; init; }
}
