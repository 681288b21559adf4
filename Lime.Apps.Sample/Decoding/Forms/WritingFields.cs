using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Puts every field into a JSON object.</summary>
internal sealed class WritingFields : Fields
{
    public JsonObject Json { get; } = [];

    /// <summary>The JSON of a value.</summary>
    public static JsonObject Write<T>(T value, Func<Fields, T?, T> form)
    {
        var fields = new WritingFields();
        form(fields, value);
        return fields.Json;
    }

    public override ulong Number(
        string name, ulong? value, NumberForm form, ulong? missing = null, bool isShown = false)
    {
        ulong number = value ?? missing ?? 0;
        if (number != missing || isShown) Json[name] = form.Write(number);
        return number;
    }

    public override string Text(string name, string? value)
    {
        Json[name] = value ?? "";
        return value ?? "";
    }

    public override ImmutableArray<byte> Bytes(string name, ImmutableArray<byte>? value, bool isOptional = false)
    {
        ImmutableArray<byte> bytes = value is { IsDefault: false } some ? some : [];
        if (bytes.Length > 0 || !isOptional) Json[name] = Convert.ToHexStringLower(bytes.AsSpan());
        return bytes;
    }

    public override Match Match(string name, Match? value)
    {
        Json[name] = MatchJson.Write(value ?? default);
        return value ?? default;
    }

    public override OxmField Oxm(string name, OxmField? value)
    {
        var oxm = new JsonObject();
        OxmJson.Write(oxm, value ?? default);
        Json[name] = oxm;
        return value ?? default;
    }

    public override T Object<T>(string name, T? value, Func<Fields, T?, T> form) where T : default
    {
        Json[name] = Write(value!, form);
        return value!;
    }

    public override bool Has(string name, bool isThere) => isThere;

    public override ImmutableArray<T> List<T>(
        string name, ImmutableArray<T>? values, Func<Fields, T?, T> form, bool isOptional = false) where T : default
    {
        ImmutableArray<T> items = values is { IsDefault: false } some ? some : [];
        if (items.Length > 0 || !isOptional)
            Json[name] = new JsonArray([.. items.Select(item => (JsonNode)Write(item, form))]);
        return items;
    }

    public override ImmutableArray<uint> Numbers(string name, ImmutableArray<uint>? values, NumberForm form)
    {
        ImmutableArray<uint> items = values is { IsDefault: false } some ? some : [];
        Json[name] = new JsonArray([.. items.Select(item => form.Write(item))]);
        return items;
    }

    public override void Note(string name, Func<JsonNode?> note)
    {
        if (note() is { } json) Json["_" + name] = json;
    }
}
