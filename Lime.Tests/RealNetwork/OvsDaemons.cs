using System.Globalization;
using System.Net;

namespace Lime.Tests.RealNetwork;

/// <summary>One ovsdb-server and one ovs-vswitchd, with their own database and folder, in one
/// namespace.</summary>
/// <remarks>
/// They are started directly: the packaged start script wants kernel modules and shares one folder.
/// Life cycle: both run, and answer, when the constructor returns; <see cref="Dispose"/> ends them.
/// Two vswitchds in one namespace would fight over the tap named ovs-netdev, hence a namespace
/// each.
/// </remarks>
internal sealed class OvsDaemons : IDisposable
{
    public const string SchemaPath = "/usr/share/openvswitch/vswitch.ovsschema";

    private readonly NetworkNamespace _site;
    private readonly string _folder;

    public OvsDaemons(NetworkNamespace site, string folder)
    {
        _site = site;
        _folder = folder;
        string database = Path.Combine(folder, "conf.db");
        Command.Run("ovsdb-tool", "create", database, SchemaPath);
        Start("ovsdb-server", database, $"--remote=p{DatabaseSocket}");
        Command.Run("ovs-vsctl", $"--db={DatabaseSocket}", "--no-wait", "init");
        Start("ovs-vswitchd", DatabaseSocket);
    }

    /// <summary>The database's address, as ovs-vsctl takes it.</summary>
    public string DatabaseSocket => $"unix:{_folder}/db.sock";

    public int SwitchProcessId => ProcessIdOf("ovs-vswitchd");

    /// <summary>Changes the configuration and waits until the switch has taken it.</summary>
    public string Configure(params IReadOnlyList<string> arguments) =>
        Command.Run(["ovs-vsctl", $"--db={DatabaseSocket}", "--timeout=10", .. arguments]);

    /// <summary>Lets clients of the database connect over TCP too.</summary>
    public void ListenForClients(IPEndPoint local) =>
        DatabaseControl("ovsdb-server/add-remote", $"ptcp:{local.Port}:{local.Address}");

    /// <summary>Ends the connection of every client of the database; the switch process comes back by itself.</summary>
    public void DropClients() => DatabaseControl("ovsdb-server/reconnect");

    /// <summary>Kills the switch process as a crash would: no goodbye to controllers, nothing
    /// forwarded.</summary>
    public void KillSwitch()
    {
        int processId = SwitchProcessId;
        Command.Run("sh", "-c", $"kill -s KILL {processId}");
        ProcessState.AwaitEnd(processId);
    }

    /// <summary>Starts the switch process again, with the bridges that the database knows.</summary>
    public void StartSwitch() => Start("ovs-vswitchd", DatabaseSocket);

    /// <summary>Asks both to end; what does not is killed with its namespace.</summary>
    public void Dispose()
    {
        Exit("ovs-vswitchd", "exit", "--cleanup");
        Exit("ovsdb-server", "exit");
    }

    private void Start(string daemon, params IReadOnlyList<string> arguments) =>
        _site.Run([.. Priority.HighestForSwitches, "env",
            $"OVS_RUNDIR={_folder}", $"OVS_DBDIR={_folder}", $"OVS_LOGDIR={_folder}",
            daemon, $"--pidfile={_folder}/{daemon}.pid", $"--unixctl={_folder}/{daemon}.ctl",
            "--detach", "--no-chdir", "--log-file", "-vconsole:off", .. arguments]);

    /// <remarks>The daemon may close the control socket before its answer is out, so the exit code
    /// of ovs-appctl says nothing; that the process has gone does.</remarks>
    private void Exit(string daemon, params IReadOnlyList<string> command)
    {
        if (!File.Exists($"{_folder}/{daemon}.pid"))
            return;
        int processId = ProcessIdOf(daemon);
        Command.TryRun(["ovs-appctl", "--timeout=10", "-t", $"{_folder}/{daemon}.ctl", .. command]);
        ProcessState.AwaitEnd(processId);
    }

    private void DatabaseControl(params IReadOnlyList<string> command) =>
        Command.Run(["ovs-appctl", "--timeout=10", "-t", $"{_folder}/ovsdb-server.ctl", .. command]);

    private int ProcessIdOf(string daemon) =>
        int.Parse(File.ReadAllText($"{_folder}/{daemon}.pid"), CultureInfo.InvariantCulture);
}
