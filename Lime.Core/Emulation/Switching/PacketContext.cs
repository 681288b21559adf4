using System.Buffers.Binary;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Switching;

/// <summary>The match fields of a packet-in: the ingress port, and metadata and tunnel where they aren't zero (1.3.5
/// section 7.4.1).</summary>
internal static class PacketContext
{
    public static byte[] Write(PacketRun run)
    {
        Span<byte> port = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(port, run.InPort.Value);
        var bytes = new List<byte>(32);
        bytes.AddRange(OxmField.Of(OxmId.InPort, port).Bytes);
        Add(bytes, OxmId.Metadata, run.Metadata);
        Add(bytes, OxmId.TunnelId, run.TunnelId);
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, OxmId id, ulong value)
    {
        if (value == 0) return;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, value);
        bytes.AddRange(OxmField.Of(id, number).Bytes);
    }
}
