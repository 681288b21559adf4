using System.Globalization;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>A tunnel through an IP network between two Open vSwitches, whose ports are made by their
/// databases.</summary>
internal sealed class OvsTunnel : Tunnel
{
    /// <summary>The switch tells of a port by its database and by OpenFlow, in any order.</summary>
    private static readonly TimeSpan PortTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PortPoll = TimeSpan.FromMilliseconds(5);

    private readonly LoopAccess _loop;
    private readonly OvsSite _a;
    private readonly OvsSite _b;

    public OvsTunnel(LoopAccess loop, TunnelWish wish, (OvsSite A, OvsSite B) sites, uint key) : base(wish)
    {
        _loop = loop;
        (_a, _b) = sites;
        Key = key;
    }

    /// <summary>Tells it from all others.</summary>
    public uint Key { get; }

    public override string Way =>
        $"as {_a.Description.Type} from {_a.Description.TunnelAddress} to {_b.Description.TunnelAddress}, key {Key}";

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{A.Datapath}-{B.Datapath}-{Key}");

    /// <summary>Why it can't be made, as far as the databases tell; null: it can.</summary>
    public string? FindFault()
    {
        foreach ((OvsSite near, OvsSite far) in new[] { (_a, _b), (_b, _a) })
        {
            TunnelDemand demand = DemandOf(near, far);
            if (demand.Spec.FindFault() is { } fault) return fault;
            try
            {
                if (demand.Mtu is { } mtu) TunnelUnderlay.Check(near.Tables, demand.Spec, mtu);
            }
            catch (TunnelException exception)
            {
                return exception.Message;
            }
        }
        return null;
    }

    public override async Task OpenAsync()
    {
        try
        {
            PortA = await EnsureAsync(A, _a, _b);
            PortB = await EnsureAsync(B, _b, _a);
        }
        catch (TunnelException exception)
        {
            throw new MigrationStepException(exception.Message);
        }
        await AwaitPortAsync(A, PortA.Value);
        await AwaitPortAsync(B, PortB.Value);
        IsOpen = true;
    }

    public override async Task CloseAsync()
    {
        IsOpen = false;
        try
        {
            await _a.Tunnels.RemoveAsync(A.Datapath, Name);
            await _b.Tunnels.RemoveAsync(B.Datapath, Name);
        }
        catch (TunnelException exception)
        {
            throw new MigrationStepException(exception.Message);
        }
    }

    private async Task<PortNumber> EnsureAsync(PhysicalSwitch at, OvsSite near, OvsSite far) =>
        (await near.Tunnels.EnsureAsync(at.Datapath, Name, DemandOf(near, far))).Number;

    private TunnelDemand DemandOf(OvsSite near, OvsSite far)
    {
        var spec = new TunnelSpec(near.Description.Type, far.Description.TunnelAddress, Key)
        {
            Local = near.Description.TunnelAddress,
        };
        return new TunnelDemand(spec, near.Description.UnderlayInterface is { } underlay
            ? new TunnelMtuDemand(Mtu, underlay)
            : null);
    }

    private async Task AwaitPortAsync(PhysicalSwitch at, PortNumber port)
    {
        long deadline = _loop.NowTicks + PortTimeout.Ticks;
        while (!at.Ports.Any(each => each.Port == port))
        {
            if (_loop.NowTicks >= deadline)
                throw new MigrationStepException($"{at.Name} has not told of port {port} of its tunnel.");
            await _loop.WaitAsync(PortPoll, CancellationToken.None);
        }
    }
}
