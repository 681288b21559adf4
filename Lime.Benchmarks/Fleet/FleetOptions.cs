using System.Globalization;
using System.Net;
using Lime.OpenFlow;

namespace Lime.Benchmarks.Fleet;

/// <summary>What <c>fleet</c> was asked for.</summary>
internal sealed record FleetOptions
{
    public const string Usage = """
        fleet --connect ADDRESS:PORT [--switches 1000] [--version 1.0|1.3] [--ports 4] [--hold 0s] [--timeout 60s]
              [--first-datapath 1]

        Connects that many switches to an OpenFlow controller at once, each on a socket of its own, and prints how
        soon all were connected and ready. A switch is ready when the controller has its features (1.3: its ports)
        and goes on to something else. They answer echo, barrier, statistics (their tables are empty), configuration
        and role requests for the time of --hold, then leave. Exit code 1: not all were ready, or not all stayed.
        """;

    public required IPEndPoint Connect { get; init; }

    public int Switches { get; init; } = 1000;

    public OpenFlowVersion Version { get; init; } = OpenFlowVersion.V10;

    /// <summary>Ports of each switch.</summary>
    public int Ports { get; init; } = 4;

    /// <summary>How long they stay after all are ready.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>How long they may take to be ready.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first switch's datapath id; the others count up.</summary>
    public ulong FirstDatapath { get; init; } = 1;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">Something is wrong; says what.</exception>
    public static FleetOptions Parse(IReadOnlyList<string> args)
    {
        IPEndPoint? connect = null;
        var options = new FleetOptions { Connect = new IPEndPoint(IPAddress.Loopback, 6653) };
        if (args.Count % 2 != 0) throw new FormatException($"{args[^1]}: an option and its value are needed.");
        for (int i = 0; i < args.Count; i += 2)
        {
            string value = args[i + 1];
            options = args[i] switch
            {
                "--connect" => options with { Connect = connect = IPEndPoint.Parse(value) },
                "--switches" => options with { Switches = Count(value, 1, 100_000) },
                "--version" => options with { Version = VersionOf(value) },
                "--ports" => options with { Ports = Count(value, 0, 500) },
                "--hold" => options with { Hold = Seconds(value) },
                "--timeout" => options with { Timeout = Seconds(value) },
                "--first-datapath" => options with { FirstDatapath = (ulong)Count(value, 1, int.MaxValue) },
                _ => throw new FormatException($"{args[i]} is not an option."),
            };
        }
        return connect is null ? throw new FormatException("--connect is needed.") : options;
    }

    private static OpenFlowVersion VersionOf(string text) => text switch
    {
        "1.0" => OpenFlowVersion.V10,
        "1.3" => OpenFlowVersion.V13,
        _ => throw new FormatException($"--version {text}: expected 1.0 or 1.3."),
    };

    private static int Count(string text, int least, int most)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        return isNumber && count >= least && count <= most
            ? count
            : throw new FormatException($"{text}: expected {least} to {most}.");
    }

    private static TimeSpan Seconds(string text)
    {
        string number = text.EndsWith('s') ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"{text}: expected seconds, for example 10s.");
    }
}
