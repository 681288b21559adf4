using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lime.Tests.RealNetwork;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Open vSwitch's own daemons with its dummy data path, whose frames come and go by commands and whose time
/// stands still until it is told to go on.</summary>
/// <remarks>Life cycle: ready when constructed; <see cref="Dispose"/> ends the daemons and removes the
/// folder.</remarks>
internal sealed class DummyOvs : IDisposable
{
    /// <summary>The least that can be set: after so much time the revalidators go round again.</summary>
    private const int RoundMilliseconds = 100;

    private readonly Socket _control;

    /// <summary>A second connection, on which the end of a round is awaited.</summary>
    private readonly Socket _rounds;

    public DummyOvs()
    {
        Folder = Directory.CreateTempSubdirectory("lime-ref-").FullName;
        Command.Run("ovsdb-tool", "create", $"{Folder}/conf.db", OvsDaemons.SchemaPath);
        Start("ovsdb-server", $"{Folder}/conf.db", $"--remote=punix:{Folder}/db.sock");
        Configure("--no-wait", "init");
        Start("ovs-vswitchd", $"unix:{Folder}/db.sock", "--enable-dummy=override", "--disable-system");
        Configure("set", "Open_vSwitch", ".", $"other_config:max-revalidator={RoundMilliseconds}");
        _control = Connect();
        _rounds = Connect();
    }

    public string Folder { get; }

    public void Configure(params IReadOnlyList<string> arguments) =>
        Command.Run(["ovs-vsctl", $"--db=unix:{Folder}/db.sock", "--timeout=10", .. arguments]);

    /// <summary>Gives a command of ovs-appctl, over the same socket (JSON-RPC).</summary>
    public string Tell(string method, params string[] arguments)
    {
        Send(_control, method, arguments);
        return Receive(_control, method);
    }

    /// <summary>Lets time go on, with two rounds of the revalidators at the end: then rules go that were due before the
    /// last of them began.</summary>
    /// <param name="milliseconds">Time for two rounds at least.</param>
    public void Warp(int milliseconds)
    {
        const int Last = RoundMilliseconds + 1;
        int before = milliseconds - (2 * Last);
        if (before > 0) Tell("time/warp", before.ToString(CultureInfo.InvariantCulture));
        WarpOnce(Last);
        WarpOnce(Last);
    }

    private void WarpOnce(int milliseconds)
    {
        const string Wait = "revalidator/wait";
        Send(_rounds, Wait);
        // Answered in the order of asking: now the wait is known.
        Tell("version");
        Tell("time/warp", milliseconds.ToString(CultureInfo.InvariantCulture));
        Receive(_rounds, Wait);
    }

    public void Dispose()
    {
        _control?.Dispose();
        _rounds?.Dispose();
        Exit("ovs-vswitchd");
        Exit("ovsdb-server");
        Directory.Delete(Folder, recursive: true);
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = 20_000,
        };
        socket.Connect(new UnixDomainSocketEndPoint($"{Folder}/ovs-vswitchd.ctl"));
        return socket;
    }

    private static void Send(Socket socket, string method, params string[] arguments)
    {
        string request = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["id"] = 0,
            ["method"] = method,
            ["params"] = arguments,
        });
        socket.Send(Encoding.UTF8.GetBytes(request));
    }

    private static string Receive(Socket socket, string method)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[65_536];
        while (true)
        {
            int count = socket.Receive(buffer);
            if (count == 0) throw new InvalidOperationException($"Open vSwitch ended at {method}.");
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            if (TryResult(text.ToString(), method) is { } result) return result;
        }
    }

    /// <returns>Null while the answer is not whole.</returns>
    private static string? TryResult(string text, string method)
    {
        JsonElement answer;
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return null;
        }
        JsonElement error = answer.GetProperty("error");
        return error.ValueKind == JsonValueKind.Null
            ? answer.GetProperty("result").ToString()
            : throw new InvalidOperationException($"{method}: {error}");
    }

    private void Start(string daemon, params IReadOnlyList<string> arguments) => Command.Run(["env",
        $"OVS_RUNDIR={Folder}", $"OVS_DBDIR={Folder}", $"OVS_LOGDIR={Folder}",
        daemon, $"--pidfile={Folder}/{daemon}.pid", $"--unixctl={Folder}/{daemon}.ctl",
        "--detach", "--no-chdir", "--log-file", "-vconsole:off", .. arguments]);

    private void Exit(string daemon)
    {
        string pidFile = $"{Folder}/{daemon}.pid";
        if (!File.Exists(pidFile)) return;
        int processId = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        Command.TryRun("ovs-appctl", "--timeout=10", "-t", $"{Folder}/{daemon}.ctl", "exit");
        ProcessState.AwaitEnd(processId);
    }
}
