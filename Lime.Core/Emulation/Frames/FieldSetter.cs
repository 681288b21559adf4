using System.Buffers.Binary;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Frames;

/// <summary>Set-field of OpenFlow 1.3 (section 5.12, OFPAT_SET_FIELD), checksums kept right.</summary>
/// <remarks>A field of a header that the frame has not is left. Checksums are changed, not computed anew, so one that
/// was wrong stays wrong.</remarks>
internal static class FieldSetter
{
    public static void Set(OxmField field, ref WorkingFrame frame)
    {
        HeaderStack stack = HeaderStack.Of(frame.Bytes);
        if (frame.Bytes.Length < 14) return;
        switch (field.Id)
        {
            case OxmId.EthDestination:
                field.Value.CopyTo(frame.ForWriting());
                break;
            case OxmId.EthSource:
                field.Value.CopyTo(frame.ForWriting()[6..]);
                break;
            case OxmId.VlanId:
                if (stack.TagCount > 0) Put(frame.ForWriting(), 14, 0x0fff, U16(field.Value) & 0xfff);
                break;
            case OxmId.VlanPriority:
                if (stack.TagCount > 0) Put(frame.ForWriting(), 14, 0xe000, field.Value[0] << 13);
                break;
            case OxmId.MplsLabel or OxmId.MplsTrafficClass or OxmId.MplsBottomOfStack:
                if (stack.MplsOffset >= 0) SetMpls(field, frame.ForWriting()[stack.MplsOffset..]);
                break;
            case OxmId.PbbServiceId:
                bool isPbb = stack.EthType == HeaderStack.Pbb && frame.Bytes.Length >= stack.PayloadOffset + 4;
                if (isPbb) field.Value.CopyTo(frame.ForWriting()[(stack.PayloadOffset + 1)..]);
                break;
            case OxmId.ArpOpcode or OxmId.ArpSenderIpv4 or OxmId.ArpTargetIpv4 or OxmId.ArpSenderEth
                or OxmId.ArpTargetEth:
                SetArp(field, ref frame, stack);
                break;
            default:
                if (stack.IpOffset >= 0) SetIp(field, ref frame, stack);
                break;
        }
    }

    private static void SetArp(OxmField field, ref WorkingFrame frame, in HeaderStack stack)
    {
        bool isArp = stack.EthType == FrameLayout.Arp && frame.Bytes.Length >= stack.PayloadOffset + 28;
        if (!isArp) return;
        int offset = field.Id switch
        {
            OxmId.ArpOpcode => 6,
            OxmId.ArpSenderEth => 8,
            OxmId.ArpSenderIpv4 => 14,
            OxmId.ArpTargetEth => 18,
            _ => 24,
        };
        field.Value.CopyTo(frame.ForWriting()[(stack.PayloadOffset + offset)..]);
    }

    private static void SetMpls(OxmField field, Span<byte> shim)
    {
        uint word = BinaryPrimitives.ReadUInt32BigEndian(shim);
        word = field.Id switch
        {
            OxmId.MplsLabel => (word & 0xfff) | (BinaryPrimitives.ReadUInt32BigEndian(field.Value) << 12),
            OxmId.MplsTrafficClass => (word & ~0xe00u) | ((uint)(field.Value[0] & 7) << 9),
            _ => (word & ~0x100u) | ((uint)(field.Value[0] & 1) << 8),
        };
        BinaryPrimitives.WriteUInt32BigEndian(shim, word);
    }

