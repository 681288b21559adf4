using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>The value of a column: a set of atoms, or a map (RFC 7047 section 5.1: value). A single atom is a set of
/// one, as it is on the wire.</summary>
/// <remarks>Threading: immutable. Equality is by content and regards the order, which a server may change.</remarks>
internal sealed class OvsdbValue : IEquatable<OvsdbValue>
{
    public static readonly OvsdbValue Empty = new([], isMap: false);

    private readonly ImmutableArray<KeyValuePair<OvsdbAtom, OvsdbAtom>> _pairs;

    private OvsdbValue(ImmutableArray<KeyValuePair<OvsdbAtom, OvsdbAtom>> pairs, bool isMap)
    {
        _pairs = pairs;
        IsMap = isMap;
    }

    public bool IsMap { get; }

    public int Count => _pairs.Length;

    /// <summary>The members of a set, or the keys of a map.</summary>
    public IEnumerable<OvsdbAtom> Atoms => _pairs.Select(each => each.Key);

    public static OvsdbValue Of(string text) => Set([OvsdbAtom.Of(text)]);

    public static OvsdbValue Of(long number) => Set([OvsdbAtom.Of(number)]);

    public static OvsdbValue Of(Guid id) => Set([OvsdbAtom.Of(id)]);

    public static OvsdbValue Named(string name) => Set([OvsdbAtom.Named(name)]);

    public static OvsdbValue Set(IEnumerable<OvsdbAtom> atoms) =>
        new([.. atoms.Select(each => KeyValuePair.Create(each, default(OvsdbAtom)))], isMap: false);

    /// <summary>A map from strings to strings.</summary>
    public static OvsdbValue Map(IEnumerable<KeyValuePair<string, string>> pairs) => new(
        [.. pairs.Select(each => KeyValuePair.Create(OvsdbAtom.Of(each.Key), OvsdbAtom.Of(each.Value)))], isMap: true);

    /// <exception cref="OvsdbProtocolException">It is no value.</exception>
    public static OvsdbValue Read(JsonElement element, string what)
    {
        if (TaggedWith(element, "set") is { } set)
            return Set([.. JsonReading.Array(set, what).Select(each => OvsdbAtom.Read(each, what))]);
        if (TaggedWith(element, "map") is { } map)
            return new([.. JsonReading.Array(map, what).Select(each => ReadPair(each, what))], isMap: true);
        return Set([OvsdbAtom.Read(element, what)]);
    }

    /// <summary>The one string in it; null if there is none, or something else.</summary>
    public string? AsText() => Only(OvsdbAtomKind.String)?.Text;

    /// <summary>The one integer in it; null if there is none, or something else.</summary>
    public long? AsInteger() => Only(OvsdbAtomKind.Integer)?.Number;

    public bool HasRow(Guid id) => !IsMap && Atoms.Contains(OvsdbAtom.Of(id));

    /// <summary>What a map of strings has under a key; null if nothing.</summary>
    public string? Find(string key)
    {
        foreach ((OvsdbAtom name, OvsdbAtom value) in _pairs)
        {
            if (IsMap && name.Kind == OvsdbAtomKind.String && name.Text == key) return value.ToString();
        }
        return null;
    }

    /// <summary>The pairs of a map, as text.</summary>
    public ImmutableSortedDictionary<string, string> AsTextMap()
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((OvsdbAtom name, OvsdbAtom value) in _pairs)
        {
            if (IsMap) texts[name.ToString()] = value.ToString();
        }
        return texts.ToImmutable();
    }

    public void Write(Utf8JsonWriter writer)
    {
        if (!IsMap && Count == 1)
        {
            _pairs[0].Key.Write(writer);
            return;
        }
        writer.WriteStartArray();
        writer.WriteStringValue(IsMap ? "map" : "set");
        writer.WriteStartArray();
        foreach ((OvsdbAtom key, OvsdbAtom value) in _pairs) WriteMember(writer, key, value);
        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    public bool Equals(OvsdbValue? other) =>
        other is not null && IsMap == other.IsMap && _pairs.SequenceEqual(other._pairs);

    public override bool Equals(object? obj) => Equals(obj as OvsdbValue);

    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _pairs[0]);

    public override string ToString() => IsMap
        ? $"{{{string.Join(", ", _pairs.Select(each => $"{each.Key}={each.Value}"))}}}"
        : Count == 1 ? $"{_pairs[0].Key}" : $"[{string.Join(", ", Atoms)}]";

    private static KeyValuePair<OvsdbAtom, OvsdbAtom> ReadPair(JsonElement element, string what)
    {
        (JsonElement key, JsonElement value) = JsonReading.Pair(element, what);
        return KeyValuePair.Create(OvsdbAtom.Read(key, what), OvsdbAtom.Read(value, what));
    }

    private static JsonElement? TaggedWith(JsonElement element, string tag) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
        && element[0].ValueKind == JsonValueKind.String && element[0].ValueEquals(tag)
            ? element[1]
            : null;

    private OvsdbAtom? Only(OvsdbAtomKind kind) =>
        !IsMap && Count == 1 && _pairs[0].Key.Kind == kind ? _pairs[0].Key : null;

    private void WriteMember(Utf8JsonWriter writer, OvsdbAtom key, OvsdbAtom value)
    {
        if (IsMap) writer.WriteStartArray();
        key.Write(writer);
        if (!IsMap) return;
        value.Write(writer);
        writer.WriteEndArray();
    }
}
