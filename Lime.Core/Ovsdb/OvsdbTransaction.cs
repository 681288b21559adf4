using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>Operations that are done all or not at all (RFC 7047 section 4.1.3).</summary>
internal sealed record OvsdbTransaction(string Database, ImmutableArray<OvsdbOperation> Operations)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStringValue(Database);
        foreach (OvsdbOperation each in Operations) each.Write(writer);
    }

    /// <summary>Reads what became of it.</summary>
    /// <returns>A result for each operation, or the error that undid them all.</returns>
    /// <exception cref="OvsdbProtocolException">It is no answer to this transaction.</exception>
    public (ImmutableArray<OvsdbOperationResult> Results, OvsdbRequestException? Refusal) Read(JsonElement element)
    {
        JsonElement[] results = [.. JsonReading.Array(element, "the result of a transaction")];
        // An error of the commit itself stands behind the results of the operations.
        int failed = System.Array.FindIndex(results, each => JsonReading.Member(each, "error") is not null);
        if (failed >= 0) return ([], Refusal(failed, OvsdbError.Read(results[failed], "the result of an operation")));
        if (results.Length != Operations.Length)
            throw JsonReading.Expected($"{Operations.Length} results", element, "the result of a transaction");
        return ([.. results.Select(each => OvsdbOperationResult.Read(each, "the result of an operation"))], null);
    }

    private OvsdbRequestException Refusal(int index, OvsdbError error)
    {
        string place = index < Operations.Length ? $"operation {index} ({Operations[index].Name})" : "the commit";
        return new OvsdbRequestException(
            OvsdbRequestFailure.Refused, $"A transaction on {Database} was refused: {place}: {error}", error);
    }
}
