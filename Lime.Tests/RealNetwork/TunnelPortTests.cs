using System.Globalization;
using System.Net;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;
using DatabaseBridge = Lime.Core.Tunnels.OvsBridge;

namespace Lime.Tests.RealNetwork;

/// <remarks>Goal: tunnel ports come, are numbered, go and are found again on a real Open vSwitch, over both kinds of
/// socket. Method: its own tools (ovs-vsctl, ovs-ofctl) are asked what is there.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class TunnelPortTests
{
    private const string BridgeName = "s7";
    private const int DatabasePort = 6640;

    private static readonly IPAddress Local = IPAddress.Parse("10.9.0.1");
    private static readonly IPAddress Remote = IPAddress.Parse("10.9.0.2");

    /// <summary>Every type over both versions of IP.</summary>
    private static readonly TunnelSpec[] Specs =
    [
        new(TunnelType.Vxlan, Remote, 7) { Local = Local },
        new(TunnelType.Gre, Remote, 7),
        new(TunnelType.Geneve, Remote, 7) { UdpPort = 6082 },
        new(TunnelType.Vxlan, IPAddress.Parse("fd09::2"), 7),
        new(TunnelType.Gre, IPAddress.Parse("fd09::2"), 7),
        new(TunnelType.Geneve, IPAddress.Parse("fd09::2"), 7),
    ];

    private OvsSite _site = null!;
    private OvsBridge _bridge = null!;
    private string _name = null!;

    [SetUp]
    public void Make_a_site_with_a_bridge()
    {
        RealNetworkRequirements.Check();
        LeftoverSweep.Run();
        _name = NetworkNames.Next();
        _site = new OvsSite($"{_name}-db");
        _bridge = _site.AddBridge(new OvsBridgePlan(BridgeName, 7, [], "OpenFlow13"));
    }

    [TearDown]
    public void Remove_it() => _site?.Dispose();

    [TestCase("unix")]
    [TestCase("tcp")]
    [CancelAfter(60_000)]
    public async Task Every_type_of_tunnel_is_made_numbered_changed_and_removed(string kind)
    {
        ManagementAddresses addresses = ManagementAddresses.Unused();
        IPAddress address = addresses.NextSite();
        using var link = new ManagementLink(
            NetworkNames.RootLink(_name, "db"), _site.Namespace, addresses.Controller, address);
        _site.Daemons.ListenForClients(new IPEndPoint(address, DatabasePort));
        await using DatabaseClient database = await DatabaseClient.ConnectAsync(
            kind == "unix" ? _site.Daemons.DatabaseSocket : $"tcp:{address}:{DatabasePort}");
        Assert.That(await database.ListDatabasesAsync(), Does.Contain(OvsColumns.Database));
        DatabaseBridge bridge = await FindBridgeAsync(database);
        Assert.That(bridge.Name, Is.EqualTo(BridgeName));

        TunnelPort[] ports = new TunnelPort[Specs.Length];
        for (int i = 0; i < Specs.Length; i++) ports[i] = await database.EnsureAsync(bridge, $"t{i}", Specs[i]);

        Assert.That(ports.Select(port => port.Number), Is.Unique);
        foreach (TunnelPort port in ports)
        {
            Assert.That(Get("interface", port.Interface.Name, "ofport"), Is.EqualTo($"{port.Number}"));
            Assert.That(_bridge.Ofctl.DescribePorts(), Does.Contain($" {port.Number}({port.Interface.Name}): "));
        }
        Assert.That(Get("bridge", BridgeName, "datapath_id"), Is.EqualTo($"\"{new DatapathId(7)}\""));

        TunnelPort again = await database.EnsureAsync(bridge, "t0", Specs[0]);
        TunnelPort changed = await database.EnsureAsync(bridge, "t1", Specs[1] with { Key = 8 });
        Assert.That((again.Number, again.Row), Is.EqualTo((ports[0].Number, ports[0].Row)));
        Assert.That(changed.Number, Is.EqualTo(ports[1].Number));
        Assert.That(Get("interface", changed.Interface.Name, "options:key"), Is.EqualTo("\"8\""));

        for (int i = 0; i < Specs.Length; i++) await database.RemoveAsync(bridge, $"t{i}");
        Assert.That(ListPorts(), Is.Empty);
        string interfaces =
            _site.Daemons.Configure("--columns=name", "--format=csv", "--no-headings", "list", "interface");
        Assert.That(interfaces.Trim(), Is.EqualTo(BridgeName), "Nothing but the bridge's own.");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_a_crash_has_left_is_found_and_what_the_switch_refuses_is_not_left()
    {
        await using (DatabaseClient crashed = await DatabaseClient.ConnectAsync(_site.Daemons.DatabaseSocket))
        {
            DatabaseBridge its = await FindBridgeAsync(crashed);
            await crashed.EnsureAsync(its, "left", Specs[0]);
        }
        // The same ends and key in other words.
        _site.Daemons.Configure("add-port", BridgeName, "byhand", "--", "set", "interface", "byhand", "type=geneve",
            $"options:remote_ip={Remote}", "options:in_key=9", "options:out_key=9");
        await using DatabaseClient database = await DatabaseClient.ConnectAsync(
            _site.Daemons.DatabaseSocket, TimeSpan.FromSeconds(1));
        DatabaseBridge bridge = await FindBridgeAsync(database);

        Assert.That((await database.RemoveLeftoversAsync()).Single().Tunnel, Is.EqualTo("left"));
        Assert.That(ListPorts(), Is.EqualTo("byhand"));

        TunnelException refused = Assert.ThrowsAsync<TunnelException>(
            () => database.EnsureAsync(bridge, "t", new TunnelSpec(TunnelType.Geneve, Remote, 9)))!;
        Assert.That(refused.Failure, Is.EqualTo(TunnelFailure.SwitchRefused));
        Assert.That(refused.Message, Does.Contain("(File exists). Another tunnel of this switch has the same ends"));
        Assert.That(ListPorts(), Is.EqualTo("byhand"));

        _site.Daemons.KillSwitch();
        TunnelException silent = Assert.ThrowsAsync<TunnelException>(
            () => database.EnsureAsync(bridge, "t", Specs[0]))!;
        Assert.That(silent.Failure, Is.EqualTo(TunnelFailure.SwitchSilent));
        _site.Daemons.StartSwitch();
        await database.AwaitAsync(
            () => database.Tables.FindBridge(new DatapathId(7)) is not null, "the bridge is back");
        Assert.That(ListPorts(), Is.EqualTo("byhand"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_database_is_watched_over_lost_connections()
    {
        await using DatabaseClient database = await DatabaseClient.ConnectAsync(_site.Daemons.DatabaseSocket);
        _site.Daemons.Configure("set", "interface", BridgeName, "mtu_request=1400");
        await AwaitMtuAsync(database, 1400);
        OvsInterface own = (await database.ReadAsync(tables => tables.FindInterface(BridgeName)))!;
        Assert.That(
            (own.MtuRequest, own.IsAdminUp, own.Port),
            Is.EqualTo(((int?)1400, (bool?)false, (PortNumber?)PortNumber.Local)));

        _site.Daemons.DropClients();
        await database.AwaitReconnectedAsync();
        OvsdbCloseCause? cause = await database.LastCloseAsync();
        Assert.That(
            cause!.Reason,
            Is.EqualTo(OvsdbCloseReason.ClosedByServer).Or.EqualTo(OvsdbCloseReason.TransportFailed));
        _site.Namespace.Run("ip", "link", "set", BridgeName, "up");
        await database.AwaitAsync(
            () => database.Tables.FindInterface(BridgeName) is { IsAdminUp: true, IsLinkUp: true }, "the link is up");
        _site.Daemons.Configure("set", "interface", BridgeName, "mtu_request=1600");
        await AwaitMtuAsync(database, 1600);
    }

    private static async Task<DatabaseBridge> FindBridgeAsync(DatabaseClient database) =>
        await database.ReadAsync(tables => tables.FindBridge(new DatapathId(7)))
        ?? throw new InvalidOperationException("The bridge is not found.");

    private static Task AwaitMtuAsync(DatabaseClient database, int mtu) => database.AwaitAsync(
        () => database.Tables.FindInterface(BridgeName)?.Mtu == mtu,
        string.Create(CultureInfo.InvariantCulture, $"the MTU is {mtu}"));

    private string Get(string table, string record, string column) =>
        _site.Daemons.Configure("get", table, record, column).Trim();

    private string ListPorts() => _site.Daemons.Configure("list-ports", BridgeName).Trim();
}
