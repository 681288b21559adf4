namespace Lime.Tests.RealNetwork;

/// <summary>Tells whether a process, not necessarily a child of this one, still runs.</summary>
internal static class ProcessState
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    /// <remarks>A zombie has ended: it holds nothing but its id until its parent looks, and the
    /// first process of some containers looks late.</remarks>
    public static bool IsRunning(int processId)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{processId}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false; // Gone before, or while, we looked.
        }
    }

    /// <summary>Waits, 10 s at most.</summary>
    /// <returns><see langword="false"/> if it still runs.</returns>
    public static bool AwaitEnd(int processId) => SpinWait.SpinUntil(() => !IsRunning(processId), EndTimeout);
}
