using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Lime.Benchmarks.Floor;

/// <summary>What the floor says to a message.</summary>
/// <remarks>A flow-mod is a template with five things copied into it: xid, buffer id, ingress port, source and
/// destination address. It sends to port 2.
/// Threading: static and pure.</remarks>
internal static class FloorAnswers
{
    public const int HeaderBytes = 8;

    private const int TypeHello = 0;
    private const int TypeEchoRequest = 2;
    private const int TypePacketIn = 10;
    private const byte V10 = 1;
    private const byte V13 = 4;
    private const int PacketInBytesMin10 = 18 + 14;
    private const int FlowModBytes10 = 80;
    private const int FlowModBytes13 = 104;

    /// <summary>1.0.0 section 5.3.3: ADD, wildcards all but in_port, dl_src and dl_dst, idle timeout 5, priority 100,
    /// no out_port; one action: output to 2.</summary>
    private static readonly byte[] FlowMod10 = Convert.FromHexString(
        "010e005000000000" + "003820f200000000" + "0000000000000000" + "0000000000000000" + "0000000000000000"
        + "0000000000000000" + "0000000000000000" + "0000000500000064" + "00000000ffff0000" + "0000000800020000");

    /// <summary>1.3.5 section 7.3.4.1: ADD to table 0, idle timeout 5, priority 100, any out_port and out_group; match
    /// of 32 bytes (in_port, eth_dst, eth_src) and 2 of padding; apply-actions, output to 2.</summary>
    private static readonly byte[] FlowMod13 = Convert.FromHexString(
        "040e006800000000" + "0000000000000000" + "0000000000000000" + "0000000500000064" + "00000000ffffffff"
        + "ffffffff00000000" + "0001002080000004" + "0000000080000606" + "0000000000008000" + "0806000000000000"
        + "0004001800000000" + "0000001000000002" + "ffff000000000000");

    /// <summary>Writes the answer to a message.</summary>
    /// <returns>How many bytes it has; 0: none.</returns>
    public static int Write(ReadOnlySpan<byte> message, Span<byte> answer)
    {
        switch (message[1])
        {
            case TypePacketIn when message[0] == V10:
                return Write10(message, answer);
            case TypePacketIn:
                return Write13(message, answer);
            case TypeEchoRequest:
                message.CopyTo(answer);
                answer[1] = TypeEchoRequest + 1;
                return message.Length;
            case TypeHello:
                return WriteHello(message[0] >= V13 ? V13 : V10, answer);
            default:
                return 0;
        }
    }

    /// <summary>A hello of the switch's version, and the question for its features.</summary>
    private static int WriteHello(byte version, Span<byte> answer)
    {
        ReadOnlySpan<byte> both = [version, 0, 0, 8, 0, 0, 0, 1, version, 5, 0, 8, 0, 0, 0, 2];
        both.CopyTo(answer);
        return both.Length;
    }

    private static int Write10(ReadOnlySpan<byte> packetIn, Span<byte> flowMod)
    {
        if (packetIn.Length < PacketInBytesMin10) return 0;
        FlowMod10.CopyTo(flowMod);
        Copy4(packetIn[4..], flowMod[4..]);
        Copy2(packetIn[14..], flowMod[12..]);
        Copy6(packetIn[24..], flowMod[14..]);
        Copy6(packetIn[18..], flowMod[20..]);
        Copy4(packetIn[8..], flowMod[64..]);
        return FlowModBytes10;
    }

    private static int Write13(ReadOnlySpan<byte> packetIn, Span<byte> flowMod)
    {
        int packetAt = 26 + ((BinaryPrimitives.ReadUInt16BigEndian(packetIn[26..]) + 7) & ~7);
        if (packetIn.Length < packetAt + 14) return 0;
        FlowMod13.CopyTo(flowMod);
        Copy4(packetIn[4..], flowMod[4..]);
        Copy4(packetIn[8..], flowMod[32..]);
        // The ingress port is the first of the match's fields, as switches send it (1.3.5 section 7.2.3.8).
        Copy4(packetIn[32..], flowMod[56..]);
        Copy6(packetIn[packetAt..], flowMod[64..]);
        Copy6(packetIn[(packetAt + 6)..], flowMod[74..]);
        return FlowModBytes13;
    }

    private static void Copy2(ReadOnlySpan<byte> from, Span<byte> to) =>
        Unsafe.WriteUnaligned(ref to[0], Unsafe.ReadUnaligned<ushort>(in from[0]));

    private static void Copy4(ReadOnlySpan<byte> from, Span<byte> to) =>
        Unsafe.WriteUnaligned(ref to[0], Unsafe.ReadUnaligned<uint>(in from[0]));

    private static void Copy6(ReadOnlySpan<byte> from, Span<byte> to)
    {
        Copy4(from, to);
        Copy2(from[4..], to[4..]);
    }
}
