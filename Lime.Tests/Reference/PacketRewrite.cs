using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Tests.Reference;

/// <summary>What actions do to a packet (1.0.0 section 3.3, 1.3.5 section 5.12).</summary>
internal static class PacketRewrite
{
    private const int TagAt = 12;

    /// <summary>The packet after an action that changes it; the same where the packet lacks the header.</summary>
    public static ReferencePacket Rewrite(this ReferencePacket packet, in FlowAction action) => action.Kind switch
    {
        FlowActionKind.SetVlanId => packet.WithTag().SetTag((ushort)action.Value, 0xfff),
        FlowActionKind.SetVlanPriority => packet.WithTag().SetTag((ushort)(action.Value << 13), 0xe000),
        FlowActionKind.StripVlan => packet.PopTag(),
        FlowActionKind.PushVlan => packet.PushTag((ushort)action.Value),
        FlowActionKind.SetEthSource => packet.Set(OxmId.EthSource, action.Value),
        FlowActionKind.SetEthDestination => packet.Set(OxmId.EthDestination, action.Value),
        FlowActionKind.SetIpv4Source => packet.Set(OxmId.Ipv4Source, action.Value),
        FlowActionKind.SetIpv4Destination => packet.Set(OxmId.Ipv4Destination, action.Value),
        FlowActionKind.SetIpTos => packet.Set(OxmId.IpDscp, action.Value >> 2),
        FlowActionKind.SetTransportSource => packet.SetPort(action.Value, isSource: true),
        FlowActionKind.SetTransportDestination => packet.SetPort(action.Value, isSource: false),
        FlowActionKind.SetIpTtl => packet.SetTtl((byte)action.Value),
        FlowActionKind.SetField when OxmField.FromBytes(action.Bytes) is { Id: { } id } field =>
            packet.Set(id, FieldTests.Number(field.Value)),
        _ => packet,
    };

    public static ReferencePacket Set(this ReferencePacket packet, OxmId field, UInt128 value)
    {
        // Every packet has a VLAN id, if only OFPVID_NONE.
        bool isThere = packet.Fields(0, 0).ContainsKey(field) && (field != OxmId.VlanId || packet.IsTagged);
        if (!isThere) return packet;
        int network = packet.Network, transport = packet.Transport;
        bool isIpv4 = packet.EthType == ReferencePacket.Ipv4;
        return field switch
        {
            OxmId.EthDestination => packet.Write(0, Bytes(value, 6)),
            OxmId.EthSource => packet.Write(6, Bytes(value, 6)),
            OxmId.VlanId => packet.SetTag((ushort)value, 0xfff),
            OxmId.VlanPriority => packet.SetTag((ushort)((uint)value << 13), 0xe000),
            OxmId.IpDscp => packet.SetService((uint)value << 2, 0xfc),
            OxmId.IpEcn => packet.SetService((uint)value, 3),
            OxmId.Ipv4Source => packet.SetAddress(network + 12, Bytes(value, 4), [network + 10]),
            OxmId.Ipv4Destination => packet.SetAddress(network + 16, Bytes(value, 4), [network + 10]),
            OxmId.Ipv6Source => packet.SetAddress(network + 8, Bytes(value, 16), []),
            OxmId.Ipv6Destination => packet.SetAddress(network + 24, Bytes(value, 16), []),
            OxmId.Ipv6FlowLabel when !isIpv4 =>
                packet.Write(network, Bytes(((uint)packet.Word(network) << 16 & 0xfff00000) | value, 4)),
            OxmId.TcpSource or OxmId.UdpSource => packet.SetTransport(transport, Bytes(value, 2)),
            OxmId.TcpDestination or OxmId.UdpDestination => packet.SetTransport(transport + 2, Bytes(value, 2)),
            OxmId.Icmpv4Type or OxmId.Icmpv6Type => packet.SetTransport(transport, Bytes(value, 1)),
            OxmId.Icmpv4Code or OxmId.Icmpv6Code => packet.SetTransport(transport + 1, Bytes(value, 1)),
            OxmId.ArpOpcode => packet.Write(network + 6, Bytes(value, 2)),
            OxmId.ArpSenderEth => packet.Write(network + 8, Bytes(value, 6)),
            OxmId.ArpSenderIpv4 => packet.Write(network + 14, Bytes(value, 4)),
            OxmId.ArpTargetEth => packet.Write(network + 18, Bytes(value, 6)),
            OxmId.ArpTargetIpv4 => packet.Write(network + 24, Bytes(value, 4)),
            _ => packet,
        };
    }

