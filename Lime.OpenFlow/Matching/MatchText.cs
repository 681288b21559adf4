using System.Numerics;
using System.Text;

namespace Lime.OpenFlow.Matching;

/// <summary>Writes matches as <c>ovs-ofctl</c> does, for people.</summary>
internal static class MatchText
{
    public static string Format(in Match match)
    {
        var text = new StringBuilder();
        PacketFields mask = match.Mask;
        PacketFields values = match.Values;
        Add(text, mask.W0 >> 32 != 0, $"in_port={values.InPort}");
        Add(text, mask.EthSource.Value != 0, $"dl_src={values.EthSource}");
        Add(text, mask.EthDestination.Value != 0, $"dl_dst={values.EthDestination}");
        Add(text, mask.EthType != 0, $"dl_type=0x{values.EthType:x4}");
        Add(text, mask.VlanId != 0, values.VlanId == 0 ? "vlan_tci=0" : $"dl_vlan={values.VlanId & 0xfff}");
        Add(text, mask.VlanPriority != 0, $"dl_vlan_pcp={values.VlanPriority}");
        Add(text, mask.IpTos != 0, $"nw_tos={values.IpTos}");
        Add(text, mask.IpEcn != 0, $"nw_ecn={values.IpEcn}");
        Add(text, mask.IpProtocol != 0, $"nw_proto={values.IpProtocol}");
        (uint source, uint destination) = (mask.Ipv4Source.Value, mask.Ipv4Destination.Value);
        Add(text, source != 0, $"nw_src={values.Ipv4Source}/{Bits(source)}");
        Add(text, destination != 0, $"nw_dst={values.Ipv4Destination}/{Bits(destination)}");
        Add(text, mask.TransportSource != 0, $"tp_src={values.TransportSource}");
        Add(text, mask.TransportDestination != 0, $"tp_dst={values.TransportDestination}");
        foreach (OxmField field in match.Further) Add(text, true, field.ToString());
        return text.Length == 0 ? "any" : text.ToString();
    }

    private static int Bits(uint mask) => BitOperations.PopCount(mask);

    private static void Add(StringBuilder text, bool isMatched, string field)
    {
        if (!isMatched) return;
        if (text.Length > 0) text.Append(',');
        text.Append(field);
    }
}
