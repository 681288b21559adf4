using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What an instance has to itself of a physical switch that it shares.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class InstancePart(SwitchParts parts)
{
    /// <summary>The numbers of its groups and meters there.</summary>
    public ResourceIds Ids { get; } = new(parts);

    /// <summary>Where two rules of its would be the same entry.</summary>
    public CededPorts Ceded { get; } = new();

    /// <summary>Whether what was found at its ports when the present connection began has been taken account
    /// of.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Rules found at its ports that nobody asked for and that were left alone.</summary>
    public int ForeignRules { get; set; }

    /// <summary>A packet-in tells an app's rule for what no other matches by the mark.</summary>
    public static FlowMod FlowModOf(Instance instance, FlowRule rule, FlowModCommand command)
    {
        FlowMod flowMod = rule.ToFlowMod(command);
        bool isMiss = instance.VirtualSwitch.Table.Semantics.HasTables && TableMissRule.IsMissOfAnyTable(rule);
        return isMiss ? flowMod with { Cookie = TableMissRule.AppMark } : flowMod;
    }

    /// <summary>A rule has left a virtual switch: another may have its place at its parts again.</summary>
    public static void RuleWasRemoved(VirtualSwitch virtualSwitch, FlowRule gone)
    {
        foreach (Instance instance in virtualSwitch.Live) instance.Part?.GiveBack(instance, gone);
        if (virtualSwitch.Follower is { IsLive: true, Instance: { } follower }) follower.Part?.GiveBack(follower, gone);
    }

    /// <summary>Where a rule for all ports of a part has its entries, one for a single port takes that place;
    /// while there are several instances in one step, lest a packet should meet neither.</summary>
    public void MakeRoom(Instance instance, FlowRule rule)
    {
        FlowRule? wider = Ceded.Settle(instance, rule);
        if (wider is null || instance.VirtualSwitch.Mode != CloneMode.Single) return;
        if (instance.Map.PlaceOf(rule.Match.InPort!.Value) is not { } place) return;
        foreach (PortNumber port in place.Ingress)
        {
            var entry = new PhysicalRule(rule.Match.WithInPort(port), wider.Instructions);
            instance.Deletions.DeleteEntry(wider, entry, null);
        }
    }

    private void GiveBack(Instance instance, FlowRule gone)
    {
        if (Ceded.GiveBack(instance, gone) is not { } wider) return;
        // A switch may reorder what no barrier parts, and the other rule's deletion is on its way.
        _ = instance.Physical.TryBarrierAsync();
        FlowMod flowMod = FlowModOf(instance, wider, FlowModCommand.Add);
        foreach (PhysicalRule each in instance.EntriesOf(wider, wider.Instructions))
        {
            bool isThere = instance.Map.TryToVirtual(each.Match.InPort!.Value, out PortNumber port)
                && port == gone.Match.InPort;
            if (isThere) instance.Send(wider.AppXid, Instance.Entry(flowMod, each));
        }
    }
}
