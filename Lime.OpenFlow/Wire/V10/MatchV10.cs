using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Matches (ofp_match, OpenFlow 1.0.0 section 5.2.3).</summary>
/// <remarks><code>
///  0  wildcards:32
///  4  in_port:16     dl_src:48
/// 12  dl_dst:48      dl_vlan:16 (0xffff: untagged)
/// 20  dl_vlan_pcp:8  pad:8   dl_type:16
/// 24  nw_tos:8       nw_proto:8   pad:16
/// 28  nw_src:32
/// 32  nw_dst:32
/// 36  tp_src:16      tp_dst:16
/// </code>
/// Fields that are left out are zero when written, and not looked at when read. Of the VLAN id 12 bits
/// count, of its
/// priority 3, of the type of service the upper 6.</remarks>
internal static class MatchV10
{
    public const int SizeBytes = 40;

    /// <summary>OFP_VLAN_NONE: packets without a tag.</summary>
    private const ushort VlanNone = 0xffff;

    private const ushort VlanIdMask = 0x0fff;
    private const byte VlanPriorityMax = 7;
    private const byte TosMask = 0xfc;

    /// <summary>Checks that OpenFlow 1.0 can say the match.</summary>
    public static void Check(in Match match)
    {
        ref readonly PacketFields values = ref Match.ValuesOf(match);
        _ = WildcardsV10.Of(Match.MaskOf(match));
        if (match.HasFurther) throw LimitsV10.Unsupported($"Match.{match.Further[0]}");
        PortNumberV10.Check(values.InPort, "Match.InPort");
        ushort vlanId = values.VlanId;
        bool isVlanId = vlanId == 0 || (vlanId & ~VlanIdMask) == PacketFields.VlanPresent;
        if (!isVlanId) throw LimitsV10.Unsupported("Match.VlanId");
        if (values.VlanPriority > VlanPriorityMax) throw LimitsV10.Unsupported("Match.VlanPriority");
    }

    public static void Write(ref WireWriter writer, in Match match) => Write(writer.Take(SizeBytes), match);

    /// <summary>Writes it in words of eight bytes; what is not matched is zero in <see cref="Match.Values"/>.</summary>
    public static void Write(Span<byte> bytes, in Match match)
    {
        ref readonly PacketFields values = ref Match.ValuesOf(match);
        uint wildcards = WildcardsV10.Of(Match.MaskOf(match));
        ulong source = values.EthSource.Value;
        ulong destination = values.EthDestination.Value;
        ulong vlanId = (wildcards & WildcardsV10.VlanId) != 0 ? 0u : NarrowVlanId(values.VlanId);
        ulong word0 = ((ulong)wildcards << 32) | ((uint)(ushort)values.InPort.Value << 16) | (source >> 32);
        ulong word1 = (source << 32) | (destination >> 16);
        ulong word2 = (destination << 48) | (vlanId << 32) | ((uint)values.VlanPriority << 24) | values.EthType;
        ulong word3 = ((ulong)values.IpTos << 56) | ((ulong)values.IpProtocol << 48) | values.Ipv4Source.Value;
        ulong word4 = ((ulong)values.Ipv4Destination.Value << 32) | ((uint)values.TransportSource << 16)
            | values.TransportDestination;
        bytes = bytes[..SizeBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, word0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], word1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], word2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], word3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[32..], word4);
    }

    public static Match Read(ref WireReader reader)
    {
        uint wildcards = reader.ReadUInt32("ofp_match.wildcards");
        ulong inPort = ReadInPort(ref reader, wildcards).Value;
        ulong source = reader.ReadMac("ofp_match.dl_src").Value;
        ulong destination = reader.ReadMac("ofp_match.dl_dst").Value;
        ulong vlanId = WidenVlanId(reader.ReadUInt16("ofp_match.dl_vlan"));
        ulong vlanPriority = (uint)reader.ReadUInt8("ofp_match.dl_vlan_pcp") & VlanPriorityMax;
        reader.Skip(1, "ofp_match.pad1");
        ulong type = reader.ReadUInt16("ofp_match.dl_type");
        ulong tos = (uint)reader.ReadUInt8("ofp_match.nw_tos") & TosMask;
        ulong protocol = reader.ReadUInt8("ofp_match.nw_proto");
        reader.Skip(2, "ofp_match.pad2");
        ulong ipv4Source = reader.ReadUInt32("ofp_match.nw_src");
        ulong ipv4Destination = reader.ReadUInt32("ofp_match.nw_dst");
        ulong transportSource = reader.ReadUInt16("ofp_match.tp_src");
        ulong transportDestination = reader.ReadUInt16("ofp_match.tp_dst");
        var values = new PacketFields(
            (inPort << 32) | (type << 16) | vlanId,
            (source << 16) | (vlanPriority << 8) | protocol,
            (destination << 16) | (tos << 8),
            (ipv4Source << 32) | ipv4Destination,
            (transportSource << 48) | (transportDestination << 32));
        return new Match(values, WildcardsV10.MaskOf(wildcards));
    }

    private static PortNumber ReadInPort(ref WireReader reader, uint wildcards)
    {
        if ((wildcards & WildcardsV10.InPort) == 0)
            return PortNumberV10.Read(ref reader, "ofp_match.in_port");
        reader.Skip(2, "ofp_match.in_port");
        return default;
    }

    private static ushort NarrowVlanId(ushort vlanId) =>
        vlanId == 0 ? VlanNone : (ushort)(vlanId & VlanIdMask);

    private static ushort WidenVlanId(ushort wire) =>
        wire == VlanNone ? (ushort)0 : (ushort)((wire & VlanIdMask) | PacketFields.VlanPresent);
}
