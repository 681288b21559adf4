using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Cbench;

/// <summary>A packet-in whose frame is made once; what differs from one to the next is written over it.</summary>
/// <remarks>
/// The packet is 64 bytes of TCP. What differs: the xid and the buffer id (both the packet-in's id), the addresses, and
/// TCP's sequence number, which is the id again, so that an answer that returns the packet instead of naming the buffer
/// can be told too.
/// Threading: immutable.
/// </remarks>
internal sealed class PacketInTemplate
{
    /// <summary>Ids fit a buffer id, and none of them is OFP_NO_BUFFER.</summary>
    public const uint IdMax = 0xffff_fffe;

    /// <summary>Where the sequence number is in the packet.</summary>
    public const int MarkAt = 38;

    private const int PacketBytes = 64;
    private const int IdsAt = 4;

    private readonly OpenFlowCodec _codec;
    private readonly byte[] _frame;
    private readonly int _addressAt;
    private readonly int _markAt;

    private PacketInTemplate(OpenFlowVersion version)
    {
        _codec = OpenFlowCodecs.For(version);
        _frame = FrameOf(_codec, new PacketIn
        {
            BufferId = new BufferId(1),
            InPort = new PortNumber(SwitchIdentity.InPort),
            TotalBytes = PacketBytes,
            Data = TcpPacket(),
        });
        int packetAt = _frame.Length - PacketBytes;
        // The last two bytes of the destination, then the source: eight bytes in one.
        _addressAt = packetAt + 4;
        _markAt = packetAt + MarkAt;
    }

    public int FrameBytes => _frame.Length;

    public static PacketInTemplate Of(OpenFlowVersion version) => new(version);

    /// <summary>As many frames as fit, for <see cref="Patch"/>.</summary>
    public byte[] CreateBlock(int bytes)
    {
        var block = new byte[bytes / FrameBytes * FrameBytes];
        for (int at = 0; at < block.Length; at += FrameBytes) _frame.CopyTo(block.AsSpan(at));
        return block;
    }

    /// <summary>Makes the first frames of a block those of consecutive ids.</summary>
    /// <param name="block">One of <see cref="CreateBlock"/>, used for any switch before.</param>
    /// <param name="identity">Whose packets.</param>
    /// <param name="firstId">The first frame's id.</param>
    /// <param name="count">How many frames.</param>
    public void Patch(Span<byte> block, in SwitchIdentity identity, uint firstId, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, block.Length / FrameBytes);
        ref byte frame = ref MemoryMarshal.GetReference(block);
        uint address = identity.AddressOf(firstId);
        ulong ends = (identity.Low << 48) | identity.Low;
        for (uint id = firstId; id != firstId + (uint)count; id++)
        {
            Write(ref Unsafe.Add(ref frame, IdsAt), ((ulong)id << 32) | id);
            Write(ref Unsafe.Add(ref frame, _addressAt), ends | ((ulong)address << 16));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref frame, _markAt), BinaryPrimitives.ReverseEndianness(id));
            frame = ref Unsafe.Add(ref frame, FrameBytes);
            if (++address == identity.Addresses) address = 0;
        }
    }

    /// <summary>The packet-in that tells a learning controller where the packets' destination is: a gratuitous ARP
    /// reply from it.</summary>
    public byte[] Teach(in SwitchIdentity identity)
    {
        var packet = new byte[PacketBytes];
        BinaryPrimitives.WriteUInt64BigEndian(packet, 0xffff_ffff_ffff_0000);
        BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(6), identity.Destination << 16);
        ReadOnlySpan<byte> arpReply = [0x08, 0x06, 0, 1, 0x08, 0x00, 6, 4, 0, 2];
        arpReply.CopyTo(packet.AsSpan(12));
        for (int at = 22; at <= 32; at += 10)
        {
            BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(at), identity.Destination << 16);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(at + 6), 0x0a01_0000 | (uint)identity.Low);
        }
        return FrameOf(_codec, new PacketIn
        {
            BufferId = BufferId.None,
            InPort = new PortNumber(SwitchIdentity.TaughtPort),
            TotalBytes = PacketBytes,
            Data = packet,
        });
    }

    private static void Write(ref byte at, ulong value) =>
        Unsafe.WriteUnaligned(ref at, BinaryPrimitives.ReverseEndianness(value));

    private static byte[] FrameOf(OpenFlowCodec codec, in PacketIn packetIn)
    {
        var frame = new byte[codec.SizeOf(packetIn)];
        codec.Write(frame, default, packetIn);
        return frame;
    }

    private static byte[] TcpPacket()
    {
        var packet = new byte[PacketBytes];
        packet[0] = 0x80;
        packet[12] = 0x08;
        // IPv4, 50 bytes, TTL 64, TCP, 10.0.0.1 to 10.1.0.1; the checksum is that of these bytes.
        ReadOnlySpan<byte> ip = [0x45, 0, 0, 50, 0, 0, 0, 0, 64, 6, 0x66, 0xc4, 10, 0, 0, 1, 10, 1, 0, 1];
        ip.CopyTo(packet.AsSpan(14));
        ReadOnlySpan<byte> ports = [0x7a, 0x18, 0x00, 0x50];
        ports.CopyTo(packet.AsSpan(34));
        packet[46] = 0x50;
        return packet;
    }
}
