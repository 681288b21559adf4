namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>What goes on between a tenant's hosts: h1 and h4 ping each other 1,000 times a second, h2 sends to h3 over
/// TCP.</summary>
/// <remarks>Life cycle: from <see cref="StartAsync"/> until <see cref="StopAsync"/> or <see
/// cref="Dispose"/>.</remarks>
internal sealed class TenantTraffic : IDisposable
{
    private const int MegabitsPerSecond = 4;

    private readonly PingRun _forth;
    private readonly PingRun _back;
    private readonly IperfRun _transfer;

    private TenantTraffic(PingRun forth, PingRun back, IperfRun transfer)
    {
        _forth = forth;
        _back = back;
        _transfer = transfer;
    }

    /// <summary>The hosts that speak with each other, by number.</summary>
    public static IReadOnlyList<(int A, int B)> Pairs { get; } = [(1, 4), (2, 3)];

    public static async Task<TenantTraffic> StartAsync(TenantSites sites)
    {
        RealHost[] hosts = [.. sites.Hosts.Select(each => each.Host)];
        PingRun forth = await PingRun.StartAsync(hosts[0], hosts[3]);
        PingRun back = await PingRun.StartAsync(hosts[3], hosts[0]);
        return new TenantTraffic(forth, back, IperfRun.Start(hosts[1], hosts[2], MegabitsPerSecond));
    }

    /// <returns>What became of pings each way, and of the transfer.</returns>
    public async Task<(PingReport[] Pings, IperfReport Transfer)> StopAsync()
    {
        PingReport[] pings = await Task.WhenAll(_forth.StopAsync(), _back.StopAsync());
        return (pings, _transfer.Stop());
    }

    public void Dispose()
    {
        _forth.Dispose();
        _back.Dispose();
        _transfer.Dispose();
    }
}
