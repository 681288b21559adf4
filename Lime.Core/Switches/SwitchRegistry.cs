using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>All switches of a controller: who is connected, what realises what.</summary>
/// <remarks>Threading: the owner loop's, but for the two snapshots.</remarks>
internal sealed partial class SwitchRegistry
{
    /// <summary>How long a switch that is connected may take to answer when another with its datapath id
    /// comes.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private readonly Dictionary<DatapathId, PhysicalSwitch> _physical = [];
    private readonly Dictionary<string, VirtualSwitch> _virtual = new(StringComparer.Ordinal);
    private readonly RegistrySettings _settings;
    private readonly AppChain _apps;
    private readonly LoopAccess _loop;

    public SwitchRegistry(RegistrySettings settings, AppChain apps, LoopAccess loop)
    {
        _settings = settings;
        _apps = apps;
        _loop = loop;
        Auxiliaries = new AuxiliaryAdmission(this);
        Topology = new NetworkTopology(settings.Network);
        Tunnels = new TunnelWorks(this, settings.Network);
        foreach (PhysicalSwitchDescription each in settings.Network?.PhysicalSwitches ?? [])
            _physical[each.Datapath] = new PhysicalSwitch(each.Datapath, each.Name)
            {
                IsSpare = !each.CarriesTunnels,
                Mtu = each.Mtu,
            };
        foreach (DatapathId spare in settings.Spares)
        {
            if (!_physical.ContainsKey(spare))
                _physical[spare] = new PhysicalSwitch(spare, spare.ToString()) { IsSpare = true };
        }
        foreach (VirtualSwitchDescription each in settings.Network?.VirtualSwitches ?? [])
        {
            PhysicalSwitch physical = _physical[each.RealisedBy];
            VirtualSwitch added = AddVirtual(each.Name, each.Datapath, each.Quota);
            Realise(added, physical, InstanceMap.Of(each.Ports, IsShared(settings.Network!, each.RealisedBy)));
        }
    }

    public NetworkTopology Topology { get; }

    /// <summary>What joins switches that no cable joins.</summary>
    public TunnelWorks Tunnels { get; }

    /// <summary>Takes connections that are not main ones.</summary>
    public AuxiliaryAdmission Auxiliaries { get; }

    /// <summary>Told after a switch came, went, or changed its ports or what it realises.</summary>
    public Action<PhysicalSwitch>? Changed { get; set; }

    /// <summary>Told after a virtual switch has gone for good.</summary>
    public Action<VirtualSwitch>? Removed { get; set; }

    /// <summary>The present map.</summary>
    public NetworkMap Map { get; private set; } = NetworkMap.Empty;

    public LoopAccess Loop => _loop;

    public VirtualSwitchLimits Limits => _settings.Limits;

    /// <summary>The virtual switches that a migration has to itself, as the one that moves or as a
    /// neighbour.</summary>
    public Dictionary<VirtualSwitch, int> Reserved { get; } = [];

    public IReadOnlyCollection<VirtualSwitch> VirtualSwitches => _virtual.Values;

    public IReadOnlyCollection<PhysicalSwitch> PhysicalSwitches => _physical.Values;

    public VirtualSwitch? FindVirtual(string nameOrDatapath)
    {
        if (_virtual.TryGetValue(nameOrDatapath, out VirtualSwitch? found)) return found;
        return DatapathId.TryParse(nameOrDatapath, out DatapathId datapath)
            ? _virtual.Values.FirstOrDefault(each => each.Datapath == datapath)
            : null;
    }

    public PhysicalSwitch? FindPhysical(DatapathId datapath) => _physical.GetValueOrDefault(datapath);

    /// <summary>Places an instance's ports, or places them anew.</summary>
    public void SetMap(Instance instance, InstanceMap map)
    {
        instance.Map = map;
        instance.Physical.Parts?.Place();
        Map = Map.With(instance.VirtualSwitch.Datapath, instance.Physical.Datapath, map);
        Changed?.Invoke(instance.Physical);
    }

