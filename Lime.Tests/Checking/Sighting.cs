using Lime.OpenFlow;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>A frame that a host received, or a packet-in that the app received.</summary>
/// <param name="Event">Which.</param>
/// <param name="EventIndex">Where in the trace.</param>
internal sealed record Sighting(TraceEvent Event, int EventIndex)
{
    public byte[] Frame => Event is HostReceived received ? received.Frame : ((PacketInReceived)Event).Packet.Frame;

    /// <summary>Whether it is what the reference switch put out.</summary>
    public bool Is(ReferenceOutput output, TraceSetting setting) => (Event, output) switch
    {
        (HostReceived received, FrameOutput frame) =>
            setting.HostAtPort.GetValueOrDefault(frame.Port.Value) == received.Host
            && frame.Bytes.AsSpan().SequenceEqual(received.Frame),
        (PacketInReceived seen, PacketInOutput expected) => IsPacketIn(seen.Packet, expected, setting),
        _ => false,
    };

    /// <remarks>OpenFlow 1.0 has no table and no cookie in a packet-in.</remarks>
    private static bool IsPacketIn(SeenPacket seen, PacketInOutput expected, TraceSetting setting)
    {
        bool isNamed = setting.Version == OpenFlowVersion.V10
            || (seen.Table == expected.Table && seen.Cookie == expected.Cookie);
        return isNamed && seen.InPort == expected.InPort && seen.Reason == expected.Reason
            && seen.TotalBytes == expected.TotalBytes && expected.Bytes.AsSpan().SequenceEqual(seen.Frame);
    }
}

/// <summary>What can be seen of the reference switch.</summary>
internal static class Outcome
{
    /// <summary>Frames that leave where a host is, and packet-ins.</summary>
    public static List<ReferenceOutput> Visible(IEnumerable<ReferenceOutput> outputs, TraceSetting setting) =>
    [
        .. outputs.Where(each => each is PacketInOutput
            || (each is FrameOutput frame && setting.HostAtPort.ContainsKey(frame.Port.Value))),
    ];

    public static string Describe(IEnumerable<ReferenceOutput> outputs, TraceSetting setting)
    {
        List<ReferenceOutput> visible = Visible(outputs, setting);
        return visible.Count == 0 ? "drops it" : string.Join(", ", visible.Select(each => each switch
        {
            FrameOutput frame => $"sends it to {setting.HostAtPort[frame.Port.Value]} "
                + $"({Digest([.. frame.Bytes])})",
            PacketInOutput packetIn => $"hands it up ({packetIn.Reason}, port {packetIn.InPort}, "
                + $"table {packetIn.Table.Value}, cookie {packetIn.Cookie.Value:x}, {Digest([.. packetIn.Bytes])})",
            _ => each.ToString(),
        }));
    }

    /// <summary>A frame's length and a digest of its bytes.</summary>
    public static string Digest(byte[] frame)
    {
        uint hash = 2166136261;
        foreach (byte each in frame) hash = (hash ^ each) * 16777619;
        return $"{frame.Length} bytes, {hash:x8}";
    }
}
