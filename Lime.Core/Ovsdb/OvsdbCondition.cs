using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>What a row has to fulfil (RFC 7047 section 5.1: condition).</summary>
/// <param name="Column">The column; <c>_uuid</c> is the row's own id.</param>
/// <param name="Function">One of &lt;, &lt;=, ==, !=, &gt;=, &gt;, includes, excludes.</param>
/// <param name="Value">What it is compared with.</param>
internal sealed record OvsdbCondition(string Column, string Function, OvsdbValue Value)
{
    public static OvsdbCondition Equal(string column, OvsdbValue value) => new(column, "==", value);

    public static OvsdbCondition IsRow(Guid id) => Equal("_uuid", OvsdbValue.Of(id));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Column);
        writer.WriteStringValue(Function);
        Value.Write(writer);
        writer.WriteEndArray();
    }
}
