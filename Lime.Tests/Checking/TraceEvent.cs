namespace Lime.Tests.Checking;

/// <summary>Something that a host or the app did or saw; a trace is a list of them in the order in which they
/// happened.</summary>
/// <remarks>A run is single-threaded and in virtual time, so there is such an order. Threading: immutable.</remarks>
/// <param name="At">Virtual time since the run began.</param>
internal abstract record TraceEvent(TimeSpan At)
{
    /// <summary>What happened, in a line, without the time: equal runs give equal lines.</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => $"{At.TotalMilliseconds,12:F4} ms  {Text}";

    /// <summary>A frame in a few words: its mark, and a digest of all its bytes.</summary>
    protected static string Describe(byte[] frame)
    {
        string mark = PacketMark.TryRead(frame) is { } id ? $"packet {id}" : "a frame without mark";
        return $"{mark} ({Outcome.Digest(frame)})";
    }
}
