using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>Decides whether this machine can run the tests on Open vSwitch in network
/// namespaces.</summary>
internal static class RealNetworkRequirements
{
    /// <summary>Set to <c>required</c> where a skipped test would hide a fault, as on the build
    /// server.</summary>
    public const string Variable = "LIME_REAL_NETWORK";

    private static readonly string[] Programs =
        ["ip", "ping", "python3", "ethtool", "iperf3", "ss", "sysctl", "ovs-vswitchd", "ovsdb-server", "ovsdb-tool",
            "ovs-vsctl", "ovs-ofctl", "ovs-appctl"];

    private static readonly Lazy<string?> Missing = new(FindWhatIsMissing);

    /// <summary>Skips the calling test with the reason, or fails it if <see cref="Variable"/>
    /// demands a run.</summary>
    public static void Check()
    {
        if (Missing.Value is not { } reason)
            return;
        string message = $"The real-network tests cannot run here: {reason}.";
        if (Environment.GetEnvironmentVariable(Variable) == "required")
            Assert.Fail($"{message} {Variable}=required forbids to skip them.");
        Assert.Ignore(message);
    }

    private static string? FindWhatIsMissing()
    {
        if (!OperatingSystem.IsLinux())
            return "network namespaces need Linux";
        if (!Environment.IsPrivilegedProcess)
            return "network namespaces need root";
        string[] missing = [.. Programs.Where(program => Tools.Find(program) is null)];
        if (missing.Length > 0)
            return $"not installed: {string.Join(", ", missing)}";
        if (!File.Exists(OvsDaemons.SchemaPath))
            return $"the database schema {OvsDaemons.SchemaPath} is missing";
        return TryNamespace();
    }

    /// <summary>Root in a container often lacks the right to make namespaces and links: try
    /// it.</summary>
    private static string? TryNamespace()
    {
        LeftoverSweep.Run();
        try
        {
            using NetworkNamespace probe = new($"{NetworkNames.Next()}-probe");
            probe.Run("ip", "link", "add", "probe0", "type", "veth", "peer", "name", "probe1");
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return $"namespaces or veth links are refused ({refusal.Message.Trim()})";
        }
    }
}