    /// <summary>The TTL (IPv6: hop limit); null without an IP header.</summary>
    public static int? Ttl(this ReferencePacket packet) => !packet.IsIp
        ? null
        : packet.Byte(packet.Network + (packet.EthType == ReferencePacket.Ipv4 ? 8 : 7));

    public static ReferencePacket SetTtl(this ReferencePacket packet, byte ttl) => !packet.IsIp
        ? packet
        : packet.EthType == ReferencePacket.Ipv4
            ? packet.Write(packet.Network + 8, [ttl], packet.Network + 10)
            : packet.Write(packet.Network + 7, [ttl]);

    /// <summary>A new outermost tag, with id and priority of the one that was outermost or zeros (1.3.5 section
    /// 5.12.1).</summary>
    public static ReferencePacket PushTag(this ReferencePacket packet, ushort type)
    {
        ushort tag = packet.IsTagged ? packet.Word(TagAt + 2) : (ushort)0;
        byte[] added = [.. Bytes(type, 2), .. Bytes(tag, 2)];
        return new ReferencePacket(packet.Bytes.InsertRange(TagAt, added.AsSpan()), packet.SkipsAllTags);
    }

    private static ReferencePacket PopTag(this ReferencePacket packet) => packet.IsTagged
        ? new ReferencePacket(packet.Bytes.RemoveRange(TagAt, 4), packet.SkipsAllTags)
        : packet;

    private static ReferencePacket WithTag(this ReferencePacket packet) =>
        packet.IsTagged ? packet : packet.PushTag(ReferencePacket.Vlan);

    private static ReferencePacket SetTag(this ReferencePacket packet, ushort bits, ushort mask) =>
        packet.Write(TagAt + 2, Bytes((UInt128)((packet.Word(TagAt + 2) & ~mask) | (bits & mask)), 2));

    private static ReferencePacket SetService(this ReferencePacket packet, uint bits, uint mask)
    {
        int at = packet.Network;
        if (packet.EthType == ReferencePacket.Ipv4)
            return packet.Write(at + 1, [(byte)(((uint)packet.Byte(at + 1) & ~mask) | bits)], at + 10);
        return packet.Write(at, Bytes((packet.Word(at) & ~(mask << 4)) | (bits << 4), 2));
    }

    /// <summary>An address is in the checksum of TCP, UDP and ICMPv6 too (pseudo header).</summary>
    private static ReferencePacket SetAddress(
        this ReferencePacket packet, int at, ReadOnlySpan<byte> value, ReadOnlySpan<int> checksums)
    {
        if (packet.TransportChecksum() is not { } place || packet.Protocol == 1) return packet.Write(at, value, checksums);
        return packet.Write(at, value, [.. checksums, place]).WithUdpChecksum();
    }

    private static ReferencePacket SetTransport(this ReferencePacket packet, int at, ReadOnlySpan<byte> value)
    {
        if (packet.IsLaterFragment) return packet;
        return packet.TransportChecksum() is { } place
            ? packet.Write(at, value, place).WithUdpChecksum()
            : packet.Write(at, value);
    }

    private static ReferencePacket SetPort(this ReferencePacket packet, UInt128 value, bool isSource)
    {
        bool hasPorts = packet.Protocol is 6 or 17;
        if (!hasPorts || FieldTests.TransportFields(packet.Protocol, false) is not { } ports) return packet;
        return packet.Set(isSource ? ports.Source : ports.Destination, value);
    }

    /// <summary>Where the transport checksum lies; null if there is none: a zero of UDP says that it was not
    /// computed.</summary>
    private static int? TransportChecksum(this ReferencePacket packet)
    {
        int at = packet.Protocol switch
        {
            6 => packet.Transport + 16,
            17 => packet.Transport + 6,
            1 or 58 => packet.Transport + 2,
            _ => -1,
        };
        bool isThere = at >= 0 && !packet.IsLaterFragment && packet.Has(at, 2);
        return !isThere || (packet.Protocol == 17 && packet.Word(at) == 0) ? null : at;
    }

    /// <summary>A checksum of UDP that comes out as zero is sent as all ones (RFC 768).</summary>
    private static ReferencePacket WithUdpChecksum(this ReferencePacket packet)
    {
        int at = packet.Transport + 6;
        return packet.Protocol == 17 && packet.Word(at) == 0 ? packet.Write(at, [0xff, 0xff]) : packet;
    }

    private static byte[] Bytes(UInt128 value, int count)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes[^count..];
    }
}
