using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>What of a database is to be watched.</summary>
/// <param name="Database">The database's name.</param>
/// <param name="Tables">Columns by table.</param>
internal sealed record OvsdbWatch(string Database, ImmutableSortedDictionary<string, ImmutableArray<string>> Tables)
{
    /// <summary>Writes the monitor-requests of RFC 7047 section 4.1.5; everything is selected by default.</summary>
    public void WriteRequests(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string table, ImmutableArray<string> columns) in Tables)
        {
            writer.WriteStartObject(table);
            writer.WriteStartArray("columns");
            foreach (string column in columns) writer.WriteStringValue(column);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
