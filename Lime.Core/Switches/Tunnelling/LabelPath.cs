using System.Buffers.Binary;
using System.Globalization;
using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>A tunnel over the OpenFlow fabric alone: rules that take frames from one switch of the fabric to the next,
/// between those with a service tag (IEEE 802.1ad) around them, whose VLAN id is the tunnel's label.</summary>
/// <remarks>The first switch pushes the tag, the last one pops it; the ends get frames as they were sent. Nothing else
/// that passes the fabric meets its rules: they are for the ports of the two ends, and for the label.</remarks>
internal sealed class LabelPath : Tunnel
{
    private const ushort ServiceTag = 0x88a8;

    private readonly LabelFabric _fabric;

    public LabelPath(LabelFabric fabric, TunnelWish wish, FabricPath path, ushort label) : base(wish)
    {
        _fabric = fabric;
        Path = path;
        Label = label;
        PortA = path.A.Port;
        PortB = path.B.Port;
    }

    /// <summary>The way it takes at present.</summary>
    public FabricPath Path { get; private set; }

    /// <summary>Tells it from all others.</summary>
    public ushort Label { get; }

    public override string Way
    {
        get
        {
            string way = string.Join(", ", Path.Hops.Select(each => _fabric.NameOf(each.Switch)));
            return way.Length == 0
                ? $"by the cable from port {PortA} to port {PortB}"
                : string.Create(CultureInfo.InvariantCulture, $"through {way} with label {Label}");
        }
    }

    public override async Task OpenAsync()
    {
        Put(Path);
        await ConfirmAsync(Path);
        IsOpen = true;
    }

    public override async Task CloseAsync()
    {
        IsOpen = false;
        foreach ((PhysicalSwitch at, Match match, _) in RulesOf(Path)) at.Carrier.Remove(match);
        // One that can't be reached has its rules taken away when it is back.
        foreach (FabricHop each in Path.Hops) await _fabric.SwitchOf(each.Switch).TryBarrierAsync();
    }

    /// <summary>Leads it another way with the same ends and the same label.</summary>
    public async Task RerouteAsync(FabricPath path)
    {
        FabricPath before = Path;
        Path = path;
        Put(path);
        HashSet<(PhysicalSwitch, Match)> kept = [.. RulesOf(path).Select(each => (each.At, each.Match))];
        foreach ((PhysicalSwitch at, Match match, _) in RulesOf(before))
        {
            if (!kept.Contains((at, match))) at.Carrier.Remove(match);
        }
        await ConfirmAsync(path);
    }

    private void Put(FabricPath path)
    {
        foreach ((PhysicalSwitch at, Match match, ActionList actions) in RulesOf(path)) at.Carrier.Put(match, actions);
    }

    private async Task ConfirmAsync(FabricPath path) =>
        // Each awaited for itself, on the loop: WhenAll would follow the channels' own tasks on the thread pool.
        await Task.WhenAll(path.Hops.Select(async each => await _fabric.SwitchOf(each.Switch).BarrierAsync()));

    private IEnumerable<(PhysicalSwitch At, Match Match, ActionList Actions)> RulesOf(FabricPath path)
    {
        for (int i = 0; i < path.Hops.Length; i++)
        {
            FabricHop hop = path.Hops[i];
            PhysicalSwitch at = _fabric.SwitchOf(hop.Switch);
            (bool isLabelledA, bool isLabelledB) = (path.IsLabelled(i), path.IsLabelled(i + 1));
            yield return (at, From(hop.TowardsA, isLabelledA), To(hop.TowardsB, isLabelledA, isLabelledB));
            yield return (at, From(hop.TowardsB, isLabelledB), To(hop.TowardsA, isLabelledB, isLabelledA));
        }
    }

    private Match From(PortNumber port, bool isLabelled)
    {
        Match match = Match.Any.WithInPort(port);
        return isLabelled ? match.WithVlanId(Label) : match;
    }

    private ActionList To(PortNumber port, bool isLabelled, bool isToBe)
    {
        if (isLabelled == isToBe) return ActionList.Output(port);
        if (isLabelled) return ActionList.Of(FlowAction.StripVlan(), FlowAction.Output(port));
        Span<byte> tag = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(tag, (ushort)(Label | PacketFields.VlanPresent));
        return ActionList.Of(
            FlowAction.PushVlan(ServiceTag),
            FlowAction.SetField(OxmField.Of(OxmId.VlanId, tag)),
            FlowAction.Output(port));
    }
}