    private static void SetIp(OxmField field, ref WorkingFrame frame, in HeaderStack stack)
    {
        int ip = stack.IpOffset;
        var edit = new ChecksumEdit(stack);
        switch (field.Id)
        {
            case OxmId.IpDscp:
                edit.SetTrafficClass(frame.ForWriting(), 0xfc, field.Value[0] << 2);
                break;
            case OxmId.IpEcn:
                edit.SetTrafficClass(frame.ForWriting(), 0x03, field.Value[0]);
                break;
            case OxmId.Ipv4Source when !stack.IsIpv6:
                edit.SetAddress(frame.ForWriting(), ip + 12, field.Value);
                break;
            case OxmId.Ipv4Destination when !stack.IsIpv6:
                edit.SetAddress(frame.ForWriting(), ip + 16, field.Value);
                break;
            case OxmId.Ipv6Source when stack.IsIpv6:
                edit.SetAddress(frame.ForWriting(), ip + 8, field.Value);
                break;
            case OxmId.Ipv6Destination when stack.IsIpv6:
                edit.SetAddress(frame.ForWriting(), ip + 24, field.Value);
                break;
            case OxmId.Ipv6FlowLabel when stack.IsIpv6:
                Span<byte> header = frame.ForWriting()[ip..];
                uint label = BinaryPrimitives.ReadUInt32BigEndian(field.Value) & 0xf_ffff;
                uint first = BinaryPrimitives.ReadUInt32BigEndian(header) & 0xfff0_0000;
                BinaryPrimitives.WriteUInt32BigEndian(header, first | label);
                break;
            default:
                if (stack.TransportOffset >= 0) SetTransport(field, ref frame, stack);
                break;
        }
    }

    private static void SetTransport(OxmField field, ref WorkingFrame frame, in HeaderStack stack)
    {
        int at = stack.TransportOffset;
        var edit = new ChecksumEdit(stack);
        switch (field.Id, stack.Protocol)
        {
            case (OxmId.TcpSource, FrameLayout.Tcp) or (OxmId.UdpSource, FrameLayout.Udp):
            case (OxmId.SctpSource, HeaderStack.Sctp):
                edit.SetPort(frame.ForWriting(), at, U16(field.Value));
                break;
            case (OxmId.TcpDestination, FrameLayout.Tcp) or (OxmId.UdpDestination, FrameLayout.Udp):
            case (OxmId.SctpDestination, HeaderStack.Sctp):
                edit.SetPort(frame.ForWriting(), at + 2, U16(field.Value));
                break;
            case (OxmId.Icmpv4Type, FrameLayout.Icmp) when !stack.IsIpv6:
            case (OxmId.Icmpv6Type, HeaderStack.Icmpv6) when stack.IsIpv6:
                edit.SetMessageByte(frame.ForWriting(), at, field.Value[0]);
                break;
            case (OxmId.Icmpv4Code, FrameLayout.Icmp) when !stack.IsIpv6:
            case (OxmId.Icmpv6Code, HeaderStack.Icmpv6) when stack.IsIpv6:
                edit.SetMessageByte(frame.ForWriting(), at + 1, field.Value[0]);
                break;
            default:
                if (stack.IsIpv6 && stack.Protocol == HeaderStack.Icmpv6) SetDiscovery(field, ref frame, stack);
                break;
        }
    }

    private static void SetDiscovery(OxmField field, ref WorkingFrame frame, in HeaderStack stack)
    {
        ReadOnlySpan<byte> message = frame.Bytes.AsSpan(stack.TransportOffset);
        if (message.Length < NeighbourDiscovery.HeaderBytes) return;
        int at = (field.Id, message[0]) switch
        {
            (OxmId.Ipv6NdTarget, NeighbourDiscovery.Solicitation or NeighbourDiscovery.Advertisement) => 8,
            (OxmId.Ipv6NdSourceEth, NeighbourDiscovery.Solicitation) =>
                NeighbourDiscovery.FindAddress(message, NeighbourDiscovery.SourceAddress),
            (OxmId.Ipv6NdTargetEth, NeighbourDiscovery.Advertisement) =>
                NeighbourDiscovery.FindAddress(message, NeighbourDiscovery.TargetAddress),
            _ => -1,
        };
        if (at < 0) return;
        new ChecksumEdit(stack).SetMessageBytes(frame.ForWriting(), stack.TransportOffset + at, field.Value);
    }

    private static void Put(Span<byte> frame, int offset, int mask, int bits)
    {
        Span<byte> word = frame[offset..];
        int kept = U16(word) & ~mask;
        BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)(kept | (bits & mask)));
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
