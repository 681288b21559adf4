using System.Collections.Frozen;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>The match fields that an emulated switch knows, how wide they are, and which of them actions can set
/// (1.3.5 section 7.2.3.7).</summary>
internal static class SettableFields
{
    /// <summary>Bits of each field that may be matched.</summary>
    public static FrozenDictionary<OxmId, int> BitsOf { get; } = new Dictionary<OxmId, int>
    {
        [OxmId.InPort] = 32,
        [OxmId.Metadata] = 64,
        [OxmId.EthDestination] = 48,
        [OxmId.EthSource] = 48,
        [OxmId.EthType] = 16,
        [OxmId.VlanId] = 13,
        [OxmId.VlanPriority] = 3,
        [OxmId.IpDscp] = 6,
        [OxmId.IpEcn] = 2,
        [OxmId.IpProtocol] = 8,
        [OxmId.Ipv4Source] = 32,
        [OxmId.Ipv4Destination] = 32,
        [OxmId.TcpSource] = 16,
        [OxmId.TcpDestination] = 16,
        [OxmId.UdpSource] = 16,
        [OxmId.UdpDestination] = 16,
        [OxmId.SctpSource] = 16,
        [OxmId.SctpDestination] = 16,
        [OxmId.Icmpv4Type] = 8,
        [OxmId.Icmpv4Code] = 8,
        [OxmId.ArpOpcode] = 16,
        [OxmId.ArpSenderIpv4] = 32,
        [OxmId.ArpTargetIpv4] = 32,
        [OxmId.ArpSenderEth] = 48,
        [OxmId.ArpTargetEth] = 48,
        [OxmId.Ipv6Source] = 128,
        [OxmId.Ipv6Destination] = 128,
        [OxmId.Ipv6FlowLabel] = 20,
        [OxmId.Icmpv6Type] = 8,
        [OxmId.Icmpv6Code] = 8,
        [OxmId.Ipv6NdTarget] = 128,
        [OxmId.Ipv6NdSourceEth] = 48,
        [OxmId.Ipv6NdTargetEth] = 48,
        [OxmId.MplsLabel] = 20,
        [OxmId.MplsTrafficClass] = 3,
        [OxmId.MplsBottomOfStack] = 1,
        [OxmId.PbbServiceId] = 24,
        [OxmId.TunnelId] = 64,
        [OxmId.Ipv6ExtensionHeaders] = 9,
    }.ToFrozenDictionary();

    /// <summary>Those that no action can set: where the packet came from, and what would make another packet of
    /// it.</summary>
    public static FrozenSet<OxmId> Fixed { get; } = FrozenSet.ToFrozenSet(
    [
        OxmId.InPort, OxmId.Metadata, OxmId.EthType, OxmId.IpProtocol, OxmId.Ipv6ExtensionHeaders,
    ]);

    /// <summary>Bytes of a field on the wire.</summary>
    public static int BytesOf(OxmId id) => id switch
    {
        OxmId.Ipv6FlowLabel or OxmId.MplsLabel => 4,
        _ => (BitsOf[id] + 7) / 8,
    };

    /// <summary>Why a set-field of this field is refused; null: it is not.</summary>
    public static ushort? CodeOf(OxmField field)
    {
        bool isSettable = field.Id is { } known && BitsOf.ContainsKey(known) && !Fixed.Contains(known);
        if (!isSettable) return ErrorCodes.ActionBadSetType;
        OxmId id = field.Id!.Value;
        if (field.HasMask || field.Value.Length != BytesOf(id)) return ErrorCodes.ActionBadSetLength;
        bool isOutside = Exceeds(field.Value, BitsOf[id]);
        // A tag's id is set only with the bit that says that there is one.
        bool isNoTag = id == OxmId.VlanId && (field.Value[0] & 0x10) == 0;
        return isOutside || isNoTag ? ErrorCodes.ActionBadSetArgument : null;
    }

    private static bool Exceeds(ReadOnlySpan<byte> value, int bits)
    {
        int spare = (value.Length * 8) - bits;
        for (int i = 0; i < value.Length && spare > 0; i++, spare -= 8)
        {
            if ((value[i] & ~(0xff >> Math.Min(spare, 8))) != 0) return true;
        }
        return false;
    }
}
