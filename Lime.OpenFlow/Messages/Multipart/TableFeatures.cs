using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What a table can do (ofp_table_features, 1.3.5 section 7.3.5.5).</summary>
public sealed record TableFeatures
{
    /// <summary>Which table.</summary>
    public TableId Table { get; init; }

    /// <summary>Its name, at most 31 bytes.</summary>
    public string Name { get; init; } = "";

    /// <summary>Metadata bits it can match.</summary>
    public ulong MetadataMatch { get; init; }

    /// <summary>Metadata bits it can write.</summary>
    public ulong MetadataWrite { get; init; }

    /// <summary>Bits of ofp_table_config.</summary>
    public uint Config { get; init; }

    /// <summary>How many rules it can hold.</summary>
    public uint EntriesMax { get; init; }

    /// <summary>Its properties, in the order of the wire.</summary>
    public ImmutableArray<TableProperty> Properties { get; init; } = [];
}
