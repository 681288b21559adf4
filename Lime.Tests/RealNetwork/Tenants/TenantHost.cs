using System.Globalization;
using System.Net;

namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>A host with a cable to each of two sites, one of which is plugged in at a time.</summary>
/// <remarks>Its own link is a bridge of the kernel's, so that addresses and connections stay when the cable
/// changes.</remarks>
internal sealed class TenantHost : IDisposable
{
    public const string West = "west";

    public const string East = "east";

    public TenantHost(string name, int number)
    {
        Number = number;
        Host = new RealHost(
            name, new IPAddress([10, 0, 0, (byte)number]),
            string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:00:{number:x2}"));
    }

    public int Number { get; }

    public string Name => $"h{Number}";

    public RealHost Host { get; }

    private NetworkNamespace Place => Host.Namespace;

    /// <summary>Both cables are there: the first is plugged in.</summary>
    public void Configure() => Place.RunAll(
        $"ip link add {RealHost.Link} type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
        $"ip link set {RealHost.Link} address {Host.MacAddress}",
        $"ip addr add {Host.Address}/24 dev {RealHost.Link}",
        $"ethtool -K {West} tx off rx off",
        $"ethtool -K {East} tx off rx off",
        $"ethtool -K {RealHost.Link} tx off",
        $"ip link set {West} master {RealHost.Link}",
        $"ip link set {RealHost.Link} up");

    /// <summary>Nothing comes in or goes out any more.</summary>
    public void Unplug(string cable) => SetLink(cable, "nomaster");

    public void Plug(string cable) => SetLink(cable, "master", RealHost.Link);

    /// <summary>Frames that it has sent, by either cable.</summary>
    public long ReadSentCount() => Place
        .Run("cat", $"/sys/class/net/{West}/statistics/tx_packets", $"/sys/class/net/{East}/statistics/tx_packets")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Sum(each => long.Parse(each, CultureInfo.InvariantCulture));

    public void Dispose() => Host.Dispose();

    /// <remarks>A host's pause shall not be the time for which a command waits for a processor.</remarks>
    private void SetLink(string cable, params IReadOnlyList<string> change) => Command.Run(
        [.. Priority.HighestForSwitches, "ip", "-n", Place.Name, "link", "set", cable, .. change]);
}
