using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>A packet's bytes as actions leave them, so that later tables, and apps, meet what a switch would show
/// them.</summary>
/// <remarks>Knows the actions on one VLAN tag, Ethernet, IPv4, TCP and UDP. After any other that changes a packet
/// <see cref="IsKnown"/> is false: what it is like then only a switch knows. The packet given is never written to.
/// Threading: the owner loop's; one a packet.</remarks>
internal sealed class FrameEdit(byte[] frame)
{
    private const ushort Vlan = 0x8100;
    private const int TypeOffset = 12;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private bool _isOwn;

    /// <summary>Whether <see cref="Bytes"/> are what a switch would have.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary>The packet as it is now; not written to afterwards.</summary>
    public byte[] Bytes
    {
        get
        {
            _isOwn = false;
            return frame;
        }
    }

    /// <summary>How long the packet is now.</summary>
    public int Length => frame.Length;

    /// <summary>Whether an action changes the packet, rather than sends it.</summary>
    public static bool Changes(in FlowAction action) => action.Kind is not (
        FlowActionKind.Output or FlowActionKind.Enqueue or FlowActionKind.Group or FlowActionKind.SetQueue);

    /// <summary>Does an action that changes the packet; others change nothing.</summary>
    public void Apply(in FlowAction action)
    {
        if (!IsKnown || !Changes(action)) return;
        if (frame.Length < TypeOffset + 2) IsKnown = false;
        else if (action.Kind == FlowActionKind.SetField) Set(OxmField.FromBytes(action.Bytes));
        else ApplyKind(action);
    }

    private void ApplyKind(in FlowAction action)
    {
        switch (action.Kind)
        {
            case FlowActionKind.SetEthDestination:
                WriteAddress(0, action.Value);
                break;
            case FlowActionKind.SetEthSource:
                WriteAddress(6, action.Value);
                break;
            case FlowActionKind.SetVlanId:
                // In 1.0 an untagged packet gets a tag (OpenFlow 1.0.0 section 5.2.4).
                if (!IsTagged) Insert(Vlan);
                SetTag(0x0fff, (ushort)action.Value);
                break;
            case FlowActionKind.SetVlanPriority:
                if (!IsTagged) Insert(Vlan);
                SetTag(0xe000, (ushort)(action.Value << 13));
                break;
            case FlowActionKind.PushVlan:
                IsKnown = !IsTagged && action.Value == Vlan;
                if (IsKnown) Insert(Vlan);
                break;
            case FlowActionKind.StripVlan:
                if (IsTagged) Remove();
                break;
            case FlowActionKind.SetTransportSource or FlowActionKind.SetTransportDestination:
                SetPort(action.Kind == FlowActionKind.SetTransportSource ? 0 : 2, (ushort)action.Value, null);
                break;
            default:
                ApplyToIp(action);
                break;
        }
    }

    private void ApplyToIp(in FlowAction action)
    {
        bool isIpv4 = IpOffset >= 0;
        bool isOfIp = action.Kind is FlowActionKind.SetIpTos or FlowActionKind.SetIpTtl
            or FlowActionKind.DecrementIpTtl;
        if (isOfIp && !isIpv4 && !IsIpv6) return;
        switch (action.Kind)
        {
            case FlowActionKind.SetIpv4Source:
                if (isIpv4) SetIpAddress(12, (uint)action.Value);
                break;
            case FlowActionKind.SetIpv4Destination:
                if (isIpv4) SetIpAddress(16, (uint)action.Value);
                break;
            case FlowActionKind.SetIpTos when isIpv4:
                SetIpWord(0, 0x00fc, (ushort)action.Value);
                break;
            case FlowActionKind.SetIpTtl when isIpv4:
                SetIpWord(8, 0xff00, (ushort)(action.Value << 8));
                break;
            case FlowActionKind.DecrementIpTtl when isIpv4 && frame[IpOffset + 8] > 1:
                SetIpWord(8, 0xff00, (ushort)((frame[IpOffset + 8] - 1) << 8));
                break;
            default:
                IsKnown = false;
                break;
        }
    }

    private void Set(OxmField field)
    {
        switch (field.Id)
        {
            case OxmId.VlanId:
                if (IsTagged) SetTag(0x0fff, BinaryPrimitives.ReadUInt16BigEndian(field.Value));
                break;
            case OxmId.VlanPriority:
                if (IsTagged) SetTag(0xe000, (ushort)(field.Value[0] << 13));
                break;
            case OxmId.IpEcn when !IsIpv6:
                if (IpOffset >= 0) SetIpWord(0, 0x0003, field.Value[0]);
                break;
            case OxmId.TcpSource or OxmId.TcpDestination:
                SetPort(
                    field.Id == OxmId.TcpSource ? 0 : 2, BinaryPrimitives.ReadUInt16BigEndian(field.Value), Tcp);
                break;
            case OxmId.UdpSource or OxmId.UdpDestination:
                SetPort(
                    field.Id == OxmId.UdpSource ? 0 : 2, BinaryPrimitives.ReadUInt16BigEndian(field.Value), Udp);
                break;
            default:
                IsKnown = false;
                break;
        }
    }

