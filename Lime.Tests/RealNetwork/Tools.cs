namespace Lime.Tests.RealNetwork;

/// <summary>Finds the machine's programs, also those that an ordinary user's PATH leaves
/// out.</summary>
internal static class Tools
{
    /// <summary>PATH and the two system folders: Open vSwitch, ip and ethtool live there.</summary>
    public static readonly string SearchPath =
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";

    /// <returns>The full path, or <see langword="null"/> if the machine has no such
    /// program.</returns>
    public static string? Find(string name) =>
        SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
