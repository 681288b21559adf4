using System.Collections.Immutable;
using System.Text.Json;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Gives every field what a JSON object says. A field that is wrong becomes a fault and a default, so that one
/// reading finds every fault.</summary>
internal sealed class ReadingFields : Fields
{
    private const string HexForm = "bytes as pairs of hexadecimal digits";

    private readonly JsonCursor _json;
    private readonly bool _isObject;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ReadingFields(JsonCursor json)
    {
        _json = json;
        _isObject = json.Value.ValueKind == JsonValueKind.Object;
        if (!_isObject) json.AddUnexpected("an object");
    }

    /// <summary>Reads a value; anything but its fields and notes in the object is a fault.</summary>
    public static T Read<T>(JsonCursor json, Func<Fields, T?, T> form)
    {
        int faultsBefore = json.Faults.Count;
        var fields = new ReadingFields(json);
        T value = form(fields, default);
        // Where a type or kind was wrong, which fields there are isn't known.
        if (json.Faults.Count == faultsBefore) fields.RefuseOthers();
        return value;
    }

    public override ulong Number(
        string name, ulong? value, NumberForm form, ulong? missing = null, bool isShown = false)
    {
        if (Find(name, form.Expected, missing is not null) is not { } found) return missing ?? 0;
        if (form.TryRead(found.Value, out ulong number)) return number;
        found.AddUnexpected(form.Expected);
        return missing ?? 0;
    }

    public override string Text(string name, string? value)
    {
        if (Find(name, "text", false) is not { } found) return "";
        if (found.Value.ValueKind == JsonValueKind.String) return found.Value.GetString()!;
        found.AddUnexpected("text");
        return "";
    }

    public override ImmutableArray<byte> Bytes(string name, ImmutableArray<byte>? value, bool isOptional = false)
    {
        if (Find(name, HexForm, isOptional) is not { } found) return [];
        if (HexBytes.TryParse(found.Value, out byte[] bytes)) return [.. bytes];
        found.AddUnexpected(HexForm);
        return [];
    }

    public override Match Match(string name, Match? value) =>
        Find(name, "an object of match fields", true) is { } found ? MatchJson.Read(found) : default;

    public override OxmField Oxm(string name, OxmField? value) =>
        Find(name, OxmJson.FieldForm, false) is { } found ? OxmJson.ReadOne(found) : default;

    public override T Object<T>(string name, T? value, Func<Fields, T?, T> form) where T : default =>
        Find(name, "an object", false) is { } found ? Read(found, form) : form(new ReadingFields(Nothing), default);

    public override bool Has(string name, bool isThere) => Find(name, "", true) is not null;

    public override ImmutableArray<T> List<T>(
        string name, ImmutableArray<T>? values, Func<Fields, T?, T> form, bool isOptional = false) where T : default =>
        Find(name, "an array", isOptional) is { } found
            ? [.. found.Items("an array").Select(item => Read(item, form))]
            : [];

    public override ImmutableArray<uint> Numbers(string name, ImmutableArray<uint>? values, NumberForm form)
    {
        if (Find(name, "an array", false) is not { } found) return [];
        var numbers = ImmutableArray.CreateBuilder<uint>();
        foreach (JsonCursor item in found.Items("an array"))
        {
            if (form.TryRead(item.Value, out ulong number)) numbers.Add((uint)number);
            else item.AddUnexpected(form.Expected);
        }
        return numbers.ToImmutable();
    }

    public override void Fault(string name, string expected)
    {
        if (_isObject && _json.Optional(name) is { } found) found.AddUnexpected(expected);
        else _json.AddUnexpected(expected);
    }

    /// <summary>For the fields of an object that is missing, whose own faults nobody needs.</summary>
    private static JsonCursor Nothing => new(JsonDocument.Parse("{}").RootElement, "$", []);

    private JsonCursor? Find(string name, string expected, bool isOptional)
    {
        _names.Add(name);
        if (!_isObject) return null;
        return isOptional ? _json.Optional(name) : _json.Required(name, expected);
    }

    private void RefuseOthers()
    {
        if (!_isObject) return;
        IEnumerable<string> notes = _json.Value.EnumerateObject().Select(each => each.Name)
            .Where(name => name.StartsWith('_')).Distinct();
        _json.IsObjectOf([.. _names, .. notes]);
    }
}
