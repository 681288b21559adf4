using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lime.Core.Tunnels;

/// <summary>A tunnel as one of its ends sees it.</summary>
/// <param name="Type">How frames are carried.</param>
/// <param name="Remote">The other end's address.</param>
/// <param name="Key">Tells tunnels between the same addresses apart: a VXLAN or Geneve network identifier of 24 bits,
/// or a GRE key of 32.</param>
internal sealed record TunnelSpec(TunnelType Type, IPAddress Remote, uint Key)
{
    /// <summary>The highest network identifier of VXLAN and Geneve: 24 bits.</summary>
    private const uint NetworkIdentifierMax = 0xffffff;

    private const string RemoteOption = "remote_ip";
    private const string LocalOption = "local_ip";
    private const string KeyOption = "key";
    private const string UdpPortOption = "dst_port";

    /// <summary>The options that tell one tunnel from another.</summary>
    public static readonly ImmutableArray<string> EndOptions = [RemoteOption, LocalOption, KeyOption, UdpPortOption];

    /// <summary>This end's address; null: what the way to the other end gives.</summary>
    public IPAddress? Local { get; init; }

    /// <summary>The UDP port that both ends listen on; null: the type's own (4789, 6081).</summary>
    public int? UdpPort { get; init; }

    public bool IsIpv6 => Remote.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The type as messages name it.</summary>
    public string TypeName => Type switch
    {
        TunnelType.Vxlan => "VXLAN",
        TunnelType.Gre => "GRE",
        _ => "Geneve",
    };

    /// <summary>The type as Open vSwitch names it, which has another for GRE over IPv6.</summary>
    public string InterfaceType => Type switch
    {
        TunnelType.Vxlan => "vxlan",
        TunnelType.Gre => IsIpv6 ? "ip6gre" : "gre",
        _ => "geneve",
    };

    /// <summary>The options column of the tunnel's interface.</summary>
    public ImmutableSortedDictionary<string, string> InterfaceOptions()
    {
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        options[RemoteOption] = Remote.ToString();
        options[KeyOption] = Key.ToString(CultureInfo.InvariantCulture);
        if (Local is not null) options[LocalOption] = Local.ToString();
        if (UdpPort is { } port) options[UdpPortOption] = port.ToString(CultureInfo.InvariantCulture);
        return options.ToImmutable();
    }

    /// <summary>What is wrong with it, in a sentence; null if nothing.</summary>
    public string? FindFault()
    {
        if (FindAddressFault(Remote) is { } remoteFault) return $"The tunnel's remote address {Remote} {remoteFault}.";
        if (Local is { } local && FindFaultOfLocal(local) is { } localFault)
            return $"The tunnel's local address {local} {localFault}.";
        if (Type != TunnelType.Gre && Key > NetworkIdentifierMax)
            return $"The tunnel's key {Key} does not fit {TypeName}'s 24 bits; expected 0 to {NetworkIdentifierMax}.";
        if (UdpPort is null) return null;
        if (Type == TunnelType.Gre) return $"The tunnel has the UDP port {UdpPort}, but GRE is not carried in UDP.";
        return UdpPort is > 0 and <= ushort.MaxValue
            ? null
            : $"The tunnel's UDP port is {UdpPort}; expected 1 to 65535.";
    }

    public override string ToString() =>
        $"{TypeName} tunnel {Key}{(Local is null ? "" : $" from {Local}")} to {Remote}";

    private string? FindFaultOfLocal(IPAddress local)
    {
        if (local.AddressFamily != Remote.AddressFamily)
            return $"and the remote one {Remote} are of different IP versions";
        if (local.Equals(Remote)) return "is the remote one too";
        return FindAddressFault(local);
    }

    private static string? FindAddressFault(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return "is no host's";
        if (address.IsIPv4MappedToIPv6) return "is an IPv4 address in IPv6 form; write it as IPv4";
        if (address.IsIPv6LinkLocal) return "is link-local, which names no host without an interface";
        bool isMulticast = address.IsIPv6Multicast
            || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224);
        return isMulticast ? "is not one host's: it is a multicast, broadcast or reserved one" : null;
    }
}
