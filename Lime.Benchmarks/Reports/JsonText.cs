using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lime.Benchmarks.Reports;

/// <summary>Results as JSON: what <c>--json</c> prints and <c>plots</c> reads.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One document: which command it is from, the machine, then the results.</summary>
    public static string Of(string command, object options, object results) => JsonSerializer.Serialize(
        new { command, machine = Machine.Current(), options, results }, Options);
}