    private bool IsTagged => frame.Length >= 18 && U16(TypeOffset) == Vlan;

    private int PayloadOffset => IsTagged ? 18 : 14;

    private bool IsIpv6 => U16(PayloadOffset - 2) == 0x86dd;

    /// <summary>Where the IPv4 header begins; negative: there is none.</summary>
    private int IpOffset
    {
        get
        {
            int at = PayloadOffset;
            bool isIpv4 = frame.Length >= at + 20 && U16(at - 2) == 0x0800 && (frame[at] & 15) >= 5;
            return isIpv4 ? at : -1;
        }
    }

    private int U16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(offset));

    private Span<byte> ForWriting()
    {
        if (_isOwn) return frame;
        frame = frame.AsSpan().ToArray();
        _isOwn = true;
        return frame;
    }

    private void WriteAddress(int offset, ulong address)
    {
        Span<byte> bytes = ForWriting();
        for (int i = 0; i < 6; i++) bytes[offset + i] = (byte)(address >> (40 - (8 * i)));
    }

    private void Insert(ushort type)
    {
        var tagged = new byte[frame.Length + 4];
        frame.AsSpan(0, TypeOffset).CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(TypeOffset), type);
        frame.AsSpan(TypeOffset).CopyTo(tagged.AsSpan(TypeOffset + 4));
        frame = tagged;
        _isOwn = true;
    }

    private void Remove()
    {
        var untagged = new byte[frame.Length - 4];
        frame.AsSpan(0, TypeOffset).CopyTo(untagged);
        frame.AsSpan(TypeOffset + 4).CopyTo(untagged.AsSpan(TypeOffset));
        frame = untagged;
        _isOwn = true;
    }

    private void SetTag(ushort mask, ushort bits) => Put(TypeOffset + 2, mask, bits);

    private void SetIpWord(int offset, ushort mask, ushort bits)
    {
        int at = IpOffset;
        int before = U16(at + offset);
        Put(at + offset, mask, bits);
        Correct(at + 10, before, U16(at + offset));
    }

    private void SetIpAddress(int offset, uint address)
    {
        int at = IpOffset;
        int checksum = TransportChecksumOffset();
        for (int i = 0; i < 4; i += 2)
        {
            int before = U16(at + offset + i);
            Put(at + offset + i, 0xffff, (ushort)(address >> (16 - (8 * i))));
            Correct(at + 10, before, U16(at + offset + i));
            // The pseudo header is part of it (RFC 9293 section 3.1, RFC 768).
            if (checksum >= 0) Correct(checksum, before, U16(at + offset + i));
        }
    }

    private void SetPort(int offset, ushort port, byte? protocol)
    {
        int at = TransportOffset();
        if (at < 0 || (protocol is { } wanted && frame[IpOffset + 9] != wanted))
        {
            // Over IPv6 there may be one; without IP there is nothing to set.
            IsKnown = !IsIpv6;
            return;
        }
        int checksum = TransportChecksumOffset();
        int before = U16(at + offset);
        Put(at + offset, 0xffff, port);
        if (checksum >= 0) Correct(checksum, before, port);
    }

    /// <summary>Where the TCP or UDP header is; negative: there is none here.</summary>
    private int TransportOffset()
    {
        int ip = IpOffset;
        if (ip < 0 || (U16(ip + 6) & 0x1fff) != 0 || frame[ip + 9] is not (Tcp or Udp)) return -1;
        int at = ip + ((frame[ip] & 15) * 4);
        return frame.Length >= at + 8 ? at : -1;
    }

    /// <summary>Where its checksum is; negative: there is none, or UDP says that none was computed.</summary>
    private int TransportChecksumOffset()
    {
        int at = TransportOffset();
        if (at < 0) return -1;
        int checksum = at + (frame[IpOffset + 9] == Tcp ? 16 : 6);
        bool isComputed = frame.Length >= checksum + 2 && (frame[IpOffset + 9] == Tcp || U16(checksum) != 0);
        return isComputed ? checksum : -1;
    }

    private void Put(int offset, ushort mask, ushort bits)
    {
        int kept = U16(offset) & ~mask;
        BinaryPrimitives.WriteUInt16BigEndian(ForWriting()[offset..], (ushort)(kept | (bits & mask)));
    }

    /// <summary>Changes a checksum for one word that has changed (RFC 1624, equation 3).</summary>
    private void Correct(int checksumOffset, int before, int after)
    {
        int sum = (~U16(checksumOffset) & 0xffff) + (~before & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        int checksum = ~sum & 0xffff;
        // All zeros would say that UDP computed none.
        bool isUdp = checksumOffset != IpOffset + 10 && frame[IpOffset + 9] == Udp;
        if (isUdp && checksum == 0) checksum = 0xffff;
        Put(checksumOffset, 0xffff, (ushort)checksum);
    }
}
