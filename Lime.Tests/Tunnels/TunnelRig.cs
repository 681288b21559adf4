using System.Net;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

/// <summary>Tunnels by a fake switch's database, in virtual time: two bridges, br1 and br2, with datapath ids 1 and
/// 2.</summary>
internal sealed class TunnelRig : IDisposable
{
    public static readonly DatapathId One = new(1);
    public static readonly DatapathId Two = new(2);

    public static readonly TunnelSpec Vxlan =
        new(TunnelType.Vxlan, IPAddress.Parse("10.0.0.2"), 7) { Local = IPAddress.Parse("10.0.0.1") };

    private readonly ClientRig _client;

    public TunnelRig(string owner = "lime")
    {
        BridgeOne = Database.AddBridge("br1", "0000000000000001");
        BridgeTwo = Database.AddBridge("br2", "0000000000000002");
        _client = new ClientRig(watch: OvsColumns.Watch);
        Tables = new OvsTables(_client.Replica);
        Tunnels = Of(owner);
        _client.Start();
        Settle();
        Assert.That(_client.Client.IsReady, Is.True);
    }

    public FakeSwitchDatabase Database { get; } = new();

    public Guid BridgeOne { get; }

    public Guid BridgeTwo { get; }

    public OvsdbClient Client => _client.Client;

    public OvsTables Tables { get; }

    public OvsTunnels Tunnels { get; }

    public ScriptedServer Server => _client.Server;

    /// <summary>The tunnels of another owner at the same switch.</summary>
    public OvsTunnels Of(string owner) => new(_client.Client, Tables, new OvsTunnelsOptions(owner));

    /// <summary>Begins to make an end, and lets all happen that takes no time.</summary>
    public Task<TunnelPort> Ensure(
        TunnelSpec spec, string tunnel = "t", DatapathId? on = null, TunnelMtuDemand? mtu = null) =>
        Act(() => Tunnels.EnsureAsync(on ?? One, tunnel, new TunnelDemand(spec, mtu)));

    public Task Remove(string tunnel = "t", DatapathId? on = null) => Act(() => Tunnels.RemoveAsync(on ?? One, tunnel));

    public T Act<T>(Func<T> action)
    {
        T result = _client.OnLoop(action);
        Settle();
        return result;
    }

    public void Pass(TimeSpan time)
    {
        _client.Pass(time);
        Settle();
    }

    public void Settle()
    {
        do _client.Settle();
        while (Database.Serve(_client.Server));
        _client.Settle();
    }

    public static TunnelException Failure(Task task)
    {
        Assert.That(task.IsFaulted, Is.True, "It has not failed.");
        return (TunnelException)task.Exception!.InnerException!;
    }

    public void Dispose() => _client.Dispose();
}
