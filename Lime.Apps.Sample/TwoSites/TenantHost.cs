using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>A host of the tenant that moves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Switch">The virtual switch it is on.</param>
/// <param name="PortValue">Its port there.</param>
/// <param name="Number">The last byte of its addresses.</param>
internal sealed record TenantHost(string Name, string Switch, uint PortValue, uint Number)
{
    public PortNumber Port => new(PortValue);

    public MacAddress Mac => new(0x0200_0000_0000UL | Number);

    public Ipv4Address Ip => new(0x0a00_0000 | Number);
}
