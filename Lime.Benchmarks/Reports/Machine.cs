using System.Globalization;
using System.Runtime.InteropServices;

namespace Lime.Benchmarks.Reports;

/// <summary>Where a measurement was made; figures without it say little.</summary>
internal sealed record Machine
{
    private const string LoadFile = "/proc/loadavg";
    private const string ProcessorFile = "/proc/cpuinfo";

    public required int Cores { get; init; }

    public required string Processor { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Tasks that ran or waited to, on average over the last minute; null where the system doesn't
    /// say.</summary>
    public double? LoadAverage { get; init; }

    public static Machine Current() => new()
    {
        Cores = Environment.ProcessorCount,
        Processor = ReadProcessor(),
        System = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        LoadAverage = File.Exists(LoadFile)
            ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture)
            : null,
    };

    public override string ToString() => $"{Cores} cores ({Processor}), {System}, {Runtime}, load average "
        + (LoadAverage is { } load ? Numbers.Fixed(load, 2) : "not known");

    private static string ReadProcessor()
    {
        string? line = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(each =>
                each.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