    /// <summary>A physical switch begins to realise a virtual one, without carrying traffic yet.</summary>
    public Instance AddInstance(VirtualSwitch virtualSwitch, PhysicalSwitch physical, InstanceMap map)
    {
        var instance = new Instance(virtualSwitch, physical, map);
        if (map.IsPartial)
        {
            physical.Share().Add(instance);
            // The switch's buffers are everybody's: a packet that one holds must not be another's to send.
            virtualSwitch.Buffers.Close();
        }
        else
        {
            physical.Instance = instance;
        }
        physical.IsSpare = false;
        SetMap(instance, map);
        return instance;
    }

    /// <summary>A physical switch realises nothing any more: it is a spare.</summary>
    public void RemoveInstance(Instance instance)
    {
        if (instance.Physical.Instance == instance) instance.Physical.Instance = null;
        instance.Physical.Parts?.Remove(instance);
        // Nobody listens to it any more: what it had to report never comes, and no barrier must wait for it.
        foreach (Rules.Removal removal in instance.Ledger.Abandon()) instance.VirtualSwitch.Report(removal);
        instance.Physical.IsSpare = instance.Physical.Instances.Count == 0;
        Map = Map.Without(instance.VirtualSwitch.Datapath, instance.Physical.Datapath);
        Changed?.Invoke(instance.Physical);
    }

    /// <summary>A virtual switch on a part of a physical one comes while others carry traffic.</summary>
    public void AddAtRunTime(VirtualSwitchDescription description)
    {
        PhysicalSwitch physical = _physical[description.RealisedBy];
        bool isFirst = physical.Parts is null;
        VirtualSwitch added = AddVirtual(description.Name, description.Datapath, description.Quota);
        Realise(added, physical, InstanceMap.Of(description.Ports, isPartial: true));
        // It is realised by now, and that is news.
        Changed?.Invoke(physical);
        if (physical.Channel is { } channel) _ = ShowNewAsync(added.Primary!, channel, isFirst);
    }

    /// <summary>A virtual switch goes; its rules are taken away where they can be.</summary>
    /// <returns>Complete when they are gone, of each physical switch that is connected.</returns>
    public List<Task> Remove(VirtualSwitch virtualSwitch)
    {
        var gone = new List<Task>();
        GoDown(virtualSwitch);
        virtualSwitch.Idle.Stop();
        foreach (Rules.FlowRule each in virtualSwitch.Table.Rules.ToArray()) virtualSwitch.Table.Remove(each);
        foreach (Instance each in virtualSwitch.Live.ToArray())
        {
            var left = new Leftovers(each, _loop);
            each.Physical.Leftovers.Add(left);
            virtualSwitch.Live.Remove(each);
            RemoveInstance(each);
            left.TakeAway();
            if (each.Physical.IsConnected) gone.Add(left.Gone);
        }
        _virtual.Remove(virtualSwitch.Name);
        Removed?.Invoke(virtualSwitch);
        return gone;
    }

    /// <summary>A migration has left a virtual switch to one instance: if that was lost meanwhile, it is now as if it
    /// had been alone all the time.</summary>
    public void BecameSingle(Instance instance)
    {
        VirtualSwitch virtualSwitch = instance.VirtualSwitch;
        if (instance.Physical.Channel is not { } channel) GoDown(virtualSwitch);
        else if (!virtualSwitch.IsUp) ShowToApps(instance, channel);
        else if (!instance.IsReconciled) _ = virtualSwitch.Reconciliation.RunAsync(instance);
    }

