using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>The switches that carry tunnels by labels: plans paths through them, and leads those elsewhere whose way
/// fails.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed partial class LabelFabric(SwitchRegistry registry, NetworkDescription? network)
{
    /// <summary>A service tag around each frame.</summary>
    private const int LabelBytes = 4;

    private readonly Fabric _fabric = new(network);
    private readonly TunnelLabels _labels = network?.TunnelLabels ?? TunnelLabels.Default;

    public PhysicalSwitch SwitchOf(DatapathId datapath) => registry.FindPhysical(datapath)!;

    public bool IsCarrier(PhysicalSwitch physical) => _fabric.IsCarrier(physical.Datapath);

    public string NameOf(DatapathId datapath) => SwitchOf(datapath).Name;

    /// <summary>Plans a path.</summary>
    /// <param name="wish">What is to be joined.</param>
    /// <param name="present">The tunnels that there are, or that are planned.</param>
    /// <param name="faults">Gets why there is none.</param>
    /// <returns>Null if there is none.</returns>
    public LabelPath? Plan(TunnelWish wish, IReadOnlyCollection<Tunnel> present, List<string> faults)
    {
        bool IsFree(PhysicalPort port) => wish.IsFree(port) && IsUp(port) && !present.Any(each => each.EndsAt(port));
        FabricPath? path = _fabric.Find(wish.A.Datapath, wish.B.Datapath, IsFree, IsUsable);
        if (path is null)
        {
            faults.Add("no way leads through switches that carry tunnels from a free port to a free port");
            return null;
        }
        if (FindFault(path, wish.Mtu) is { } fault)
        {
            faults.Add(fault);
            return null;
        }
        if (FreeLabel(present) is { } label) return new LabelPath(this, wish, path, label);
        faults.Add($"all labels from {_labels.First} to {_labels.Last} are in use");
        return null;
    }

    /// <summary>A port of a switch may have gone up or down, or the switch has come: paths whose way has failed get
    /// another one.</summary>
    public void Reconsider(IEnumerable<Tunnel> present)
    {
        foreach (LabelPath path in present.OfType<LabelPath>().Where(each => each.IsOpen).ToArray())
        {
            if (path.Path.Links.All(IsUsable)) continue;
            FabricPath? other = _fabric.Find(
                path.A.Datapath,
                path.B.Datapath,
                port => port == path.Path.A || port == path.Path.B,
                link => IsUsable(link));
            if (other is null) LogBroken(registry.Loop.Logger, path.Label, path.A.Name, path.B.Name);
            else _ = RerouteAsync(path, other);
        }
    }

    private async Task RerouteAsync(LabelPath path, FabricPath way)
    {
        try
        {
            await path.RerouteAsync(way);
            LogRerouted(registry.Loop.Logger, path.ToString());
        }
        catch (OpenFlowRequestException exception)
        {
            // Lost on the way: the loss itself, and its return, make this look again.
            LogNotConfirmed(registry.Loop.Logger, path.ToString(), exception.Message);
        }
    }

    private ushort? FreeLabel(IReadOnlyCollection<Tunnel> present)
    {
        var used = present.OfType<LabelPath>().Select(each => each.Label).ToHashSet();
        for (int label = _labels.First; label <= _labels.Last; label++)
        {
            if (!used.Contains((ushort)label)) return (ushort)label;
        }
        return null;
    }

    /// <summary>Tags need OpenFlow 1.3, and room.</summary>
    private string? FindFault(FabricPath path, int mtu)
    {
        foreach (FabricHop each in path.Hops)
        {
            PhysicalSwitch at = SwitchOf(each.Switch);
            if (!at.Semantics.HasTables)
                return $"{at.Name}, through which the way leads, speaks OpenFlow 1.0, which has no service tags";
        }
        for (int i = 0; i < path.Links.Length; i++)
        {
            PhysicalLink link = path.Links[i];
            int needed = mtu + (path.IsLabelled(i) ? LabelBytes : 0);
            if (link.Mtu is { } carried && carried < needed)
                return $"the cable {link.A} to {link.B} carries packets of {carried} bytes, and {needed} are needed";
        }
        return null;
    }

    /// <summary>A switch that is away is not led through anew, but what leads through it is left there: its data plane
    /// may well go on.</summary>
    private bool IsUsable(PhysicalLink link) => IsUp(link.A) && IsUp(link.B);

    private bool IsUp(PhysicalPort port)
    {
        if (registry.FindPhysical(port.Datapath) is not { } at) return false;
        foreach (PortDescription each in at.Ports)
        {
            if (each.Port == port.Port) return each.IsUp;
        }
        return false;
    }

    [LoggerMessage(160, LogLevel.Warning, "A way has failed; the tunnel leads now between {Tunnel}.")]
    private static partial void LogRerouted(ILogger logger, string tunnel);

    [LoggerMessage(161, LogLevel.Warning, "Tunnel {Label} between {A} and {B} has no way at present.")]
    private static partial void LogBroken(ILogger logger, ushort label, string a, string b);

    [LoggerMessage(162, LogLevel.Warning, "The tunnel between {Tunnel} could not be confirmed: {Reason}")]
    private static partial void LogNotConfirmed(ILogger logger, string tunnel, string reason);
}
