namespace Lime.Tests.RealNetwork;

/// <summary>Removes what a test process left behind that was killed before it could clean
/// up.</summary>
/// <remarks>Only what carries our prefix and the id of a process that no longer lives: another test
/// run on the same machine is left alone.</remarks>
internal static class LeftoverSweep
{
    public static void Run()
    {
        foreach (string name in NetworkNamespace.ListNames().Where(IsOrphan))
            NetworkNamespace.Delete(name);
        string pattern = $"{NetworkNames.Prefix}*";
        foreach (string folder in Directory.EnumerateDirectories(Path.GetTempPath(), pattern))
        {
            if (!IsOrphan(Path.GetFileName(folder)))
                continue;
            ReceiveBuffers.PutBack(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOrphan(string name) =>
        NetworkNames.OwnerOf(name) is { } owner && !ProcessState.IsRunning(owner);
}
