using System.Buffers.Binary;

namespace Lime.Tests.Wire;

/// <summary>Makes a capture file (pcap) of messages, each in a TCP segment of a connection of its own.</summary>
internal static class CaptureFile
{
    /// <summary>The largest message that an IPv4 packet has room for.</summary>
    public const int BytesMax = 65_000;

    private const int HeaderBytes = 14 + 20 + 20;

    public static byte[] Of(IEnumerable<byte[]> messages, ushort port)
    {
        using var file = new MemoryStream();
        file.Write(Convert.FromHexString("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "ffff0400" + "01000000"));
        int count = 0;
        foreach (byte[] message in messages) Write(file, message, port, count++);
        return file.ToArray();
    }

    private static void Write(MemoryStream file, byte[] message, ushort port, int index)
    {
        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], HeaderBytes + message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], HeaderBytes + message.Length);
        file.Write(record);
        Span<byte> headers = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt16BigEndian(headers[12..], 0x0800);
        Span<byte> ip = headers[14..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(HeaderBytes - 14 + message.Length));
        (ip[8], ip[9]) = (64, 6);
        BinaryPrimitives.WriteInt32BigEndian(ip[12..], 0x0a000000 + index);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], 0x7f000001);
        Span<byte> tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)(10_000 + (index % 50_000)));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], 1);
        (tcp[12], tcp[13]) = (0x50, 0x18);
        file.Write(headers);
        file.Write(message);
    }
}
