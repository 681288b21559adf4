using System.Text.Json;

namespace Lime.Apps.Sample.Json;

/// <summary>A value in a JSON document, its path, and the list of faults found so far, so that a reader can
/// name every fault rather than the first.</summary>
internal readonly record struct JsonCursor(JsonElement Value, string Path, List<JsonFault> Faults)
{
    /// <summary>Adds a fault at this path: what was expected, and what is here.</summary>
    public void AddUnexpected(string expected) => Faults.Add(new(Path, $"expected {expected}, found {Describe()}."));

    /// <summary>Checks that this is an object with these properties at most, each once.</summary>
    /// <returns>Whether it is an object.</returns>
    public bool IsObjectOf(params string[] properties)
    {
        string expected = $"an object with {string.Join(", ", properties)}";
        if (Value.ValueKind != JsonValueKind.Object)
        {
            AddUnexpected(expected);
            return false;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty each in Value.EnumerateObject())
        {
            if (!seen.Add(each.Name)) Faults.Add(new(PathOf(each.Name), "this property is given twice."));
            else if (!properties.Contains(each.Name))
                Faults.Add(new(PathOf(each.Name), $"no such property; expected {expected}."));
        }
        return true;
    }

    /// <summary>A property that has to be there.</summary>
    /// <returns>Null, and a fault, if it is missing.</returns>
    public JsonCursor? Required(string property, string expected)
    {
        if (Optional(property) is { } found) return found;
        Faults.Add(new(PathOf(property), $"missing; expected {expected}."));
        return null;
    }

    /// <summary>A property that may be missing.</summary>
    public JsonCursor? Optional(string property) =>
        Value.TryGetProperty(property, out JsonElement found) ? new(found, PathOf(property), Faults) : null;

    /// <summary>The items of an array; none, and a fault, if it is something else.</summary>
    public IEnumerable<JsonCursor> Items(string expected)
    {
        if (Value.ValueKind == JsonValueKind.Array) return Enumerate();
        AddUnexpected(expected);
        return [];
    }

    /// <summary>The text; null, and a fault, if it is something else or empty.</summary>
    public string? Text(string expected)
    {
        if (Value.ValueKind == JsonValueKind.String && Value.GetString() is { Length: > 0 } text) return text;
        AddUnexpected(expected);
        return null;
    }

    /// <summary>The number; null, and a fault, if it is something else or out of range.</summary>
    public double? Number(double min, double max, string expected)
    {
        if (Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out double number)
            && number >= min && number <= max) return number;
        AddUnexpected(expected);
        return null;
    }

    /// <summary>True or false; null, and a fault, if it is something else.</summary>
    public bool? Truth()
    {
        if (Value.ValueKind is JsonValueKind.True or JsonValueKind.False) return Value.GetBoolean();
        AddUnexpected("true or false");
        return null;
    }

    /// <summary>The whole number; null, and a fault, if it is something else or out of range.</summary>
    public uint? Whole(uint min, uint max, string expected)
    {
        if (Value.ValueKind == JsonValueKind.Number && Value.TryGetUInt32(out uint number)
            && number >= min && number <= max) return number;
        AddUnexpected(expected);
        return null;
    }

    /// <summary>The truth value; false, and a fault, if it is something else.</summary>
    public bool Flag()
    {
        bool isFlag = Value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (!isFlag) AddUnexpected("true or false");
        return isFlag && Value.GetBoolean();
    }

    private IEnumerable<JsonCursor> Enumerate()
    {
        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray()) yield return new(item, $"{Path}[{index++}]", Faults);
    }

    private string PathOf(string property) => property.Length > 0 && property.All(IsOfName)
        ? $"{Path}.{property}"
        : $"{Path}['{property}']";

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private string Describe()
    {
        string text = Value.GetRawText();
        return Value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => text.Length <= 60 ? text : text[..57] + "...",
        };
    }
}
