using Lime.Core.Emulation.Frames;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Switching;

/// <summary>Whether the packets of a rule surely have the headers that its actions work on (1.3.5 section 7.2.5.7: the
/// match must contain the prerequisites of a field that is set; OFPBAC_MATCH_INCONSISTENT).</summary>
/// <remarks>Goes along a list: what an action pushes or pops is known behind it.</remarks>
internal struct MatchConsistency
{
    private const int Unknown = -1;
    private const ushort Arp = 0x0806;
    private const ushort Ipv4 = 0x0800;
    private const byte NeighbourSolicitation = 135;
    private const byte NeighbourAdvertisement = 136;

    private int _ethType;
    private int _protocol;
    private readonly int _icmpv6Type;
    private bool _isTagged;

    /// <summary>After PBB was taken off anything may follow.</summary>
    private bool _isOpen = false;

    public MatchConsistency(in Match match)
    {
        _ethType = match.Mask.EthType == ushort.MaxValue ? match.Values.EthType : Unknown;
        _protocol = match.Mask.IpProtocol == byte.MaxValue && IsIp ? match.Values.IpProtocol : Unknown;
        bool isIcmpv6 = _protocol == HeaderStack.Icmpv6 && match.Mask.TransportSource != 0;
        _icmpv6Type = isIcmpv6 ? match.Values.TransportSource : Unknown;
        _isTagged = (match.Values.VlanId & PacketFields.VlanPresent) != 0;
    }

    private readonly bool IsIp => _ethType is Ipv4 or HeaderStack.Ipv6;

    private readonly bool IsMpls => _ethType is HeaderStack.Mpls or HeaderStack.MplsMulticast;

    /// <summary>Takes the next action of the list.</summary>
    /// <returns>Whether it fits.</returns>
    public bool Take(in FlowAction action)
    {
        if (!_isOpen && !Fits(action)) return false;
        switch (action.Kind)
        {
            case FlowActionKind.PushVlan:
                _isTagged = true;
                break;
            case FlowActionKind.StripVlan:
                _isTagged = false;
                break;
            case FlowActionKind.PushMpls or FlowActionKind.PushPbb or FlowActionKind.PopMpls:
                (_ethType, _protocol) = ((int)action.Value, Unknown);
                break;
            case FlowActionKind.PopPbb:
                _isOpen = true;
                break;
        }
        return true;
    }

    private readonly bool Fits(in FlowAction action) => action.Kind switch
    {
        FlowActionKind.StripVlan => _isTagged,
        FlowActionKind.PopMpls or FlowActionKind.SetMplsTtl or FlowActionKind.DecrementMplsTtl => IsMpls,
        FlowActionKind.PopPbb => _ethType == HeaderStack.Pbb,
        FlowActionKind.SetIpTtl or FlowActionKind.DecrementIpTtl or FlowActionKind.SetIpTos => IsIp,
        FlowActionKind.SetIpv4Source or FlowActionKind.SetIpv4Destination => _ethType == Ipv4,
        FlowActionKind.SetField => Has(OxmField.FromBytes(action.Bytes).Id),
        _ => true,
    };

    /// <summary>The prerequisites of 1.3.5 table 12.</summary>
    private readonly bool Has(OxmId? field) => field switch
    {
        OxmId.VlanId or OxmId.VlanPriority => _isTagged,
        OxmId.IpDscp or OxmId.IpEcn => IsIp,
        OxmId.Ipv4Source or OxmId.Ipv4Destination => _ethType == Ipv4,
        OxmId.TcpSource or OxmId.TcpDestination => _protocol == 6,
        OxmId.UdpSource or OxmId.UdpDestination => _protocol == 17,
        OxmId.SctpSource or OxmId.SctpDestination => _protocol == HeaderStack.Sctp,
        OxmId.Icmpv4Type or OxmId.Icmpv4Code => _ethType == Ipv4 && _protocol == 1,
        >= OxmId.ArpOpcode and <= OxmId.ArpTargetEth => _ethType == Arp,
        >= OxmId.Ipv6Source and <= OxmId.Ipv6FlowLabel => _ethType == HeaderStack.Ipv6,
        OxmId.Icmpv6Type or OxmId.Icmpv6Code => _protocol == HeaderStack.Icmpv6 && _ethType == HeaderStack.Ipv6,
        OxmId.Ipv6NdTarget => _icmpv6Type is NeighbourSolicitation or NeighbourAdvertisement,
        OxmId.Ipv6NdSourceEth => _icmpv6Type == NeighbourSolicitation,
        OxmId.Ipv6NdTargetEth => _icmpv6Type == NeighbourAdvertisement,
        >= OxmId.MplsLabel and <= OxmId.MplsBottomOfStack => IsMpls,
        OxmId.PbbServiceId => _ethType == HeaderStack.Pbb,
        _ => true,
    };
}
