using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A table and its counters (ofp_table_stats).</summary>
public sealed record TableStatistics
{
    /// <summary>Which table.</summary>
    public TableId Table { get; init; }

    /// <summary>Its name, at most 31 bytes.</summary>
    public string Name { get; init; } = "";

    /// <summary>1.0: which fields it can leave out (ofp_flow_wildcards).</summary>
    public uint Wildcards { get; init; }

    /// <summary>How many rules it can hold.</summary>
    public uint EntriesMax { get; init; }

    /// <summary>How many rules it holds.</summary>
    public uint ActiveCount { get; init; }

    /// <summary>Packets looked up in it.</summary>
    public ulong LookupCount { get; init; }

    /// <summary>Packets that found a rule in it.</summary>
    public ulong MatchedCount { get; init; }
}
