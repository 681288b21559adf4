using System.Buffers.Binary;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Files of packet captures, whose streams have to be put together before there are messages.</summary>
internal static class CaptureFile
{
    public const string Advice = "Take the stream out of a capture first, for example: "
        + "tshark -r FILE -q -z follow,tcp,raw,0 | sed '1,/^Node 1/d;/^=/d' | ... decode -";

    /// <summary>The format's name; null if the bytes aren't a capture.</summary>
    public static string? Describe(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 4 ? null : BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
        {
            0xa1b2c3d4 or 0xd4c3b2a1 or 0xa1b23c4d or 0x4d3cb2a1 => "a packet capture (pcap)",
            0x0a0d0d0a => "a packet capture (pcapng)",
            _ => null,
        };
}
