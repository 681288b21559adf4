using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Durations as on the wire of every version: seconds, then nanoseconds beyond them.</summary>
internal static class WireDuration
{
    public static Duration Read(ref WireReader reader) =>
        new(reader.ReadUInt32("duration_sec"), reader.ReadUInt32("duration_nsec"));

    public static void Write(ref WireWriter writer, Duration duration)
    {
        writer.WriteUInt32(duration.Seconds);
        writer.WriteUInt32(duration.Nanoseconds);
    }
}
