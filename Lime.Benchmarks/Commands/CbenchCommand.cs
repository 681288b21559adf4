using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Cbench;
using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Commands;

/// <summary>Measures a controller as cbench does, and honestly.</summary>
internal sealed class CbenchCommand
{
    private const int Many = 1_000_000;
    private const string On = "on";

    private readonly Option<string> _controller = new("--controller", "-c")
    {
        HelpName = "HOST",
        Description = "Hostname of the controller",
        DefaultValueFactory = _ => "localhost",
    };

    private readonly Option<int> _port =
        BenchOptions.Count(("--port", "-p"), "Controller's port", 6633, (1, 65_535));

    private readonly Option<int> _switches =
        BenchOptions.Count(("--switches", "-s"), "How many switches", 16, (1, 65_535));

    private readonly Option<int> _addresses = BenchOptions.Count(
        ("--mac-addresses", "-M"), "Unique source MAC addresses a switch", 100_000,
        (1, (int)SwitchIdentity.AddressesMax));

    private readonly Option<bool> _throughput = new("--throughput", "-t")
    {
        Description = "Throughput instead of latency",
    };

    private readonly Option<int> _loops = BenchOptions.Count(("--loops", "-l"), "Loops a test", 16, (1, Many));

    private readonly Option<int> _msPerTest =
        BenchOptions.Count(("--ms-per-test", "-m"), "Length of a loop in ms", 1000, (1, Many));

    private readonly Option<int> _warmup =
        BenchOptions.Count(("--warmup", "-w"), "First loops that don't count", 1, (0, Many));

    private readonly Option<int> _cooldown =
        BenchOptions.Count(("--cooldown", "-C"), "Last loops that don't count", 0, (0, Many));

    private readonly Option<int> _delay =
        BenchOptions.Count(("--delay", "-D"), "Delay after the features reply in ms", 0, (0, Many));

    private readonly Option<int> _connectDelay = BenchOptions.Count(
        ("--connect-delay", "-i"), "Delay between groups of switches that connect in ms", 0, (0, Many));

    private readonly Option<int> _connectGroup = BenchOptions.Count(
        ("--connect-group-size", "-I"), "Switches in such a group", 1, (1, Many));

    private readonly Option<int> _datapathOffset = BenchOptions.Count(
        ("--dpid-offset", "-o"), "The first switch's datapath id", 1, (0, int.MaxValue));

    /// <summary>Not of a truth value: the library would take true and false after it, but not the original's
    /// words.</summary>
    private readonly Option<string> _learn = new("--learn-dst-macs", "-L")
    {
        HelpName = "ON",
        Description = "Tell destination MACs by gratuitous ARP before the test (true, on or 1; anything else: don't)",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? On : result.Tokens[0].Value,
        DefaultValueFactory = _ => On,
    };

    private readonly Option<bool> _ranged = new("--ranged-test", "-r")
    {
        Description = "Test 1, 2, 3 ... switches in turn",
    };

    private readonly Option<double?> _rate = new("--rate")
    {
        HelpName = "N",
        Description = "An open loop: this many packet-ins a second, of all switches together",
    };

    private readonly Option<int> _window = OptionText.Count(
        "--window", "N", "Packet-ins of a switch that may be outstanding in throughput mode; 0: no bound", 0,
        (0, 1_000_000));

    private readonly Option<int> _threads = OptionText.Count("--threads", "N", "Threads that generate", 1, (1, 256));

    private readonly Option<string> _version = BenchOptions.Version("The switches' version of OpenFlow");

    private readonly Option<int?> _processId = new("--pid")
    {
        HelpName = "PID",
        Description = "The controller's process: tells what it costs",
    };

