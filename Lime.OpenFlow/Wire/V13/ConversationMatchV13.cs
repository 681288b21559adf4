using System.Buffers.Binary;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The match on all that an untagged packet of TCP or UDP over IPv4 has, which is what a reactive app asks for
/// in most of its rules: every field in full, so every field has its fixed place.</summary>
/// <remarks><code>
///  0  type:16 (1)     length:16 (82)   0x80000004   in_port:32
/// 12  0x80000606      eth_dst:48       0x80000806   eth_src:48
/// 32  0x80000a02      eth_type:16      0x80000c02   vlan_vid:16 (0: no tag)
/// 44  0x80001001      ip_dscp:8        0x80001401   ip_proto:8
/// 54  0x80001604      ipv4_src:32      0x80001804   ipv4_dst:32
/// 70  0x80001a02      tcp_src:16       0x80001c02   tcp_dst:16      pad:48
///     (UDP: 0x80001e02, 0x80002002)
/// </code>
/// The same bytes as <see cref="MatchV13"/> writes field by field. Pure.</remarks>
internal static class ConversationMatchV13
{
    public const int SizeBytes = 88;

    private const byte Tcp = 6;
    private const byte Udp = 17;

    /// <summary>Whether it is such a match.</summary>
    public static bool Fits(in Match match)
    {
        ref readonly PacketFields mask = ref Match.MaskOf(match);
        ref readonly PacketFields values = ref Match.ValuesOf(match);
        bool isWhole = mask.W0 == ulong.MaxValue && mask.W1 == ~FieldMasks.VlanPriority.W1
            && mask.W2 == FieldMasks.All.W2 && mask.W3 == ulong.MaxValue && mask.W4 == FieldMasks.All.W4;
        return isWhole && !match.HasFurther && (uint)values.W0 == (uint)PrerequisitesV13.EthTypeIpv4 << 16
            && (byte)values.W1 is Tcp or Udp;
    }

    /// <summary>Writes it, in words of eight bytes.</summary>
    public static void Write(Span<byte> bytes, in Match match)
    {
        ref readonly PacketFields values = ref Match.ValuesOf(match);
        ulong service = (values.W2 >> 10) & 0x3f;
        ulong protocol = (byte)values.W1;
        ulong source = (values.W4 >> 48) << 32;
        ulong destination = (values.W4 >> 32) << 48;
        bytes = bytes[..SizeBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, 0x0001_0052_8000_0004);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (values.W0 & 0xffff_ffff_0000_0000) | 0x8000_0606);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], (values.W2 & 0xffff_ffff_ffff_0000) | 0x8000);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], 0x0806_0000_0000_0000 | (values.W1 >> 16));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[32..], 0x8000_0a02_0800_8000);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[40..], 0x0c02_0000_8000_1001);
        BinaryPrimitives.WriteUInt64BigEndian(
            bytes[48..], (service << 56) | 0x0080_0014_0100_8000 | (protocol << 16));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[56..], 0x1604_0000_0000_8000 | ((values.W3 >> 32) << 16));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[64..], 0x1804_0000_0000_8000 | ((ulong)(uint)values.W3 << 16));
        ulong ports = protocol == Tcp ? 0x1a02_0000_8000_1c02ul : 0x1e02_0000_8000_2002ul;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[72..], ports | source);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[80..], destination);
    }
}
