using System.Text.Json;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;

namespace Lime.Tests.Tunnels;

/// <summary>Carries out the operations of one transaction on a copy of the tables.</summary>
internal sealed class FakeTransaction(FakeTables tables)
{
    private readonly Dictionary<string, Guid> _named = [];

    public FakeTables Tables => tables;

    public bool IsDone { get; private set; }

    public List<string> Comments { get; } = [];

    /// <returns>The result of transact.</returns>
    public string Run(IEnumerable<JsonElement> operations)
    {
        var results = new List<string>();
        foreach (JsonElement operation in operations)
        {
            string result = Run(operation);
            results.Add(result);
            if (result.Contains("\"error\"", StringComparison.Ordinal)) return $"[{string.Join(',', results)}]";
        }
        tables.CollectGarbage();
        IsDone = true;
        return $"[{string.Join(',', results)}]";
    }

    private string Run(JsonElement operation) => operation.GetProperty("op").GetString() switch
    {
        "wait" => Wait(operation),
        "insert" => Insert(operation),
        "update" => Update(operation),
        "mutate" => Mutate(operation),
        "select" => Select(operation),
        "comment" => Comment(operation),
        _ => Error("syntax error"),
    };

    private static string Error(string name) => $$"""{"error":"{{name}}","details":"said by the fake"}""";

    private string Wait(JsonElement operation)
    {
        JsonElement expected = operation.GetProperty("rows").EnumerateArray().Single();
        Dictionary<string, OvsdbValue>[] rows = [.. Matching(operation)];
        bool holds = rows.Length == 1 && ReadRow(expected).All(each => rows[0][each.Key].Equals(each.Value));
        return holds ? "{}" : Error(OvsdbError.TimedOut);
    }

    private string Insert(JsonElement operation)
    {
        var rows = tables.Rows(operation.GetProperty("table").GetString()!);
        Dictionary<string, OvsdbValue> row = ReadRow(operation.GetProperty("row"));
        if (rows.Values.Any(each => each[OvsColumns.Name].Equals(row[OvsColumns.Name])))
            return Error(OvsdbError.ConstraintViolation);
        Guid id = Guid.NewGuid();
        rows.Add(id, row);
        if (operation.TryGetProperty("uuid-name", out JsonElement name)) _named[name.GetString()!] = id;
        return $$"""{"uuid":["uuid","{{id}}"]}""";
    }

    private string Update(JsonElement operation)
    {
        Dictionary<string, OvsdbValue>[] rows = [.. Matching(operation)];
        foreach (var row in rows)
        {
            foreach (var (column, value) in ReadRow(operation.GetProperty("row"))) row[column] = value;
        }
        return $$"""{"count":{{rows.Length}}}""";
    }

    private string Mutate(JsonElement operation)
    {
        Dictionary<string, OvsdbValue>[] rows = [.. Matching(operation)];
        foreach (JsonElement mutation in operation.GetProperty("mutations").EnumerateArray())
        {
            string column = mutation[0].GetString()!;
            OvsdbValue value = ReadValue(mutation[2]);
            foreach (var row in rows) row[column] = Mutated(row[column], mutation[1].GetString()!, value);
        }
        return $$"""{"count":{{rows.Length}}}""";
    }

    private static OvsdbValue Mutated(OvsdbValue before, string mutator, OvsdbValue value) => mutator switch
    {
        "+=" => OvsdbValue.Of(before.AsInteger()!.Value + value.AsInteger()!.Value),
        "insert" => OvsdbValue.Set(before.Atoms.Union(value.Atoms)),
        _ => OvsdbValue.Set(before.Atoms.Except(value.Atoms)),
    };

    private string Select(JsonElement operation)
    {
        string[] columns = [.. operation.GetProperty("columns").EnumerateArray().Select(each => each.GetString()!)];
        var rows = Matching(operation).Select(row =>
            Ovsdb.ValueTests.Written(OvsdbRow.Of(columns.Select(column => (column, row[column]))).Write));
        return $$"""{"rows":[{{string.Join(',', rows)}}]}""";
    }

    private string Comment(JsonElement operation)
    {
        Comments.Add(operation.GetProperty("comment").GetString()!);
        return "{}";
    }

    /// <summary>All rows, or the one that <c>where</c> names by its id.</summary>
    private IEnumerable<Dictionary<string, OvsdbValue>> Matching(JsonElement operation)
    {
        var rows = tables.Rows(operation.GetProperty("table").GetString()!);
        JsonElement where = operation.GetProperty("where");
        if (where.GetArrayLength() == 0) return [.. rows.Values];
        Guid id = ReadValue(where[0][2]).Atoms.Single().Id;
        return rows.TryGetValue(id, out var row) ? [row] : [];
    }

    private Dictionary<string, OvsdbValue> ReadRow(JsonElement row) =>
        row.EnumerateObject().ToDictionary(each => each.Name, each => ReadValue(each.Value));

    /// <summary>Puts the ids in the places of names.</summary>
    private OvsdbValue ReadValue(JsonElement value)
    {
        bool isNamed = value.ValueKind == JsonValueKind.Array && value[0].GetString() == "named-uuid";
        return isNamed ? OvsdbValue.Of(_named[value[1].GetString()!]) : OvsdbValue.Read(value, "a value");
    }
}
