using System.Text.Json;

namespace Lime.Benchmarks.Plots;

/// <summary>The plots that a command's results are worth.</summary>
/// <remarks>Reads what <see cref="Reports.JsonText"/> wrote. Threading: static and pure.</remarks>
internal static class PlotsOf
{
    /// <returns>Each with the end of its file's name.</returns>
    /// <exception cref="JsonException">Not a document of ours.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing in it.</exception>
    public static IEnumerable<(string Name, Plot Plot)> Document(string json)
    {
        JsonElement document = JsonSerializer.Deserialize<JsonElement>(json);
        JsonElement results = document.GetProperty("results");
        return document.GetProperty("command").GetString() switch
        {
            "migrate" => Migrate(results),
            "scale" => Scale(results),
            "overhead" => Overhead(results),
            "cbench" => Cbench(results),
            string other => throw new JsonException($"There is no plot of {other}."),
            null => throw new JsonException("The document doesn't say which command it is of."),
        };
    }

    private static IEnumerable<(string, Plot)> Migrate(JsonElement runs)
    {
        var rules = new PlotAxis("rules", IsLogarithmic: true);
        yield return ("time", new Plot(
            "Time of a migration", rules, new PlotAxis("ms", IsLogarithmic: true),
            [Series(runs, "whole", "rules", "ms"), Series(runs, "until both instances live", "rules", "cloningMs")]));
        yield return ("messages", new Plot(
            "Messages of a migration", rules, new PlotAxis("messages", IsLogarithmic: true),
            [Series(runs, "messages", "rules", "messages"), Series(runs, "flow-mods", "rules", "flowMods")]));
        yield return ("memory", new Plot(
            "Memory of the controller", rules, new PlotAxis("bytes", IsLogarithmic: true),
            [Series(runs, "before", "rules", "bytesBefore"), Series(runs, "at most", "rules", "bytesMax")]));
    }

    private static IEnumerable<(string, Plot)> Scale(JsonElement runs)
    {
        JsonElement[] all = [.. runs.EnumerateArray()];
        foreach (bool isNetworks in new[] { false, true })
        {
            JsonElement[] some = [.. all.Where(each => each.GetProperty("networks").GetInt32() > 0 == isNetworks)];
            if (some.Length == 0) continue;
            string by = isNetworks ? "networks" : "switches";
            var axis = new PlotAxis(isNetworks ? "virtual networks" : "switches", IsLogarithmic: true);
            yield return ($"{by}-connect", new Plot(
                "Until all switches are known", axis, new PlotAxis("ms", IsLogarithmic: true),
                [Series(some, "ms", by, "connectMs")]));
            yield return ($"{by}-throughput", new Plot(
                "Answered packet-ins", axis, new PlotAxis("a second"),
                [Series(some, "a second", by, "answeredPerSecond")]));
            yield return ($"{by}-memory", new Plot(
                "Memory of the controller, switches idle", axis, new PlotAxis("bytes", IsLogarithmic: true),
                [Series(some, "resident", by, "idleBytes")]));
        }
    }

    private static IEnumerable<(string, Plot)> Overhead(JsonElement results)
    {
        JsonElement[] scenarios = [.. results.GetProperty("scenarios").EnumerateArray()];
        foreach (IGrouping<string, JsonElement> load in scenarios.GroupBy(Load))
        {
            string name = new([.. load.Key.Where(char.IsAsciiLetterOrDigit)]);
            yield return ($"{name}-price", new Plot(
                $"Share of throughput that the layer costs; {load.Key}", new PlotAxis(""), new PlotAxis("%"), [])
            {
                Bars =
                [
                    .. load.Select(each => (Scenario(each), 100 * Median(each, "price"))),
                    ("the paper's", 100 * results.GetProperty("paperPrice").GetDouble()),
                ],
            });
            yield return ($"{name}-ns", new Plot(
                $"Processor time that the layer costs; {load.Key}",
                new PlotAxis(""),
                new PlotAxis("ns a packet-in"),
                [])
            {
                Bars = [.. load.Select(each => (Scenario(each), Median(each, "priceNs")))],
            });
        }
    }

    private static IEnumerable<(string, Plot)> Cbench(JsonElement results)
    {
        JsonElement[] all = [.. results.EnumerateArray()];
        yield return ("windows", new Plot(
            "Answered packet-ins", new PlotAxis("loop"), new PlotAxis("a second"),
            [.. all.Select(each => new PlotSeries(
                $"{each.GetProperty("switches").GetInt32()} switches",
                [.. each.GetProperty("windows").EnumerateArray().Select((window, index) =>
                    (index + 1.0, window.GetProperty("answeredPerSecond").GetDouble()))]))]));
    }

    private static string Load(JsonElement result) => result.GetProperty("load").GetString()!;

    private static string Scenario(JsonElement result) => result.GetProperty("scenario").GetString()!;

    private static double Median(JsonElement result, string name) =>
        result.GetProperty(name).GetProperty("median").GetDouble();

    private static PlotSeries Series(JsonElement runs, string name, string x, string y) =>
        Series([.. runs.EnumerateArray()], name, x, y);

    private static PlotSeries Series(JsonElement[] runs, string name, string x, string y) => new(
        name,
        [.. runs.Select(each => (each.GetProperty(x).GetDouble(), each.GetProperty(y).GetDouble()))]);
}
