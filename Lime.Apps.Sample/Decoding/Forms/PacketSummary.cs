using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>A packet in a few words, for people.</summary>
internal static class PacketSummary
{
    private const int EthernetBytes = 14;

    /// <summary>Addresses, types and ports; null for no packet.</summary>
    public static JsonNode? Of(PortNumber inPort, ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return null;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{packet.Length} bytes");
        if (packet.Length < EthernetBytes) return text.ToString();
        PacketFields fields = PacketParser.Parse(inPort, packet);
        text.Append(CultureInfo.InvariantCulture, $": {fields.EthSource} > {fields.EthDestination}");
        if (fields.VlanId != 0)
            text.Append(CultureInfo.InvariantCulture, $", vlan {fields.VlanId & 0xfff} pcp {fields.VlanPriority}");
        text.Append(CultureInfo.InvariantCulture, $", {TypeOf(fields.EthType)}");
        if (fields.EthType is 0x0800 or 0x0806) AddAddresses(text, fields);
        if (fields.EthType is 0x0800 or 0x86dd) AddTransport(text, fields);
        return text.ToString();
    }

    private static void AddAddresses(StringBuilder text, in PacketFields fields)
    {
        if (fields.EthType == 0x0806)
            text.Append(fields.IpProtocol switch { 1 => " request", 2 => " reply", _ => "" });
        text.Append(CultureInfo.InvariantCulture, $" {fields.Ipv4Source} > {fields.Ipv4Destination}");
    }

    private static void AddTransport(StringBuilder text, in PacketFields fields)
    {
        (ushort source, ushort destination) = (fields.TransportSource, fields.TransportDestination);
        text.Append(fields.IpProtocol switch
        {
            1 => string.Create(CultureInfo.InvariantCulture, $", icmp type {source} code {destination}"),
            58 => string.Create(CultureInfo.InvariantCulture, $", icmp6 type {source} code {destination}"),
            6 => string.Create(CultureInfo.InvariantCulture, $", tcp {source} > {destination}"),
            17 => string.Create(CultureInfo.InvariantCulture, $", udp {source} > {destination}"),
            132 => string.Create(CultureInfo.InvariantCulture, $", sctp {source} > {destination}"),
            _ => string.Create(CultureInfo.InvariantCulture, $", protocol {fields.IpProtocol}"),
        });
    }

    private static string TypeOf(ushort ethType) => ethType switch
    {
        0x0800 => "ipv4",
        0x0806 => "arp",
        0x86dd => "ipv6",
        0x8847 or 0x8848 => "mpls",
        0x88cc => "lldp",
        _ => $"type 0x{ethType:x4}",
    };
}
