using System.Net;

namespace Lime.Tests.RealNetwork;

/// <summary>A host of the network: a namespace with one link and a fixed address.</summary>
internal sealed class RealHost : IDisposable
{
    public const string Link = "eth0";

    public RealHost(string name, IPAddress address, string macAddress)
    {
        Namespace = new NetworkNamespace(name);
        Address = address;
        MacAddress = macAddress;
    }

    public NetworkNamespace Namespace { get; }

    public IPAddress Address { get; }

    public string MacAddress { get; }

    /// <summary>Gives the link, once it exists, its addresses, and computes checksums in software:
    /// OVS in userspace hands on what the link would have left to hardware.</summary>
    public void ConfigureLink()
    {
        Namespace.RunAll(
            $"ip link set {Link} address {MacAddress}",
            $"ip addr add {Address}/24 dev {Link}",
            $"ethtool -K {Link} tx off rx off");
    }

    /// <summary>Makes the other host known, so that no ARP request is ever needed.</summary>
    public void AddNeighbour(RealHost other) =>
        Namespace.Run("ip", "neigh", "replace", $"{other.Address}", "lladdr", other.MacAddress,
            "nud", "permanent", "dev", Link);

    public void Dispose() => Namespace.Dispose();
}
