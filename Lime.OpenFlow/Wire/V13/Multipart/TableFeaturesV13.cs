using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>What tables can do, asked for, set and told (ofp_table_features, OpenFlow 1.3.5 section 7.3.5.5).</summary>
/// <remarks><code>
///  0  length:16   table_id:8   pad:40
///  8  name:256
/// 40  metadata_match:64
/// 48  metadata_write:64
/// 56  config:32
/// 60  max_entries:32
/// 64  properties
/// </code></remarks>
internal static class TableFeaturesV13
{
    private const int PropertiesAt = 64;
    private const int NameBytes = 32;

    public static long SizeOf(ImmutableArray<TableFeatures> tables)
    {
        long bytes = 0;
        foreach (TableFeatures table in tables.AsSpan())
        {
            WireLimits.CheckText(table.Name, NameBytes, OpenFlowVersion.V13, "TableFeatures.Name");
            TablePropertiesV13.Check(table.Properties);
            bytes += SizeOf(table);
        }
        return bytes;
    }

    public static void Write(ref WireWriter writer, ImmutableArray<TableFeatures> tables)
    {
        foreach (TableFeatures table in tables.AsSpan())
        {
            writer.WriteUInt16((ushort)SizeOf(table));
            writer.WriteUInt8(table.Table.Value);
            writer.WriteZeros(5);
            writer.WriteText(table.Name, NameBytes);
            writer.WriteUInt64(table.MetadataMatch);
            writer.WriteUInt64(table.MetadataWrite);
            writer.WriteUInt32(table.Config);
            writer.WriteUInt32(table.EntriesMax);
            TablePropertiesV13.Write(ref writer, table.Properties);
        }
    }

    /// <summary>Reads tables up to the end of <paramref name="reader"/>.</summary>
    /// <exception cref="OpenFlowProtocolException">A length is wrong: with <paramref name="fault"/>'s type and
    /// code.</exception>
    public static ImmutableArray<TableFeatures> Read(ref WireReader reader, WireFault fault)
    {
        ImmutableArray<TableFeatures>.Builder tables = ImmutableArray.CreateBuilder<TableFeatures>();
        while (reader.HasMore())
        {
            WireReader table = reader.ReadEntry(PropertiesAt, "ofp_table_features", fault);
            tables.Add(ReadTable(ref table, fault));
        }
        return tables.DrainToImmutable();
    }

    private static TableFeatures ReadTable(ref WireReader reader, WireFault fault)
    {
        reader.Skip(2, "ofp_table_features.length");
        var table = new TableId(reader.ReadUInt8("ofp_table_features.table_id"));
        reader.Skip(5, "ofp_table_features.pad");
        return new TableFeatures
        {
            Table = table,
            Name = reader.ReadText(NameBytes, "ofp_table_features.name"),
            MetadataMatch = reader.ReadUInt64("ofp_table_features.metadata_match"),
            MetadataWrite = reader.ReadUInt64("ofp_table_features.metadata_write"),
            Config = reader.ReadUInt32("ofp_table_features.config"),
            EntriesMax = reader.ReadUInt32("ofp_table_features.max_entries"),
            Properties = TablePropertiesV13.Read(ref reader, fault),
        };
    }

    private static long SizeOf(TableFeatures table) => PropertiesAt + TablePropertiesV13.SizeOf(table.Properties);
}
