using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lime.Tests.Sample;

/// <summary>Validates JSON by a schema, as far as docs/network.schema.json needs it (JSON Schema 2020-12).</summary>
/// <remarks>A keyword that it doesn't know is an error of the schema, so that nothing in it goes unchecked.</remarks>
internal sealed class SchemaCheck(JsonElement root)
{
    private readonly List<string> _faults = [];

    /// <summary>The paths of all that the schema doesn't allow.</summary>
    public static string[] FaultsOf(JsonElement root, JsonElement schema, JsonElement value)
    {
        var check = new SchemaCheck(root);
        check.Visit(schema, value, "$");
        return [.. check._faults.Distinct()];
    }

    private void Visit(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$schema" or "title" or "description" or "$defs":
                    break;
                case "$ref":
                    string name = keyword.Value.GetString()!["#/$defs/".Length..];
                    Visit(root.GetProperty("$defs").GetProperty(name), value, path);
                    break;
                case "anyOf":
                    Any(keyword.Value, value, path);
                    break;
                default:
                    VisitKeyword(schema, keyword, value, path);
                    break;
            }
        }
    }

    private void VisitKeyword(JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        bool isObject = value.ValueKind == JsonValueKind.Object;
        switch (keyword.Name)
        {
            case "type":
                if (!IsOfType(value, keyword.Value.GetString()!)) _faults.Add(path);
                break;
            case "required":
                foreach (JsonElement name in keyword.Value.EnumerateArray())
                {
                    if (isObject && !value.TryGetProperty(name.GetString()!, out _))
                        _faults.Add($"{path}.{name.GetString()}");
                }
                break;
            case "properties":
                foreach (JsonProperty each in keyword.Value.EnumerateObject())
                {
                    if (isObject && value.TryGetProperty(each.Name, out JsonElement found))
                        Visit(each.Value, found, $"{path}.{each.Name}");
                }
                break;
            case "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.False:
                if (!isObject) break;
                foreach (JsonProperty each in value.EnumerateObject())
                {
                    if (!schema.GetProperty("properties").TryGetProperty(each.Name, out _))
                        _faults.Add($"{path}.{each.Name}");
                }
                break;
            case "items":
                if (value.ValueKind != JsonValueKind.Array) break;
                int index = 0;
                foreach (JsonElement each in value.EnumerateArray()) Visit(keyword.Value, each, $"{path}[{index++}]");
                break;
            default:
                VisitScalar(keyword, value, path);
                break;
        }
    }

    private void VisitScalar(JsonProperty keyword, JsonElement value, string path)
    {
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        bool isGood = keyword.Name switch
        {
            "minimum" => !isNumber || value.GetDouble() >= keyword.Value.GetDouble(),
            "maximum" => !isNumber || value.GetDouble() <= keyword.Value.GetDouble(),
            "pattern" => value.ValueKind != JsonValueKind.String
                || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!),
            _ => throw new NotSupportedException($"{path}: the schema's '{keyword.Name}' is not known."),
        };
        if (!isGood) _faults.Add(path);
    }

    /// <summary>The faults of the alternative that comes nearest.</summary>
    private void Any(JsonElement alternatives, JsonElement value, string path)
    {
        string[]? least = null;
        foreach (JsonElement each in alternatives.EnumerateArray())
        {
            var check = new SchemaCheck(root);
            check.Visit(each, value, path);
            bool isNearer = least is null || check._faults.Count == 0
                || (least.Contains(path) && !check._faults.Contains(path));
            if (isNearer) least = [.. check._faults];
            if (least!.Length == 0) return;
        }
        _faults.AddRange(least ?? []);
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        _ => throw new NotSupportedException($"the schema's type '{type}' is not known."),
    };
}
