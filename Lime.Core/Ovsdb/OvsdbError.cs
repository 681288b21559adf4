using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>What a server says of a thing that it refuses (RFC 7047 section 3.1: error).</summary>
/// <param name="Name">The kind, such as <c>constraint violation</c>.</param>
/// <param name="Details">More, for a person; may be empty.</param>
internal sealed record OvsdbError(string Name, string Details)
{
    /// <summary>A <c>wait</c> whose condition did not come to hold (RFC 7047 section 5.2.6).</summary>
    public const string TimedOut = "timed out";

    /// <summary>Two rows that an index forbids, among others (RFC 7047 section 5.2.1).</summary>
    public const string ConstraintViolation = "constraint violation";

    /// <summary>Reads an error; some are bare strings, such as those for unknown methods.</summary>
    public static OvsdbError Read(JsonElement element, string what)
    {
        if (element.ValueKind == JsonValueKind.String) return new OvsdbError(JsonReading.Text(element, what), "");
        JsonElement name = JsonReading.Member(element, "error")
            ?? throw JsonReading.Expected("an error", element, what);
        JsonElement? details = JsonReading.Member(element, "details");
        return new OvsdbError(
            JsonReading.Text(name, what), details is { } text ? JsonReading.Text(text, what) : "");
    }

    public override string ToString() => Details.Length == 0 ? Name : $"{Name} ({Details})";
}
