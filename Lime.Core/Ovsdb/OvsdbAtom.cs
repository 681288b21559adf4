using System.Globalization;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>A single value (RFC 7047 section 5.1: atom).</summary>
/// <param name="Kind">Which of the following holds it.</param>
/// <param name="Text">A string or a name; empty for others.</param>
/// <param name="Number">An integer, or 1 for true; 0 for others.</param>
/// <param name="Real">A real; 0 for others.</param>
/// <param name="Id">A UUID; empty for others.</param>
internal readonly record struct OvsdbAtom(OvsdbAtomKind Kind, string Text, long Number, double Real, Guid Id)
{
    public static OvsdbAtom Of(string text) => new(OvsdbAtomKind.String, text, 0, 0, default);

    public static OvsdbAtom Of(long number) => new(OvsdbAtomKind.Integer, "", number, 0, default);

    public static OvsdbAtom Of(double real) => new(OvsdbAtomKind.Real, "", 0, real, default);

    public static OvsdbAtom Of(bool value) => new(OvsdbAtomKind.Boolean, "", value ? 1 : 0, 0, default);

    public static OvsdbAtom Of(Guid id) => new(OvsdbAtomKind.Uuid, "", 0, 0, id);

    /// <summary>The row that an insert of the same transaction names so.</summary>
    /// <param name="name">A letter or underscore, then letters, digits and underscores.</param>
    public static OvsdbAtom Named(string name) => new(OvsdbAtomKind.NamedUuid, name, 0, 0, default);

    /// <exception cref="OvsdbProtocolException">It is no atom.</exception>
    public static OvsdbAtom Read(JsonElement element, string what) => element.ValueKind switch
    {
        JsonValueKind.String => Of(JsonReading.Text(element, what)),
        JsonValueKind.Number => element.TryGetInt64(out long number) ? Of(number) : Of(element.GetDouble()),
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Array => ReadUuid(element, what),
        _ => throw JsonReading.Expected("a value", element, what),
    };

    public void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case OvsdbAtomKind.String: writer.WriteStringValue(Text); break;
            case OvsdbAtomKind.Integer: writer.WriteNumberValue(Number); break;
            case OvsdbAtomKind.Real: writer.WriteNumberValue(Real); break;
            case OvsdbAtomKind.Boolean: writer.WriteBooleanValue(Number != 0); break;
            default:
                writer.WriteStartArray();
                writer.WriteStringValue(Kind == OvsdbAtomKind.Uuid ? "uuid" : "named-uuid");
                writer.WriteStringValue(Kind == OvsdbAtomKind.Uuid ? Id.ToString() : Text);
                writer.WriteEndArray();
                break;
        }
    }

    public override string ToString() => Kind switch
    {
        OvsdbAtomKind.Integer => Number.ToString(CultureInfo.InvariantCulture),
        OvsdbAtomKind.Real => Real.ToString(CultureInfo.InvariantCulture),
        OvsdbAtomKind.Boolean => Number != 0 ? "true" : "false",
        OvsdbAtomKind.Uuid => Id.ToString(),
        _ => Text,
    };

    private static OvsdbAtom ReadUuid(JsonElement element, string what)
    {
        (JsonElement kind, JsonElement text) = JsonReading.Pair(element, what);
        bool isUuid = kind.ValueKind == JsonValueKind.String && kind.ValueEquals("uuid");
        return isUuid && Guid.TryParseExact(JsonReading.Text(text, what), "D", out Guid id)
            ? Of(id)
            : throw JsonReading.Expected("[\"uuid\", UUID]", element, what);
    }
}
