using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>A match in JSON: an object with a property for each field that is matched, by the names that
/// <c>ovs-ofctl</c> gives them; <c>value</c> or <c>value/mask</c>.</summary>
internal static class MatchJson
{
    public static JsonObject Write(in Match match)
    {
        var json = new JsonObject();
        foreach (MatchFieldForm field in MatchFieldForm.All)
        {
            ulong mask = field.Get(match.Mask);
            if (mask != 0) json[field.Name] = field.Write(field.Get(match.Values), mask);
        }
        foreach (OxmField field in match.Further) OxmJson.Write(json, field);
        return json;
    }

    public static Match Read(JsonCursor json)
    {
        Match match = Match.Any;
        if (json.Value.ValueKind != JsonValueKind.Object)
        {
            json.AddUnexpected("an object of match fields");
            return match;
        }
        var further = new List<OxmField>();
        foreach (string name in json.Value.EnumerateObject().Select(each => each.Name).Distinct())
        {
            JsonCursor item = json.Optional(name)!.Value;
            if (MatchFieldForm.All.FirstOrDefault(each => each.Name == name) is { } field)
                match = ReadField(match, field, item);
            else
                further.AddRange(OxmJson.Read(name, item));
        }
        return WithFurther(match, further, json);
    }

    private static Match ReadField(in Match match, MatchFieldForm field, JsonCursor item)
    {
        if (field.TryRead(item.Value, out ulong value, out ulong mask))
            return match.With(field.Put(value), field.Put(mask));
        item.AddUnexpected(field.Expected);
        return match;
    }

    private static Match WithFurther(in Match match, List<OxmField> further, JsonCursor json)
    {
        for (int i = 0; i < further.Count; i++)
        {
            OxmField field = further[i];
            if (!further.Take(i).Any(field.IsSameField)) continue;
            json.Faults.Add(new JsonFault(json.Path, string.Create(
                CultureInfo.InvariantCulture, $"the field {field} occurs twice.")));
            return match;
        }
        return match.WithFurther(FurtherFields.Of([.. further]));
    }
}
