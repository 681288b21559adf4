namespace Lime.Tests.RealNetwork;

/// <summary>Finds the machine's programs, also those that an ordinary user's PATH leaves out.</summary>
internal static class Tools
{
    /// <summary>PATH and the two system folders: Open vSwitch, ip and ethtool live there.</summary>
    public static readonly string SearchPath =
        $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin{Path.PathSeparator}/sbin";

    /// <returns>The full path, or <see langword="null"/> if the machine has no such program.</returns>
    public static string? Find(string name) =>
        SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