    /// <summary>A connection has finished its handshake. A datapath id that is connected already: the
    /// incumbent is probed, and stays while it answers.</summary>
    public async Task AdmitAsync(SwitchConnection connection, OpenFlowChannel channel)
    {
        FeaturesReply features = channel.Features!;
        PhysicalSwitch physical = FindOrAdd(features.Datapath);
        // More than once if others with the same id come while we ask: whoever was let in is asked too.
        while (physical.Channel is { } incumbent)
        {
            if (await AnswersAsync(incumbent))
            {
                LogDuplicate(_loop.Logger, physical.Name);
                channel.Close(
                    ChannelCloseReason.DuplicateDatapath,
                    $"Another connection has the datapath id {features.Datapath} and answers.");
                return;
            }
            incumbent.Close(
                ChannelCloseReason.PeerSilent,
                "A new connection has come, and this one did not answer.");
            if (physical.Channel == incumbent) break;
        }
        if (!channel.IsReady) return;
        if (physical.Connection is { } old)
            Lost(old, new(ChannelCloseReason.PeerSilent, "Replaced by a new connection."));
        Connect(physical, connection, channel);
        connection.DeliverKept();
        Auxiliaries.MainConnected(physical);
    }

    /// <summary>A connection has ended.</summary>
    public void Lost(SwitchConnection connection, ChannelCloseCause cause)
    {
        if (connection.Physical is not { } physical) return;
        if (connection.Channel is { Features.AuxiliaryId: not 0 } auxiliary)
        {
            physical.Auxiliaries.Remove(auxiliary);
            LogAuxiliaryLost(_loop.Logger, physical.Name, auxiliary.Features!.AuxiliaryId, cause);
            return;
        }
        if (physical.Connection != connection) return;
        physical.Disconnected(cause);
        LogLost(_loop.Logger, physical.Name, cause);
        foreach (Instance instance in physical.Instances.ToArray())
        {
            instance.IsReconciled = false;
            foreach (Rules.Removal removal in instance.Ledger.Abandon()) instance.VirtualSwitch.Report(removal);
            if (instance.VirtualSwitch.Primary == instance && !instance.VirtualSwitch.TryStandIn())
                GoDown(instance.VirtualSwitch);
        }
        physical.Trouble?.Invoke($"{physical.Name} lost its connection ({cause}).");
    }

    private void Connect(PhysicalSwitch physical, SwitchConnection connection, OpenFlowChannel channel)
    {
        connection.Physical = physical;
        physical.Connected(connection, channel);
        LogConnected(_loop.Logger, physical.Name, channel.Features!.Ports.Length);
        if (channel.PortsMissing is { } reason) LogPortsMissing(_loop.Logger, physical.Name, reason);
        // Packets come up whole: apps and held packets need them, and nothing is left in a switch's buffers.
        SetConfig settings = physical.Instance?.VirtualSwitch.Resources.Settings.ForInstances
            ?? new SetConfig(0, ushort.MaxValue);
        channel.Send(channel.NextXid(), settings);
        bool isOneToOne = _settings.Network is null && !physical.IsSpare && physical.Instance is null;
        if (isOneToOne)
        {
            VirtualSwitch added = AddVirtual(physical.Name, physical.Datapath, VirtualSwitchQuota.None);
            Realise(added, physical, InstanceMap.Identity);
        }
        Tunnels.Connected(physical);
        foreach (Leftovers each in physical.Leftovers.ToArray()) each.TakeAway();
        if (physical.Instance is { } instance && instance.VirtualSwitch.Primary == instance)
            ShowToApps(instance, channel);
        if (physical.Parts is { } parts) _ = ShowPartsAsync(physical, parts, channel);
        Changed?.Invoke(physical);
    }

    private async Task ShowNewAsync(Instance part, OpenFlowChannel channel, bool isFirst)
    {
        if (isFirst) await PartsReconciliation.ReadIdsAsync(part.Physical, _settings.UnknownRules, _loop);
        bool isStillThere = part.Physical.Channel == channel && part.VirtualSwitch.Primary == part;
        if (isStillThere) ShowToApps(part, channel);
    }

    private async Task ShowPartsAsync(PhysicalSwitch physical, SwitchParts parts, OpenFlowChannel channel)
    {
        await PartsReconciliation.ReadIdsAsync(physical, _settings.UnknownRules, _loop);
        if (physical.Channel != channel) return;
        foreach (Instance part in parts.All.ToArray())
        {
            part.IsReconciled = false;
            part.ForeignRules = 0;
            if (part.VirtualSwitch.Primary == part) ShowToApps(part, channel);
        }
        await PartsReconciliation.RunAsync(physical, _settings.UnknownRules, _loop);
    }

