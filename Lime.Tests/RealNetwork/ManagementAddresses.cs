using System.Net;
using System.Net.NetworkInformation;

namespace Lime.Tests.RealNetwork;

/// <summary>The link-local addresses of one test network's management links.</summary>
internal sealed class ManagementAddresses
{
    private readonly byte _third;
    private byte _lastHost = 1;

    private ManagementAddresses(byte third) => _third = third;

    /// <summary>Where the controller of the test listens.</summary>
    public IPAddress Controller => new([169, 254, _third, 1]);

    /// <summary>Takes a 169.254.x.0 range that no link of the machine uses, starting at a place
    /// that differs between processes. 169.254.169.x is left out: cloud machines read their
    /// metadata there.</summary>
    public static ManagementAddresses Unused()
    {
        HashSet<IPAddress> used = [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(link => link.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)];
        return Enumerable.Range(Environment.ProcessId, 150)
            .Select(number => new ManagementAddresses((byte)(1 + (number % 150))))
            .First(candidate => !used.Contains(candidate.Controller));
    }

    /// <returns>The next site's address; there are 253.</returns>
    public IPAddress NextSite() => new([169, 254, _third, checked(++_lastHost)]);
}
