using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Tables and their counters (ofp_table_stats, OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///  0  table_id:8   pad:24
///  4  name:256
/// 36  wildcards:32
/// 40  max_entries:32
/// 44  active_count:32
/// 48  lookup_count:64
/// 56  matched_count:64
/// </code></remarks>
internal static class TableStatisticsV10
{
    private const int EntryBytes = 64;
    private const int NameBytes = 32;

    public static long SizeOf(TableStatisticsReply reply)
    {
        ReadOnlySpan<TableStatistics> tables = reply.Tables.AsSpan();
        foreach (TableStatistics table in tables)
            WireLimits.CheckText(table.Name, NameBytes, OpenFlowVersion.V10, "TableStatistics.Name");
        return (long)tables.Length * EntryBytes;
    }

    public static void Write(ref WireWriter writer, TableStatisticsReply reply)
    {
        foreach (TableStatistics table in reply.Tables.AsSpan()) Write(ref writer, table);
    }

    public static TableStatisticsReply Read(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_table_stats");
        var tables = new TableStatistics[count];
        for (int i = 0; i < count; i++) tables[i] = ReadTable(ref reader);
        return new TableStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(tables));
    }

    private static void Write(ref WireWriter writer, TableStatistics table)
    {
        writer.WriteUInt8(table.Table.Value);
        writer.WriteZeros(3);
        writer.WriteText(table.Name, NameBytes);
        writer.WriteUInt32(table.Wildcards);
        writer.WriteUInt32(table.EntriesMax);
        writer.WriteUInt32(table.ActiveCount);
        writer.WriteUInt64(table.LookupCount);
        writer.WriteUInt64(table.MatchedCount);
    }

    private static TableStatistics ReadTable(ref WireReader reader)
    {
        var table = new TableId(reader.ReadUInt8("ofp_table_stats.table_id"));
        reader.Skip(3, "ofp_table_stats.pad");
        return new TableStatistics
        {
            Table = table,
            Name = reader.ReadText(NameBytes, "ofp_table_stats.name"),
            Wildcards = reader.ReadUInt32("ofp_table_stats.wildcards"),
            EntriesMax = reader.ReadUInt32("ofp_table_stats.max_entries"),
            ActiveCount = reader.ReadUInt32("ofp_table_stats.active_count"),
            LookupCount = reader.ReadUInt64("ofp_table_stats.lookup_count"),
            MatchedCount = reader.ReadUInt64("ofp_table_stats.matched_count"),
        };
    }
}
