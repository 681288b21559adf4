using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>Columns of a row, by name (RFC 7047 section 5.1: row).</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class OvsdbRow
{
    public static readonly OvsdbRow Empty = new(ImmutableSortedDictionary<string, OvsdbValue>.Empty);

    private OvsdbRow(ImmutableSortedDictionary<string, OvsdbValue> columns) => Columns = columns;

    public ImmutableSortedDictionary<string, OvsdbValue> Columns { get; }

    /// <summary>A column's value; the empty set if the row has no such column.</summary>
    public OvsdbValue this[string column] => Columns.GetValueOrDefault(column, OvsdbValue.Empty);

    public static OvsdbRow Of(params IEnumerable<(string Column, OvsdbValue Value)> columns) =>
        new(columns.ToImmutableSortedDictionary(each => each.Column, each => each.Value, StringComparer.Ordinal));

    /// <exception cref="OvsdbProtocolException">It is no row.</exception>
    public static OvsdbRow Read(JsonElement element, string what) =>
        Of(JsonReading.Members(element, what)
            .Select(each => (each.Name, OvsdbValue.Read(each.Value, $"{what}.{each.Name}"))));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string column, OvsdbValue value) in Columns)
        {
            writer.WritePropertyName(column);
            value.Write(writer);
        }
        writer.WriteEndObject();
    }
}
