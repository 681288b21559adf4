using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Frames;

/// <summary>Building and checking IPv4 packets in Ethernet frames (RFC 791): no options, no
/// fragments.</summary>
internal static class Ipv4Packet
{
    public const int EthernetBytes = 14;
    public const int HeaderBytes = 20;

    /// <summary>What an Ethernet frame carries at most.</summary>
    public const int BytesMax = 1500;

    private const byte TimeToLive = 64;
    private const ushort DontFragment = 0x4000;

    /// <summary>A frame with room for the payload; the Ethernet addresses are still zero.</summary>
    public static byte[] Create(
        Ipv4Address source, Ipv4Address destination, byte protocol, int payloadBytes, ushort id)
    {
        var frame = new byte[EthernetBytes + HeaderBytes + payloadBytes];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), FrameLayout.Ipv4);
        Span<byte> header = frame.AsSpan(EthernetBytes);
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(HeaderBytes + payloadBytes));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], id);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], DontFragment);
        header[8] = TimeToLive;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], source.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], destination.Value);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Of(header[..HeaderBytes]));
        return frame;
    }

    public static Span<byte> PayloadOf(byte[] frame) => frame.AsSpan(EthernetBytes + HeaderBytes);

    public static void Address(byte[] frame, MacAddress destination, MacAddress source)
    {
        destination.Write(frame);
        source.Write(frame.AsSpan(6));
    }

    /// <summary>The packet without Ethernet padding, if its header is whole and its checksum right.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> payload)
    {
        packet = default;
        payload = default;
        FrameLayout layout = FrameLayout.Of(frame);
        if (layout.Ipv4Offset < 0) return false;
        ReadOnlySpan<byte> rest = frame[layout.Ipv4Offset..];
        int headerBytes = (rest[0] & 15) * 4;
        int totalBytes = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (totalBytes < headerBytes || totalBytes > rest.Length) return false;
        packet = rest[..totalBytes];
        payload = packet[headerBytes..];
        return InternetChecksum.IsIntact(packet[..headerBytes]);
    }
}