    private readonly Option<bool> _json = BenchOptions.Json();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new CbenchCommand();
        var cbench = new Command("cbench", "Measure a controller: cbench's flags and output, and honest figures.");
        foreach (Option option in new Option[]
        {
            command._controller, command._port, command._switches, command._addresses, command._throughput,
            command._loops, command._msPerTest, command._warmup, command._cooldown, command._delay,
            command._connectDelay, command._connectGroup, command._datapathOffset, command._learn, command._ranged,
            command._rate, command._window, command._threads, command._version, command._processId, command._json,
        }) cbench.Options.Add(option);
        cbench.SetAction((parsed, stop) => command.RunAsync(parsed, output, error, stop));
        return cbench;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken stop)
    {
        CbenchOptions options = await ReadAsync(parsed, stop);
        bool isJson = parsed.GetValue(_json);
        TextWriter lines = isJson ? error : output;
        await error.WriteLineAsync(CbenchText.Heading(options));
        var results = new List<CbenchResult>();
        for (int count = options.IsRanged ? 1 : options.Switches; count <= options.Switches; count++)
        {
            var run = new CbenchRun(options, error.WriteLine, window => lines.WriteLine(CbenchText.Line(window)));
            CbenchResult result = await run.RunAsync(count, stop);
            await lines.WriteLineAsync(CbenchText.ResultLine(result));
            await lines.WriteLineAsync(CbenchText.Table(result));
            results.Add(result);
        }
        if (isJson)
            await output.WriteLineAsync(JsonText.Of("cbench", CbenchJson.Of(options), results.Select(CbenchJson.Of)));
        return results.TrueForAll(each => each.IsClean) ? ExitCode.Success : ExitCode.FoundFaults;
    }

    private async Task<CbenchOptions> ReadAsync(ParseResult parsed, CancellationToken stop)
    {
        string host = parsed.GetValue(_controller)!;
        int port = parsed.GetValue(_port);
        double? rate = parsed.GetValue(_rate);
        if (rate <= 0) throw new CommandFailedException("--rate has to be above 0.");
        if (rate is not null && parsed.GetValue(_throughput))
            throw new CommandFailedException("--throughput and --rate exclude one another.");
        var options = new CbenchOptions
        {
            Controller = new IPEndPoint(await ResolveAsync(host, stop), port),
            Host = host,
            Port = port,
            Switches = parsed.GetValue(_switches),
            Addresses = parsed.GetValue(_addresses),
            Mode = rate is not null ? CbenchMode.OpenLoop
                : parsed.GetValue(_throughput) ? CbenchMode.Throughput : CbenchMode.Latency,
            Rate = rate ?? 0,
            Window = parsed.GetValue(_window),
            Loops = parsed.GetValue(_loops),
            MsPerTest = parsed.GetValue(_msPerTest),
            Warmup = parsed.GetValue(_warmup),
            Cooldown = parsed.GetValue(_cooldown),
            DelayMs = parsed.GetValue(_delay),
            ConnectDelayMs = parsed.GetValue(_connectDelay),
            ConnectGroupSize = parsed.GetValue(_connectGroup),
            DatapathOffset = parsed.GetValue(_datapathOffset),
            LearnsDestinations = IsOn(parsed.GetValue(_learn)!),
            IsRanged = parsed.GetValue(_ranged),
            Version = OptionText.VersionOf(parsed.GetValue(_version)!),
            Threads = parsed.GetValue(_threads),
            ProcessId = parsed.GetValue(_processId),
        };
        if (options.Warmup + options.Cooldown < options.Loops) return options;
        throw new CommandFailedException(
            $"Error warmup({options.Warmup}) + cooldown({options.Cooldown}) >= number of tests ({options.Loops})");
    }

    private static async Task<IPAddress> ResolveAsync(string host, CancellationToken stop)
    {
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(host, stop);
            // As the original does: a controller that listens on 127.0.0.1 isn't at ::1.
            return found.FirstOrDefault(each => each.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
        }
        catch (SocketException exception)
        {
            throw new CommandFailedException($"--controller {host}: {exception.Message}");
        }
    }

    private static bool IsOn(string text) => text.ToLowerInvariant() is "true" or On or "1";
}
