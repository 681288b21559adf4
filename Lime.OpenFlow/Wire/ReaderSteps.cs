using System.Runtime.CompilerServices;

namespace Lime.OpenFlow.Wire;

/// <summary>Counts what decoding does, so that tests and fuzzers can hold it to the length of the frame.</summary>
/// <remarks>A step is one field or slice that is read, or one turn of a loop over entries. They are counted only where
/// the runtime is told so by <see cref="SwitchName"/> before the first frame is read; otherwise the compiler leaves the
/// counting out, and it costs nothing. Threading: each thread has a count of its own.</remarks>
public static class ReaderSteps
{
    /// <summary>The switch (<see cref="AppContext.SetSwitch"/>, or in runtimeconfig.json) that has steps
    /// counted.</summary>
    public const string SwitchName = "Lime.OpenFlow.CountReaderSteps";

    [ThreadStatic]
    private static long _ofThisThread;

    /// <summary>Whether steps are counted in this process.</summary>
    public static bool AreCounted { get; } = AppContext.TryGetSwitch(SwitchName, out bool isOn) && isOn;

    /// <summary>The steps of the calling thread so far; 0 where they aren't counted.</summary>
    public static long OfThisThread => _ofThisThread;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(int count = 1)
    {
        if (AreCounted) _ofThisThread += count;
    }
}
