using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>All tunnels of a controller: planned, made, kept, and taken away when nothing lies at them any
/// more.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed partial class TunnelWorks(SwitchRegistry registry, NetworkDescription? network)
{
    private readonly List<Tunnel> _tunnels = [];
    private readonly List<HostRelay> _relays = [];
    private readonly LabelFabric _labels = new(registry, network);

    /// <summary>The switches' databases.</summary>
    public OvsSites Sites { get; } = new(registry, network);

    /// <summary>The tunnels that there are, or that a migration has planned.</summary>
    public IReadOnlyList<Tunnel> Tunnels => _tunnels;

    /// <summary>Whether the network description says anything by which tunnels can be made.</summary>
    public bool AreDescribed { get; } =
        network?.PhysicalSwitches.Any(each => each.CarriesTunnels || each.Database is not null) == true;

    /// <summary>Plans a tunnel; nothing is done.</summary>
    /// <param name="wish">What is to be joined.</param>
    /// <param name="planned">What is planned besides.</param>
    /// <param name="faults">Gets why there is none.</param>
    /// <returns>Null if none can be made.</returns>
    public Tunnel? Plan(TunnelWish wish, IReadOnlyCollection<Tunnel> planned, List<string> faults)
    {
        Tunnel[] present = [.. _tunnels, .. planned];
        return _labels.Plan(wish, present, faults) ?? (Tunnel?)Sites.Plan(wish, present, faults);
    }

    /// <summary>The tunnel that ends at a port, or null.</summary>
    public Tunnel? FindAt(PhysicalSwitch physical, PortNumber port) =>
        _tunnels.Find(each => each.EndsAt(new PhysicalPort(physical.Datapath, port)));

    /// <summary>Where a host is that is reached by a tunnel from <paramref name="far"/>; null: none is.</summary>
    public HostRelay? FindRelay(Tunnel tunnel, PhysicalSwitch far)
    {
        PhysicalSwitch near = far == tunnel.A ? tunnel.B : tunnel.A;
        return _relays.Find(each => each.At == near && each.SteeredBy == tunnel.PortAt(near));
    }

    /// <summary>The relay of a host's port.</summary>
    public HostRelay RelayFor(PhysicalSwitch at, PortNumber hostPort)
    {
        HostRelay? known = _relays.Find(each => each.At == at && each.HostPort == hostPort);
        return known ?? new HostRelay(at, hostPort);
    }

    /// <summary>A migration has planned a tunnel and will open it: nobody else gets its ports or its label.</summary>
    public void Hold(Tunnel tunnel)
    {
        tunnel.IsHeld = true;
        if (!_tunnels.Contains(tunnel)) _tunnels.Add(tunnel);
    }

    /// <summary>Opens a tunnel that is held.</summary>
    /// <param name="tunnel">The tunnel.</param>
    /// <param name="relay">The host that it leads to; null: both ends are switches'.</param>
    /// <exception cref="MigrationStepException">It can't be made.</exception>
    /// <exception cref="OpenFlowRequestException">A switch doesn't answer.</exception>
    public async Task OpenAsync(Tunnel tunnel, HostRelay? relay)
    {
        await tunnel.OpenAsync();
        await TunnelProbe.ProveAsync(tunnel, tunnel.Mtu, registry.Loop);
        LogOpened(registry.Loop.Logger, tunnel.ToString());
        if (relay is null) return;
        if (!_relays.Contains(relay)) _relays.Add(relay);
        relay.Accept(tunnel.PortAt(relay.At));
        await relay.At.BarrierAsync();
    }

    /// <summary>Takes away every tunnel at which no virtual port lies any more and which no migration holds.</summary>
    public async Task CloseUnusedAsync(BestEffort effort)
    {
        foreach (Tunnel each in _tunnels.Where(each => !each.IsHeld && !IsUsed(each)).ToArray())
        {
            foreach (HostRelay relay in _relays)
            {
                if (each.A == relay.At || each.B == relay.At) relay.Forget(each.PortAt(relay.At));
            }
            _relays.RemoveAll(relay => relay.IsIdle);
            _tunnels.Remove(each);
            await effort.DoAsync(each.CloseAsync);
            LogClosed(registry.Loop.Logger, each.ToString());
        }
    }

    /// <summary>A switch has come: it gets what it is to have for tunnels, before anything on it is taken
    /// away.</summary>
    public void Connected(PhysicalSwitch physical)
    {
        if (physical.Carrier.Count > 0 || _labels.IsCarrier(physical)) _ = RestoreAsync(physical);
        _labels.Reconsider(_tunnels);
    }

    /// <summary>Ports have changed.</summary>
    public void PortsChanged() => _labels.Reconsider(_tunnels);

    private async Task RestoreAsync(PhysicalSwitch physical)
    {
        try
        {
            await physical.Carrier.RestoreAsync();
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotRestored(registry.Loop.Logger, physical.Name, exception.Message);
        }
    }

    private bool IsUsed(Tunnel tunnel) => registry.Map.Instances.Any(each =>
        LiesAt(each.Key.Instance, each.Value, tunnel.A, tunnel.PortA)
        || LiesAt(each.Key.Instance, each.Value, tunnel.B, tunnel.PortB));

    private static bool LiesAt(DatapathId instance, InstanceMap map, PhysicalSwitch end, PortNumber? port) =>
        instance == end.Datapath && port is { } known && !map.IsIdentity && map.TryToVirtual(known, out _);

    [LoggerMessage(163, LogLevel.Information, "A tunnel was made between {Tunnel}.")]
    private static partial void LogOpened(ILogger logger, string tunnel);

    [LoggerMessage(164, LogLevel.Information, "The tunnel between {Tunnel} is not needed any more.")]
    private static partial void LogClosed(ILogger logger, string tunnel);

    [LoggerMessage(165, LogLevel.Warning, "{Switch} could not be given its tunnels' rules: {Reason}")]
    private static partial void LogNotRestored(ILogger logger, string @switch, string reason);
}
