using System.Numerics;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Writes a rule of the shadow table as <c>ovs-ofctl dump-flows</c> shows it on a
/// switch.</summary>
/// <remarks>With the specification's normalisation: a match without wildcards outranks all others
/// (OpenFlow 1.0.0 section 3.4), which OVS shows as priority 65535.</remarks>
internal static class OvsText
{
    /// <returns>The rule with counters and timeouts of 0.</returns>
    public static OvsRule Of(FlowStatistics rule)
    {
        Match match = MatchNormalisation.Normalise(rule.Match);
        return new OvsRule(
            match.IsExact ? ushort.MaxValue : rule.Priority, Of(match), Of(rule.Actions), rule.Cookie.Value,
            0, 0, 0, 0, false);
    }

    /// <returns>The rule in the syntax that <c>ovs-ofctl add-flows</c> takes.</returns>
    public static string ToAdd(in FlowMod rule)
    {
        OvsRule text = Of(new FlowStatistics
        {
            Match = rule.Match,
            Priority = rule.Priority,
            Cookie = rule.Cookie,
            Actions = rule.Actions,
        });
        return $"cookie=0x{text.Cookie:x},priority={text.Priority},{text.Match},actions={text.Actions}";
    }

    private static string Of(in Match match)
    {
        PacketFields mask = match.Mask;
        PacketFields values = match.Values;
        string? protocol = ProtocolOf(match);
        bool isArp = protocol == "arp";
        string?[] fields =
        [
            protocol,
            match.InPort is { } port ? $"in_port={port.Value}" : null,
            mask.VlanId == 0 ? null
                : values.VlanId == 0 ? "vlan_tci=0x0000" : $"dl_vlan={values.VlanId & 0xfff}",
            mask.VlanPriority == 0 ? null : $"dl_vlan_pcp={values.VlanPriority}",
            mask.EthSource.Value == 0 ? null : $"dl_src={Of(values.EthSource)}",
            mask.EthDestination.Value == 0 ? null : $"dl_dst={Of(values.EthDestination)}",
            mask.EthType == 0 || protocol is not null ? null : $"dl_type=0x{values.EthType:x4}",
            Of(isArp ? "arp_spa" : "nw_src", values.Ipv4Source, mask.Ipv4Source),
            Of(isArp ? "arp_tpa" : "nw_dst", values.Ipv4Destination, mask.Ipv4Destination),
            mask.IpProtocol == 0 || protocol is "tcp" or "udp" or "icmp" ? null
                : $"{(isArp ? "arp_op" : "nw_proto")}={values.IpProtocol}",
            mask.IpTos == 0 ? null : $"nw_tos={values.IpTos}",
            mask.TransportSource == 0 ? null
                : $"{(protocol == "icmp" ? "icmp_type" : "tp_src")}={values.TransportSource}",
            mask.TransportDestination == 0 ? null
                : $"{(protocol == "icmp" ? "icmp_code" : "tp_dst")}={values.TransportDestination}",
        ];
        return string.Join(',', fields.OfType<string>());
    }

    private static string? ProtocolOf(in Match match)
    {
        if (match.Mask.EthType == 0)
            return null;
        return (match.Values.EthType, match.Mask.IpProtocol == 0 ? (byte)0 : match.Values.IpProtocol) switch
        {
            (0x0806, _) => "arp",
            (0x0800, 1) => "icmp",
            (0x0800, 6) => "tcp",
            (0x0800, 17) => "udp",
            (0x0800, _) => "ip",
            _ => null,
        };
    }

    private static string? Of(string field, Ipv4Address address, Ipv4Address mask) =>
        BitOperations.PopCount(mask.Value) switch
        {
            0 => null,
            32 => $"{field}={Of(address.Value)}",
            int bits => $"{field}={Of(address.Value)}/{bits}",
        };

    private static string Of(ActionList actions) =>
        actions.Count == 0 ? "drop" : string.Join(',', actions.Select(Of));

    private static string Of(FlowAction action) => action.Kind switch
    {
        FlowActionKind.Output when action.Port == PortNumber.Controller => $"CONTROLLER:{action.Value}",
        FlowActionKind.Output => $"output:{action.Port.Value}",
        FlowActionKind.StripVlan => "strip_vlan",
        FlowActionKind.SetEthDestination => $"mod_dl_dst:{Of(new MacAddress(action.Value))}",
        FlowActionKind.SetIpv4Source => $"mod_nw_src:{Of((uint)action.Value)}",
        FlowActionKind.SetTransportDestination => $"mod_tp_dst:{action.Value}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.Kind, "None of the rules has it."),
    };

    private static string Of(uint address) =>
        $"{address >> 24}.{(address >> 16) & 0xff}.{(address >> 8) & 0xff}.{address & 0xff}";

    private static string Of(MacAddress address) => string.Join(
        ':', Enumerable.Range(0, 6).Select(place => $"{(address.Value >> (40 - (8 * place))) & 0xff:x2}"));
}
