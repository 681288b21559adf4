using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Floor;

namespace Lime.Benchmarks.Commands;

/// <summary>Serves what no controller can be faster than, until it is stopped.</summary>
internal static class FloorCommand
{
    public static Command Create(TextWriter output)
    {
        Option<int> port = BenchOptions.Count(("--port", "-p"), "Where to listen", 6653, (0, 65_535));
        var floor = new Command(
            "floor",
            "Answer every packet-in with a flow-mod, and do nothing else: the most that this runtime can reach.");
        floor.Options.Add(port);
        floor.SetAction((parsed, stop) => RunAsync(parsed.GetValue(port), output, stop));
        return floor;
    }

    private static async Task<int> RunAsync(int port, TextWriter output, CancellationToken stop)
    {
        using FloorServer server = Listen(port);
        await output.WriteLineAsync($"Listening on {server.LocalEndPoint}.");
        await server.RunAsync(stop);
        return ExitCode.Success;
    }

    private static FloorServer Listen(int port)
    {
        try
        {
            return new FloorServer(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException exception)
        {
            throw new CommandFailedException($"--port {port}: {exception.Message}.");
        }
    }
}
