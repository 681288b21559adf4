using System.Buffers.Binary;
using Lime.Core.Emulation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>The tenant at work: clients ask the service, its servers ask their databases and answer.</summary>
/// <remarks>Now and then a client tries to reach what the firewall forbids. A client that stands still sends nothing.
/// Threading: the network's loop.</remarks>
internal sealed class ShopTraffic
{
    private const int HeaderBytes = 9;
    private const int RequestBytes = 200;
    private const int QueryBytes = 150;
    private const int RowBytes = 600;
    private const int AnswerBytes = 1000;
    private const int UdpOverInner = 42;
    private const int AttemptEvery = 20;
    private const ushort FirstPort = 40_000;

    private readonly EmulatedNetwork _network;
    private readonly TwoSitesOptions _options;
    private readonly HostWatch _hosts;
    private readonly List<Request> _requests = [];
    private readonly Dictionary<ulong, (Ipv4Address Ip, ushort Port)> _askers = [];
    private readonly TimeProvider _time;
    private readonly List<ITimer> _timers = [];

    public ShopTraffic(EmulatedNetwork network, TwoSitesOptions options, HostWatch hosts, TimeProvider time)
    {
        _network = network;
        _options = options;
        _hosts = hosts;
        _time = time;
        foreach (TenantHost each in Tenant.Hosts)
        {
            EmulatedHost host = network.Host(each.Name);
            host.AddNeighbour(Tenant.ServiceIp, Tenant.ServiceMac);
            foreach (TenantHost other in Tenant.Hosts)
            {
                if (other != each) host.AddNeighbour(other.Ip, other.Mac);
            }
            if (each.Switch == "web") Serve(host);
            if (each.Switch == "data") host.ReceiveUdp(Tenant.DatabasePort, Query);
        }
    }

    public IReadOnlyList<Request> Requests => _requests;

    /// <summary>Packets that the firewall should have stopped and that arrived.</summary>
    public int Leaks { get; private set; }

    /// <summary>Packets that it had to stop.</summary>
    public int Attempts { get; private set; }

    /// <summary>Packets that came to a host from one at the other site.</summary>
    public int CrossingsLeast { get; private set; }

    /// <summary>The bytes of their frames.</summary>
    public long CrossingBytesLeast { get; private set; }

    public void Start()
    {
        TenantHost[] clients = [.. Tenant.Hosts.Where(each => each.Switch == "edge")];
        for (int i = 0; i < clients.Length; i++)
        {
            int sent = 0;
            TenantHost client = clients[i];
            TimeSpan first = _options.Interval * (0.3 + (0.5 * i));
            _timers.Add(_time.CreateTimer(_ => Ask(client, sent++), null, first, _options.Interval));
        }
    }

    public void Stop()
    {
        foreach (ITimer each in _timers) each.Dispose();
        _timers.Clear();
    }

    private void Ask(TenantHost client, int number)
    {
        EmulatedHost host = _network.Host(client.Name);
        var port = (ushort)(FirstPort + (number / _options.RequestsPerFlow));
        if (number % _options.RequestsPerFlow == 0) host.ReceiveUdp(port, Receive);
        if (_hosts.IsPaused(client.Name)) return;
        ulong id = (ulong)_requests.Count;
        _requests.Add(new Request(client, _network.Now) { ClientPort = port });
        Send(host, Tenant.ServiceIp, (port, Tenant.ServicePort), id, RequestBytes);
        if (number % AttemptEvery != 0) return;
        Attempts++;
        Send(host, Tenant.Host("web1").Ip, (port, Tenant.ForbiddenPort), id, RequestBytes);
    }

    private void Serve(EmulatedHost host)
    {
        string database = host.Name == "web1" ? "db1" : "db2";
        host.ReceiveUdp(Tenant.ForbiddenPort, (EmulatedHost _, in UdpDatagram _) => Leaks++);
        host.ReceiveUdp(Tenant.ServicePort, (EmulatedHost at, in UdpDatagram datagram) =>
        {
            if (Take(at, datagram, 0) is not { } id) return;
            _askers[id] = (datagram.Source, datagram.SourcePort);
            Send(at, Tenant.Host(database).Ip, (Tenant.WebPort, Tenant.DatabasePort), id, QueryBytes);
        });
        host.ReceiveUdp(Tenant.WebPort, (EmulatedHost at, in UdpDatagram datagram) =>
        {
            if (Take(at, datagram, 2) is not { } id) return;
            (Ipv4Address ip, ushort port) = _askers[id];
            Send(at, ip, (Tenant.ServicePort, port), id, AnswerBytes);
        });
    }

    private void Query(EmulatedHost at, in UdpDatagram datagram)
    {
        if (Take(at, datagram, 1) is { } id)
            Send(at, datagram.Source, (Tenant.DatabasePort, datagram.SourcePort), id, RowBytes);
    }

    private void Receive(EmulatedHost at, in UdpDatagram datagram) => Take(at, datagram, Request.Legs - 1);

    /// <returns>The request's number; null: it has been here before.</returns>
    private ulong? Take(EmulatedHost at, in UdpDatagram datagram, int leg)
    {
        ulong id = BinaryPrimitives.ReadUInt64BigEndian(datagram.Payload);
        if (datagram.Payload[8] != _hosts.SiteOf(at.Name))
        {
            CrossingsLeast++;
            CrossingBytesLeast += datagram.Payload.Length + UdpOverInner;
        }
        return _requests[(int)id].Arrive(leg, _network.Now) ? id : null;
    }

    private void Send(EmulatedHost from, Ipv4Address to, (ushort From, ushort To) ports, ulong id, int bytes)
    {
        Span<byte> payload = stackalloc byte[bytes];
        payload[HeaderBytes..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(payload, id);
        payload[8] = (byte)_hosts.SiteOf(from.Name);
        from.SendUdp(to, ports.From, ports.To, payload);
    }
}
