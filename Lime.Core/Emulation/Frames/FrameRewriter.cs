using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Frames;

/// <summary>The actions of OpenFlow 1.0 that change headers (section 3.3, table 5), checksums kept
/// right.</summary>
/// <remarks>An action on a header that the frame has not does nothing. Checksums are changed, not computed
/// anew, so one that was wrong stays wrong.</remarks>
internal static class FrameRewriter
{
    private const int Ipv4Checksum = 10;
    private const int Ipv4Source = 12;
    private const int Ipv4Destination = 16;

    public static void Apply(in FlowAction action, ref WorkingFrame frame)
    {
        FrameLayout layout = FrameLayout.Of(frame.Bytes);
        if (frame.Bytes.Length < 14) return;
        switch (action.Kind)
        {
            case FlowActionKind.SetEthDestination:
                new MacAddress(action.Value).Write(frame.ForWriting());
                break;
            case FlowActionKind.SetEthSource:
                new MacAddress(action.Value).Write(frame.ForWriting()[6..]);
                break;
            case FlowActionKind.SetVlanId:
                SetTag(ref frame, layout, 0x0fff, (ushort)(action.Value & 0xfff));
                break;
            case FlowActionKind.SetVlanPriority:
                SetTag(ref frame, layout, 0xe000, (ushort)((action.Value & 7) << 13));
                break;
            case FlowActionKind.StripVlan:
                if (layout.IsTagged) frame.RemoveTag();
                break;
            default:
                ApplyToPacket(action, ref frame, layout);
                break;
        }
    }

    private static void ApplyToPacket(in FlowAction action, ref WorkingFrame frame, in FrameLayout layout)
    {
        if (layout.Ipv4Offset < 0) return;
        switch (action.Kind)
        {
            case FlowActionKind.SetIpv4Source:
                SetAddress(frame.ForWriting(), layout, Ipv4Source, (uint)action.Value);
                break;
            case FlowActionKind.SetIpv4Destination:
                SetAddress(frame.ForWriting(), layout, Ipv4Destination, (uint)action.Value);
                break;
            case FlowActionKind.SetIpTos:
                SetTos(frame.ForWriting(), layout, (byte)action.Value);
                break;
            case FlowActionKind.SetTransportSource:
                SetTransportPort(ref frame, layout, 0, (ushort)action.Value);
                break;
            case FlowActionKind.SetTransportDestination:
                SetTransportPort(ref frame, layout, 2, (ushort)action.Value);
                break;
        }
    }

    private static void SetTag(ref WorkingFrame frame, in FrameLayout layout, ushort mask, ushort bits)
    {
        if (!layout.IsTagged)
        {
            frame.InsertTag(bits);
            return;
        }
        Span<byte> tag = frame.ForWriting()[14..];
        int kept = BinaryPrimitives.ReadUInt16BigEndian(tag) & ~mask;
        BinaryPrimitives.WriteUInt16BigEndian(tag, (ushort)(kept | bits));
    }

    private static void SetAddress(Span<byte> frame, in FrameLayout layout, int offset, uint address)
    {
        for (int half = 0; half < 2; half++)
        {
            Span<byte> word = frame[(layout.Ipv4Offset + offset + (2 * half))..];
            ushort before = BinaryPrimitives.ReadUInt16BigEndian(word);
            var after = (ushort)(address >> (16 * (1 - half)));
            BinaryPrimitives.WriteUInt16BigEndian(word, after);
            ChangeChecksum(frame, layout.Ipv4Offset + Ipv4Checksum, before, after);
            ChangeTransportChecksum(frame, layout, before, after);
        }
    }

    private static void SetTos(Span<byte> frame, in FrameLayout layout, byte tos)
    {
        Span<byte> header = frame[layout.Ipv4Offset..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(header);
        header[1] = (byte)((tos & 0xfc) | (header[1] & 3));
        ChangeChecksum(frame, layout.Ipv4Offset + Ipv4Checksum, before,
            BinaryPrimitives.ReadUInt16BigEndian(header));
    }

    private static void SetTransportPort(
        ref WorkingFrame frame, in FrameLayout layout, int offset, ushort port)
    {
        if (layout.TransportOffset < 0 || layout.Protocol is not (FrameLayout.Tcp or FrameLayout.Udp)) return;
        Span<byte> bytes = frame.ForWriting();
        Span<byte> word = bytes[(layout.TransportOffset + offset)..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(word);
        BinaryPrimitives.WriteUInt16BigEndian(word, port);
        ChangeTransportChecksum(bytes, layout, before, port);
    }

    /// <summary>TCP and UDP count the addresses too (pseudo header); ICMP does not.</summary>
    private static void ChangeTransportChecksum(
        Span<byte> frame, in FrameLayout layout, ushort before, ushort after)
    {
        int offset = layout.TransportOffset;
        if (offset < 0) return;
        if (layout.Protocol == FrameLayout.Tcp) ChangeChecksum(frame, offset + 16, before, after);
        if (layout.Protocol == FrameLayout.Udp) ChangeUdpChecksum(frame[(offset + 6)..], before, after);
    }

    /// <summary>Zero means that the sender made no UDP checksum; one that comes to zero is sent as all ones
    /// (RFC 768).</summary>
    private static void ChangeUdpChecksum(Span<byte> checksum, ushort before, ushort after)
    {
        ushort present = BinaryPrimitives.ReadUInt16BigEndian(checksum);
        if (present == 0) return;
        ushort changed = InternetChecksum.Changed(present, before, after);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, changed == 0 ? ushort.MaxValue : changed);
    }

    private static void ChangeChecksum(Span<byte> frame, int offset, ushort before, ushort after)
    {
        ushort present = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[offset..],
            InternetChecksum.Changed(present, before, after));
    }
}
