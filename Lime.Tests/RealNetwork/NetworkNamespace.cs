namespace Lime.Tests.RealNetwork;

/// <summary>A network namespace that the test made: with loopback up, and without IPv6.</summary>
/// <remarks>
/// IPv6 is off because its neighbour and router solicitations are stray frames in every packet
/// count.
/// Life cycle: exists from construction to <see cref="Dispose"/>, which ends every process in it
/// first.
/// </remarks>
internal sealed class NetworkNamespace : IDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    public NetworkNamespace(string name)
    {
        Name = name;
        Command.Run("ip", "netns", "add", name);
        RunAll(
            "sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1",
            "ip link set lo up");
    }

    public string Name { get; }

    public static IReadOnlyList<string> ListNames() =>
        [.. Command.Run("ip", "netns", "list")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0])];

    /// <summary>Kills what runs in the namespace, then removes it and with it its links.</summary>
    public static void Delete(string name)
    {
        if (ProcessesIn(name) is { Length: > 0 } processIds)
        {
            Command.TryRun("sh", "-c", $"kill -s KILL {string.Join(' ', processIds)}");
            SpinWait.SpinUntil(() => ProcessesIn(name).Length == 0, EndTimeout);
        }
        Command.Run("ip", "netns", "delete", name);
    }

    /// <summary>Joins two namespaces by a veth pair, both ends up.</summary>
    public static void Connect(
        NetworkNamespace left, string leftLink, NetworkNamespace right, string rightLink)
    {
        Command.Run("sh", "-e", "-c", $"""
            ip link add {leftLink} netns {left.Name} type veth peer name {rightLink} netns {right.Name}
            ip -n {left.Name} link set {leftLink} up
            ip -n {right.Name} link set {rightLink} up
            """);
    }

    /// <summary>Runs a short command inside the namespace.</summary>
    public string Run(params IReadOnlyList<string> commandLine) => Command.Run(Inside(commandLine));

    /// <summary>Runs short commands inside the namespace, one after the other, until one fails: in one process, since
    /// entering a namespace takes longer than most commands.</summary>
    public void RunAll(params IReadOnlyList<string> commandLines) =>
        Run("sh", "-e", "-c", string.Join('\n', commandLines));

    /// <summary>Starts a program inside the namespace; its process id is the program's
    /// own.</summary>
    public RunningProcess Start(params IReadOnlyList<string> commandLine) =>
        RunningProcess.Start(Inside(commandLine));

    public void Dispose()
    {
        if (ListNames().Contains(Name))
            Delete(Name);
    }

    private static string[] ProcessesIn(string name) =>
        Command.Run("ip", "netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private List<string> Inside(IReadOnlyList<string> commandLine) =>
        ["ip", "netns", "exec", Name, .. commandLine];
}
