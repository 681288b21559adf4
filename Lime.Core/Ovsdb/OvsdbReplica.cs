using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>A copy of what is watched of a database, kept by its update notifications.</summary>
/// <remarks>Life cycle: empty at first; filled anew at every connection, and while there is none what it last was, with
/// <see cref="IsCurrent"/> off. Threading: the owner loop only.</remarks>
internal sealed class OvsdbReplica(OvsdbWatch watch)
{
    private readonly Dictionary<string, Dictionary<Guid, OvsdbRow>> _tables =
        watch.Tables.Keys.ToDictionary(table => table, _ => new Dictionary<Guid, OvsdbRow>(), StringComparer.Ordinal);

    public OvsdbWatch Watch => watch;

    /// <summary>Whether the server tells of every change.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>Grows with everything that the server tells.</summary>
    public long Version { get; private set; }

    /// <summary>The rows of a table that is watched, with the columns that are.</summary>
    public IReadOnlyDictionary<Guid, OvsdbRow> Rows(string table) => _tables[table];

    /// <summary>A row that is watched; null if there is none.</summary>
    public OvsdbRow? Find(string table, Guid id) => _tables[table].GetValueOrDefault(id);

    /// <summary>Takes the answer to monitor: all that there is.</summary>
    /// <exception cref="OvsdbProtocolException">It makes no sense.</exception>
    public void Fill(JsonElement tableUpdates)
    {
        IsCurrent = false;
        foreach (Dictionary<Guid, OvsdbRow> rows in _tables.Values) rows.Clear();
        Apply(tableUpdates);
        IsCurrent = true;
    }

    /// <summary>Takes what has changed (RFC 7047 section 4.1.6).</summary>
    /// <exception cref="OvsdbProtocolException">It makes no sense, or doesn't fit what came before: a new connection
    /// begins with a full copy again.</exception>
    public void Apply(JsonElement tableUpdates)
    {
        Version++;
        foreach ((string table, JsonElement rows) in JsonReading.Members(tableUpdates, "an update"))
        {
            if (!_tables.TryGetValue(table, out Dictionary<Guid, OvsdbRow>? known))
                throw new OvsdbProtocolException($"An update is of table {table}, which is not watched.");
            foreach ((string id, JsonElement row) in JsonReading.Members(rows, $"an update of {table}"))
                ApplyRow(known, table, id, row);
        }
    }

    public void MarkStale() => IsCurrent = false;

    private static void ApplyRow(Dictionary<Guid, OvsdbRow> known, string table, string id, JsonElement row)
    {
        string what = $"{table} {id}";
        if (!Guid.TryParseExact(id, "D", out Guid key))
            throw new OvsdbProtocolException($"An update of {table} is of row '{id}', which is no UUID.");
        // "new" has all columns that are watched, also of a row that changes.
        if (JsonReading.Member(row, "new") is { } changed) known[key] = OvsdbRow.Read(changed, what);
        else if (JsonReading.Member(row, "old") is null) throw JsonReading.Expected("a row update", row, what);
        else if (!known.Remove(key)) throw new OvsdbProtocolException($"{what} is deleted, but was never there.");
    }
}
