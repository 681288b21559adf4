using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>What a database's schema has (RFC 7047 section 3.2): its name, its version, and which columns each table
/// has.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="Version">Such as <c>8.3.1</c>.</param>
/// <param name="Tables">The names of the columns by the table's name.</param>
internal sealed record OvsdbSchema(
    string Name, string Version, ImmutableSortedDictionary<string, ImmutableHashSet<string>> Tables)
{
    /// <exception cref="OvsdbProtocolException">It is no schema.</exception>
    public static OvsdbSchema Read(JsonElement element)
    {
        JsonElement tables = Required(element, "tables", "a schema");
        return new OvsdbSchema(
            JsonReading.Text(Required(element, "name", "a schema"), "the schema's name"),
            JsonReading.Text(Required(element, "version", "a schema"), "the schema's version"),
            JsonReading.Members(tables, "the schema's tables").ToImmutableSortedDictionary(
                table => table.Name, table => ReadColumns(table.Value, table.Name), StringComparer.Ordinal));
    }

    /// <summary>The first of the tables and columns that are to be watched that the database doesn't have.</summary>
    /// <returns>A sentence for a person; null if it has them all.</returns>
    public string? FindMissing(OvsdbWatch watch)
    {
        foreach ((string table, ImmutableArray<string> columns) in watch.Tables)
        {
            if (!Tables.TryGetValue(table, out ImmutableHashSet<string>? known))
                return $"Database {Name} (schema {Version}) has no table {table}.";
            if (columns.FirstOrDefault(column => !known.Contains(column)) is { } missing)
                return $"Database {Name} (schema {Version}) has no column {missing} in table {table}.";
        }
        return null;
    }

    private static ImmutableHashSet<string> ReadColumns(JsonElement table, string name) =>
        [.. JsonReading.Members(Required(table, "columns", $"table {name}"), $"the columns of {name}")
            .Select(column => column.Name)];

    private static JsonElement Required(JsonElement element, string member, string what) =>
        JsonReading.Member(element, member) ?? throw JsonReading.Expected($"a member '{member}'", element, what);
}
