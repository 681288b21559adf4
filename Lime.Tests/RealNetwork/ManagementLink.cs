using System.Net;

namespace Lime.Tests.RealNetwork;

/// <summary>The link on which a site's switches reach the controller in the test process.</summary>
/// <remarks>A veth pair per site between the root namespace and the site's. Every root end carries
/// the same address, with the site as its point-to-point peer, so one address serves all sites and
/// no subnet of the machine is touched. Packets of the network itself never use it.</remarks>
internal sealed class ManagementLink : IDisposable
{
    private const string SiteEnd = "mgmt0";

    private readonly string _rootEnd;

    public ManagementLink(
        string rootEnd, NetworkNamespace site, IPAddress controller, IPAddress siteAddress)
    {
        _rootEnd = rootEnd;
        Command.Run("ip", "link", "add", rootEnd,
            "type", "veth", "peer", "name", SiteEnd, "netns", site.Name);
        try
        {
            Command.Run("sh", "-e", "-c", $"""
                sysctl -qw net.ipv6.conf.{rootEnd}.disable_ipv6=1 || true
                ip addr add {controller} peer {siteAddress} dev {rootEnd}
                ip link set {rootEnd} up
                ip -n {site.Name} addr add {siteAddress} peer {controller} dev {SiteEnd}
                ip -n {site.Name} link set {SiteEnd} up
                """);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose() => Command.TryRun("ip", "link", "delete", _rootEnd);
}
