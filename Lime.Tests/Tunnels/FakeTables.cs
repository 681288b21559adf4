using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.Tests.Ovsdb;

namespace Lime.Tests.Tunnels;

/// <summary>The rows of a fake database.</summary>
internal sealed class FakeTables
{
    private readonly Dictionary<string, Dictionary<Guid, Dictionary<string, OvsdbValue>>> _tables =
        OvsColumns.Watch.Tables.Keys.ToDictionary(
            table => table, _ => new Dictionary<Guid, Dictionary<string, OvsdbValue>>());

    /// <summary>A schema that has what Lime wants to watch.</summary>
    public static string Schema { get; } = ValueTests.Written(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", OvsColumns.Database);
        writer.WriteString("version", "8.3.1");
        writer.WriteStartObject("tables");
        foreach (var (table, columns) in OvsColumns.Watch.Tables)
        {
            writer.WriteStartObject(table);
            writer.WriteStartObject("columns");
            foreach (string column in columns) writer.WriteBoolean(column, true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public Dictionary<Guid, Dictionary<string, OvsdbValue>> Rows(string table) => _tables[table];

    public FakeTables Copy()
    {
        var copy = new FakeTables();
        copy.ReplaceBy(this);
        return copy;
    }

    public void ReplaceBy(FakeTables other)
    {
        foreach (var (table, rows) in other._tables)
        {
            _tables[table].Clear();
            foreach (var (id, row) in rows) _tables[table].Add(id, new(row));
        }
    }

    /// <summary>Takes away ports and interfaces that nothing refers to.</summary>
    public void CollectGarbage()
    {
        Collect(OvsColumns.Port, OvsColumns.Bridge, OvsColumns.Ports);
        Collect(OvsColumns.Interface, OvsColumns.Port, OvsColumns.Interfaces);
    }

    /// <summary>The table updates that lead here from what was told before; null: nothing was.</summary>
    public string Difference(FakeTables? before) => ValueTests.Written(writer =>
    {
        writer.WriteStartObject();
        foreach (var (table, rows) in _tables)
        {
            string[] changed = [.. rows
                .Where(row => before is null || !IsSame(before._tables[table].GetValueOrDefault(row.Key), row.Value))
                .Select(row => $"\"{row.Key}\":{{\"new\":{Write(table, row.Value)}}}")];
            string[] gone = [.. (before?._tables[table] ?? []).Where(row => !rows.ContainsKey(row.Key))
                .Select(row => $"\"{row.Key}\":{{\"old\":{Write(table, row.Value)}}}")];
            if (changed.Length + gone.Length == 0) continue;
            writer.WritePropertyName(table);
            writer.WriteRawValue($"{{{string.Join(',', changed.Concat(gone))}}}");
        }
        writer.WriteEndObject();
    });

    private static bool IsSame(Dictionary<string, OvsdbValue>? before, Dictionary<string, OvsdbValue> after) =>
        before is not null && before.Count == after.Count
        && after.All(each => before.TryGetValue(each.Key, out OvsdbValue? value) && value.Equals(each.Value));

    private static string Write(string table, Dictionary<string, OvsdbValue> row) => ValueTests.Written(
        OvsdbRow.Of(OvsColumns.Watch.Tables[table]
            .Select(column => (column, row.GetValueOrDefault(column, OvsdbValue.Empty)))).Write);

    private void Collect(string table, string referrer, string column)
    {
        HashSet<Guid> used = [.. _tables[referrer].Values.SelectMany(row => row[column].Atoms).Select(atom => atom.Id)];
        foreach (Guid id in _tables[table].Keys.Where(id => !used.Contains(id)).ToArray()) _tables[table].Remove(id);
    }
}
