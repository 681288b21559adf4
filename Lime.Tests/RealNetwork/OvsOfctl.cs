namespace Lime.Tests.RealNetwork;

/// <summary>The independent view of a bridge: ovs-ofctl on its management socket, beside the
/// controller.</summary>
/// <param name="managementSocket">The bridge's own OpenFlow socket,
/// <c>unix:.../NAME.mgmt</c>.</param>
/// <param name="protocols">The OpenFlow versions to speak, one of them the bridge's.</param>
internal sealed class OvsOfctl(string managementSocket, string protocols)
{
    /// <summary>The whole flow table; port numbers as numbers.</summary>
    public IReadOnlyList<OvsRule> DumpRules() =>
        [.. Run("dump-flows", "--no-names").Split('\n')
            .Where(line => line.Contains("actions=", StringComparison.Ordinal))
            .Select(OvsRule.Parse)];

    /// <summary>Counters of every numbered port; the local port is left out.</summary>
    public IReadOnlyList<OvsPortCounters> DumpPorts() =>
        OvsPortCounters.ParseAll(Run("dump-ports", "--no-names"));

    /// <summary>Adds rules in ovs-ofctl's syntax,
    /// <c>priority=5,in_port=1,actions=output:2</c>.</summary>
    public void AddRules(params IReadOnlyList<string> rules)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, rules);
            Run("add-flows", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes the rules that match, loosely, <paramref name="match"/>; all without
    /// one.</summary>
    public void DeleteRules(string match = "") => Run("del-flows", match);

    /// <summary>Adds rules from a file in one bundle.</summary>
    public void AddBundle(string file) =>
        Command.Run("ovs-ofctl", "-O", protocols, "--bundle", "add-flows", managementSocket, file);

    /// <summary>The ports, each with its number and name: <c> 3(eth0): </c>.</summary>
    public string DescribePorts() => Command.Run("ovs-ofctl", "-O", protocols, "dump-ports-desc", managementSocket);

    /// <summary>The groups as lines, sorted.</summary>
    public string[] DumpGroups() => Lines(Command.Run("ovs-ofctl", "-O", protocols, "dump-groups", managementSocket));

    /// <summary>The meters as lines, sorted.</summary>
    public string[] DumpMeters() => Lines(Command.Run("ovs-ofctl", "-O", protocols, "dump-meters", managementSocket));

    /// <summary>Says in words what an OpenFlow frame is, by OVS's decoder.</summary>
    public static string Print(ReadOnlySpan<byte> frame) =>
        Command.Run("ovs-ofctl", "ofp-print", Convert.ToHexString(frame));

    private string Run(string command, string argument)
    {
        bool isOption = argument.StartsWith("--", StringComparison.Ordinal);
        return Command.Run(isOption
            ? ["ovs-ofctl", "-O", protocols, argument, command, managementSocket]
            : ["ovs-ofctl", "-O", protocols, command, managementSocket, argument]);
    }

    /// <summary>Without the head, which tells the reply's transaction id.</summary>
    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())
            .Where(line => !line.StartsWith("OFPST", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
