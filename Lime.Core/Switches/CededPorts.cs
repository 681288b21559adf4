using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Switches;

/// <summary>Ports at which a rule for all ports of a part has no entry, because another rule, the same but for that
/// port alone, has it: both would be the same entry there.</summary>
/// <remarks>Which of two such rules a packet meets is the switch's choice (1.3.5 section 5.3: of equal priority);
/// Lime's is the narrower one. The wider one's entry is deleted just before the narrower one's is added, so that each
/// counts its own packets. Threading: the owner loop's.</remarks>
internal sealed class CededPorts
{
    private readonly HashSet<(FlowRule Rule, PortNumber Port)> _ceded = [];

    public bool IsEmpty => _ceded.Count == 0;

    /// <summary>A rule is about to get its entries.</summary>
    /// <returns>The rule that has to give way at the port, and whose entry there is to be deleted; or null.</returns>
    public FlowRule? Settle(Instance instance, FlowRule rule)
    {
        ShadowFlowTable table = instance.VirtualSwitch.Table;
        if (rule.Match.InPort is { } port)
        {
            bool isNew = WiderOf(instance, rule) is { } wider && _ceded.Add((wider, port));
            // While an instance is filled entries come in any order: the wider one has none here yet.
            return isNew && instance.VirtualSwitch.Live.Contains(instance) ? WiderOf(instance, rule) : null;
        }
        foreach ((PortNumber each, PortPlace _) in instance.Map.Places)
        {
            bool isTaken = table.Find(rule.Match.WithInPort(each), rule.Priority, rule.Key.Table) is not null;
            if (isTaken) _ceded.Add((rule, each));
        }
        return null;
    }

    /// <summary>Takes out the entries that a rule does not have.</summary>
    public void Restrict(Instance instance, FlowRule rule, List<PhysicalRule> entries)
    {
        if (_ceded.Count == 0 || rule.Match.InPort is not null) return;
        entries.RemoveAll(each => instance.Map.TryToVirtual(each.Match.InPort ?? PortNumber.Any, out PortNumber port)
            && _ceded.Contains((rule, port)));
    }

    /// <summary>A rule has gone.</summary>
    /// <returns>The rule that has the place again; or null.</returns>
    public FlowRule? GiveBack(Instance instance, FlowRule gone)
    {
        if (_ceded.Count == 0) return null;
        if (gone.Match.InPort is { } port)
        {
            bool hadIt = WiderOf(instance, gone) is { } wider && _ceded.Remove((wider, port));
            return hadIt ? WiderOf(instance, gone) : null;
        }
        _ceded.RemoveWhere(each => each.Rule == gone);
        return null;
    }

    private static FlowRule? WiderOf(Instance instance, FlowRule rule) => instance.VirtualSwitch.Table.Find(
        rule.Match.Without(FieldMasks.InPort), rule.Priority, rule.Key.Table);
}
