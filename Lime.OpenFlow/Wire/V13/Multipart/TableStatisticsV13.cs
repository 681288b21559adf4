using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Tables and their counters (ofp_table_stats, OpenFlow 1.3.5 section 7.3.5.4).</summary>
/// <remarks><code>
///  0  table_id:8   pad:24
///  4  active_count:32
///  8  lookup_count:64
/// 16  matched_count:64
/// </code>
/// Name, size and wildcards, which 1.0 tells here, are told by the table features; here they are dropped.</remarks>
internal static class TableStatisticsV13
{
    private const int EntryBytes = 24;

    public static long SizeOf(TableStatisticsReply reply) => (long)reply.Tables.AsSpan().Length * EntryBytes;

    public static void Write(ref WireWriter writer, TableStatisticsReply reply)
    {
        foreach (TableStatistics table in reply.Tables.AsSpan())
        {
            writer.WriteUInt8(table.Table.Value);
            writer.WriteZeros(3);
            writer.WriteUInt32(table.ActiveCount);
            writer.WriteUInt64(table.LookupCount);
            writer.WriteUInt64(table.MatchedCount);
        }
    }

    public static TableStatisticsReply Read(ref WireReader reader)
    {
        int count = reader.CountEntries(EntryBytes, "ofp_table_stats");
        var tables = new TableStatistics[count];
        for (int i = 0; i < count; i++) tables[i] = ReadTable(ref reader);
        return new TableStatisticsReply(ImmutableCollectionsMarshal.AsImmutableArray(tables));
    }

    private static TableStatistics ReadTable(ref WireReader reader)
    {
        var table = new TableId(reader.ReadUInt8("ofp_table_stats.table_id"));
        reader.Skip(3, "ofp_table_stats.pad");
        return new TableStatistics
        {
            Table = table,
            ActiveCount = reader.ReadUInt32("ofp_table_stats.active_count"),
            LookupCount = reader.ReadUInt64("ofp_table_stats.lookup_count"),
            MatchedCount = reader.ReadUInt64("ofp_table_stats.matched_count"),
        };
    }
}