    private void ShowToApps(Instance instance, OpenFlowChannel channel)
    {
        VirtualSwitch virtualSwitch = instance.VirtualSwitch;
        FeaturesReply features = channel.Features!;
        VersionChange.Apply(virtualSwitch, channel.Codec!);
        ImmutableArray<PortDescription> ports = VirtualPorts.Of(instance.Map, features.Ports);
        // What apps were shown once stays: only the state of the ports is news.
        virtualSwitch.Describe(virtualSwitch.Ports.IsEmpty || instance.Map.IsIdentity
            ? features with { Ports = ports, BufferCount = instance.IsPart ? 0 : features.BufferCount }
            : virtualSwitch.Features with { Ports = VirtualPorts.MergeAll(virtualSwitch.Ports, ports) });
        virtualSwitch.Resources.Ports.Restore(instance);
        // The reading begins before apps can give their first command, so that it takes account of every one.
        _ = virtualSwitch.Reconciliation.RunAsync(instance);
        if (virtualSwitch.IsUp) return;
        virtualSwitch.IsUp = true;
        _apps.SwitchUp(virtualSwitch);
    }

    private void GoDown(VirtualSwitch virtualSwitch)
    {
        virtualSwitch.Disconnected();
        if (!virtualSwitch.IsUp) return;
        virtualSwitch.IsUp = false;
        _apps.SwitchDown(virtualSwitch);
    }

    private PhysicalSwitch FindOrAdd(DatapathId datapath)
    {
        if (_physical.TryGetValue(datapath, out PhysicalSwitch? known)) return known;
        return _physical[datapath] = new PhysicalSwitch(datapath, datapath.ToString());
    }

    private static bool IsShared(NetworkDescription network, DatapathId physical) =>
        network.VirtualSwitches.Count(each => each.RealisedBy == physical) > 1
        || network.PhysicalSwitches.Any(each => each.Datapath == physical && each.IsShared);

    private VirtualSwitch AddVirtual(string name, DatapathId datapath, VirtualSwitchQuota quota)
    {
        VirtualSwitchLimits limits = _settings.Limits with { Quota = quota };
        var virtualSwitch = new VirtualSwitch(name, datapath, _apps, _loop, limits);
        virtualSwitch.Reconciliation.UnknownRules = _settings.UnknownRules;
        if (_settings.Spares.Length > 0 || _settings.Network is not null) virtualSwitch.Idle.Start();
        return _virtual[name] = virtualSwitch;
    }

    private void Realise(VirtualSwitch virtualSwitch, PhysicalSwitch physical, InstanceMap map) =>
        virtualSwitch.Live.Add(AddInstance(virtualSwitch, physical, map));

    private static async Task<bool> AnswersAsync(OpenFlowChannel incumbent)
    {
        try
        {
            await incumbent.RequestAsync(new EchoRequest([]), ProbeTimeout);
            return true;
        }
        catch (OpenFlowRequestException)
        {
            return false;
        }
    }

    [LoggerMessage(120, LogLevel.Information, "{Switch} connected, {Ports} ports.")]
    private static partial void LogConnected(ILogger logger, string @switch, int ports);

    [LoggerMessage(121, LogLevel.Information, "{Switch} disconnected: {Cause}")]
    private static partial void LogLost(ILogger logger, string @switch, ChannelCloseCause cause);

    [LoggerMessage(124, LogLevel.Warning, "{Switch}: its ports are not known, or not all: {Reason}.")]
    private static partial void LogPortsMissing(ILogger logger, string @switch, string reason);

    [LoggerMessage(125, LogLevel.Information, "{Switch}: its auxiliary connection {Id} ended: {Cause}")]
    private static partial void LogAuxiliaryLost(
        ILogger logger, string @switch, byte id, ChannelCloseCause cause);

    [LoggerMessage(122, LogLevel.Warning, "A second connection of {Switch} was refused: the first one answers.")]
    private static partial void LogDuplicate(ILogger logger, string @switch);
}
