using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>A connection that the firewall has let in, and the server that the load balancer has chosen for
/// it.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="ClientPort">From which UDP port.</param>
/// <param name="ClientMac">Its Ethernet address.</param>
/// <param name="Server">Who answers.</param>
internal sealed record ShopFlow(Ipv4Address Client, ushort ClientPort, MacAddress ClientMac, TenantHost Server)
{
    /// <summary>Packets that came before its rules were in force; null: they are.</summary>
    public List<byte[]>? Waiting { get; set; } = [];
}
