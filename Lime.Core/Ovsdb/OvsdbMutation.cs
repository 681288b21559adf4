using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>A change of a column that depends on what it holds (RFC 7047 section 5.1: mutation).</summary>
/// <param name="Column">The column.</param>
/// <param name="Mutator">One of +=, -=, *=, /=, %=, insert, delete.</param>
/// <param name="Value">The other operand.</param>
internal sealed record OvsdbMutation(string Column, string Mutator, OvsdbValue Value)
{
    public static OvsdbMutation Insert(string column, OvsdbValue value) => new(column, "insert", value);

    public static OvsdbMutation Delete(string column, OvsdbValue value) => new(column, "delete", value);

    public static OvsdbMutation Add(string column, long number) => new(column, "+=", OvsdbValue.Of(number));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Column);
        writer.WriteStringValue(Mutator);
        Value.Write(writer);
        writer.WriteEndArray();
    }
}
