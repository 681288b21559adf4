using Lime.Core.Emulation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>A tenant that stays: one host at each site, with the addresses of two hosts of the tenant that moves, its
/// switches joined by a tunnel over the same link. It pings all the time, and nothing else may come to it.</summary>
/// <remarks>Threading: the network's loop.</remarks>
internal sealed class OtherTenant
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly Pinger _pinger;
    private readonly EmulatedHost[] _hosts;

    public OtherTenant(EmulatedNetwork network)
    {
        TenantHost near = Tenant.Host("client1");
        TenantHost far = Tenant.Host("web1");
        EmulatedHost here = network.AddHost("other-client1", near.Mac, near.Ip);
        EmulatedHost there = network.AddHost("other-web1", far.Mac, far.Ip);
        _hosts = [here, there];
        here.AddNeighbour(there.Ip, there.Mac);
        there.AddNeighbour(here.Ip, here.Mac);
        _pinger = here.CreatePinger(there.Ip, new PingerOptions { Interval = Interval });
        foreach (EmulatedHost host in _hosts)
        {
            foreach (ushort port in Tenant.Ports)
                host.ReceiveUdp(port, (EmulatedHost _, in UdpDatagram _) => Strangers++);
        }
    }

    /// <summary>Packets of the tenant that moves, which have the addresses of this one's hosts.</summary>
    public int Strangers { get; private set; }

    /// <summary>Frames that were for nobody here.</summary>
    public long Ignored => _hosts.Sum(each => each.Counters.Ignored) + _pinger.Strays;

    public void Start() => _pinger.Start();

    public void Stop() => _pinger.Stop();

    /// <summary>What became of the pings of a span of time.</summary>
    public PingSummary Summarise(TimeSpan from, TimeSpan to) => _pinger.Summarise(from, to);
}
