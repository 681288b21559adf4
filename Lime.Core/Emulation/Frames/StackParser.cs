using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Frames;

/// <summary>Reads what rules of OpenFlow 1.3 match on from a frame: of several VLAN tags the outermost, and the type
/// behind them all (1.3.5 section 7.2.3.8); and the further fields.</summary>
/// <remarks>Pure.</remarks>
internal static class StackParser
{
    private const int TypeAt = 12;

    public static PacketFields Parse(PortNumber inPort, ReadOnlySpan<byte> frame)
    {
        if (IsOrdinary(frame)) return PacketParser.Parse(inPort, frame);
        HeaderStack stack = HeaderStack.Of(frame);
        byte[] untagged = [.. frame[..TypeAt], .. frame[stack.TypeOffset..]];
        PacketFields fields = PacketParser.Parse(inPort, untagged);
        ushort tag = BinaryPrimitives.ReadUInt16BigEndian(frame[(TypeAt + 2)..]);
        return fields with
        {
            W0 = fields.W0 | (uint)(tag & 0xfff) | PacketFields.VlanPresent,
            W1 = fields.W1 | ((ulong)(tag >> 13) << 8),
        };
    }

    /// <summary>Everything that a packet has beyond <see cref="PacketFields"/>.</summary>
    public static FurtherFields ParseFurther(ReadOnlySpan<byte> frame, ulong metadata, ulong tunnelId)
    {
        var fields = new List<OxmField> { Number(OxmId.Metadata, metadata, 8), Number(OxmId.TunnelId, tunnelId, 8) };
        HeaderStack stack = HeaderStack.Of(frame);
        ReadOnlySpan<byte> payload = frame[Math.Min(stack.PayloadOffset, frame.Length)..];
        if (stack.MplsOffset >= 0) AddMpls(fields, BinaryPrimitives.ReadUInt32BigEndian(payload));
        else if (stack.IsIpv6 && stack.IpOffset >= 0) AddIpv6(fields, frame, stack);
        else if (stack.EthType == FrameLayout.Arp && payload.Length >= 28) AddArp(fields, payload);
        else if (stack.EthType == HeaderStack.Pbb && payload.Length >= 4)
            fields.Add(OxmField.Of(OxmId.PbbServiceId, payload[1..4]));
        return FurtherFields.Of([.. fields]);
    }

    /// <summary>No tag, or one of 802.1Q.</summary>
    private static bool IsOrdinary(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < TypeAt + 2) return true;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[TypeAt..]);
        if (!HeaderStack.IsTag(type) || frame.Length < TypeAt + 6) return true;
        ushort inner = BinaryPrimitives.ReadUInt16BigEndian(frame[(TypeAt + 4)..]);
        return type == FrameLayout.Vlan && !HeaderStack.IsTag(inner);
    }

    private static void AddMpls(List<OxmField> fields, uint shim)
    {
        fields.Add(Number(OxmId.MplsLabel, shim >> 12, 4));
        fields.Add(Number(OxmId.MplsTrafficClass, (shim >> 9) & 7, 1));
        fields.Add(Number(OxmId.MplsBottomOfStack, (shim >> 8) & 1, 1));
    }

    private static void AddArp(List<OxmField> fields, ReadOnlySpan<byte> arp)
    {
        fields.Add(OxmField.Of(OxmId.ArpOpcode, arp[6..8]));
        fields.Add(OxmField.Of(OxmId.ArpSenderEth, arp[8..14]));
        fields.Add(OxmField.Of(OxmId.ArpTargetEth, arp[18..24]));
    }

    private static void AddIpv6(List<OxmField> fields, ReadOnlySpan<byte> frame, in HeaderStack stack)
    {
        ReadOnlySpan<byte> packet = frame[stack.IpOffset..];
        fields.Add(OxmField.Of(OxmId.Ipv6Source, packet[8..24]));
        fields.Add(OxmField.Of(OxmId.Ipv6Destination, packet[24..40]));
        fields.Add(Number(OxmId.Ipv6FlowLabel, BinaryPrimitives.ReadUInt32BigEndian(packet) & 0xf_ffff, 4));
        fields.Add(Number(OxmId.Ipv6ExtensionHeaders, ExtensionHeaders.Of(packet).Flags, 2));
        if (stack.Protocol != HeaderStack.Icmpv6 || stack.TransportOffset < 0) return;
        ReadOnlySpan<byte> message = frame[stack.TransportOffset..];
        fields.Add(OxmField.Of(OxmId.Icmpv6Type, message[..1]));
        fields.Add(OxmField.Of(OxmId.Icmpv6Code, message[1..2]));
        if (message[0] is NeighbourDiscovery.Solicitation or NeighbourDiscovery.Advertisement)
            AddNeighbourDiscovery(fields, message);
    }

    private static void AddNeighbourDiscovery(List<OxmField> fields, ReadOnlySpan<byte> message)
    {
        if (message.Length < NeighbourDiscovery.HeaderBytes) return;
        fields.Add(OxmField.Of(OxmId.Ipv6NdTarget, message[8..24]));
        bool isSolicitation = message[0] == NeighbourDiscovery.Solicitation;
        byte option = isSolicitation ? NeighbourDiscovery.SourceAddress : NeighbourDiscovery.TargetAddress;
        int at = NeighbourDiscovery.FindAddress(message, option);
        if (at < 0) return;
        OxmId id = isSolicitation ? OxmId.Ipv6NdSourceEth : OxmId.Ipv6NdTargetEth;
        fields.Add(OxmField.Of(id, message.Slice(at, 6)));
    }

    private static OxmField Number(OxmId id, ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        return OxmField.Of(id, all[(8 - bytes)..]);
    }
}
