using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>What an operation of a committed transaction gave (RFC 7047 section 5.2).</summary>
/// <param name="Id">The new row's, of an insert; else null.</param>
/// <param name="Count">How many rows an update, mutation or deletion met; else 0.</param>
/// <param name="Rows">What a select found; else empty.</param>
internal sealed record OvsdbOperationResult(Guid? Id, long Count, ImmutableArray<OvsdbRow> Rows)
{
    /// <exception cref="OvsdbProtocolException">It is no result.</exception>
    public static OvsdbOperationResult Read(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Object) throw JsonReading.Expected("an object", element, what);
        Guid? id = JsonReading.Member(element, "uuid") is { } uuid ? OvsdbAtom.Read(uuid, what).Id : null;
        long count = JsonReading.Member(element, "count") is { } number ? JsonReading.Integer(number, what) : 0;
        ImmutableArray<OvsdbRow> rows = JsonReading.Member(element, "rows") is { } found
            ? [.. JsonReading.Array(found, what).Select(row => OvsdbRow.Read(row, what))]
            : [];
        return new OvsdbOperationResult(id, count, rows);
    }
}
