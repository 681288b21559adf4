namespace Lime.Tests.RealNetwork;

/// <summary>Names the namespaces, folders and links of a test, so that whose they are can be read
/// from them.</summary>
internal static class NetworkNames
{
    /// <summary>Every namespace and folder begins with it, then the owning process' id.</summary>
    public const string Prefix = "limenet-";

    private static int _lastSequence;

    /// <returns>A prefix that no other network on this machine has:
    /// <c>limenet-PID-SEQUENCE</c>.</returns>
    public static string Next() =>
        $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _lastSequence)}";

    /// <summary>A link name in the root namespace; the kernel allows 15 characters.</summary>
    public static string RootLink(string networkName, string site) =>
        $"ln{networkName[Prefix.Length..]}{site}";

    /// <returns>The process that made this, or <see langword="null"/> if the name is not one of
    /// ours.</returns>
    public static int? OwnerOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name[Prefix.Length..].Split('-')[0], out int processId)
            ? processId
            : null;
}
