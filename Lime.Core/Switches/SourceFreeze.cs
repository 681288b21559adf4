using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Makes an instance drop everything, with one rule above all others, and lets it go on
/// again.</summary>
/// <remarks>In OpenFlow 1.0 exact matches outrank every rule (H-35): they are made to drop one by one,
/// behind the same barrier. So are other rules of the highest priority, of which a switch may choose any
/// (1.3.5 section 5.3). Threading: the owner loop's.</remarks>
internal sealed class SourceFreeze(RuleCopy copy)
{
    /// <summary>Marks the drop rule ("LimeFrz!"), so that one found on a switch that was lost while frozen
    /// is not taken for an app's.</summary>
    public static readonly Cookie DropCookie = new(0x4c69_6d65_4672_7a21);

    private static readonly FlowMod Drop = new()
    {
        Cookie = DropCookie,
        Command = FlowModCommand.Add,
        Match = Match.Any,
        Priority = ushort.MaxValue,
        Actions = ActionList.Drop,
    };

    public bool IsFrozen { get; private set; }

    public Task FreezeAsync(Instance source)
    {
        IsFrozen = true;
        foreach (FlowMod drop in DropsOf(source)) source.Send(default, drop);
        foreach (FlowRule rule in OutrankingRules(source)) source.Override(rule, InstructionSet.Drop);
        return copy.ConfirmAsync(source);
    }

    public async Task ThawAsync(Instance source)
    {
        IsFrozen = false;
        if (!source.Physical.IsConnected) return;
        foreach (FlowRule rule in OutrankingRules(source)) source.Install(rule, FlowModCommand.ModifyStrict, null);
        RemoveDrop(source);
        await copy.ConfirmAsync(source);
    }

    public void RemoveDrop(Instance source)
    {
        IsFrozen = false;
        foreach (FlowMod drop in DropsOf(source))
            source.Send(default, drop with { Command = FlowModCommand.DeleteStrict });
    }

    /// <summary>The drop rule, or one for each port of a part; none where an app's rule is in its place, which is made
    /// to
    /// drop.</summary>
    private static IEnumerable<FlowMod> DropsOf(Instance source)
    {
        if (FindDouble(source) is not null) return [];
        if (!source.IsPart) return [Drop];
        ShadowFlowTable table = source.VirtualSwitch.Table;
        return source.Map.Places
            .Where(each => table.Find(Match.Any.WithInPort(each.Key), Drop.Priority, Drop.Table) is null)
            .SelectMany(each => each.Value.Ingress).Select(port => Drop with { Match = Match.Any.WithInPort(port) });
    }

    /// <summary>Rules of the first table with the drop rule's rank; no packet gets to another table any more.</summary>
    private static IEnumerable<FlowRule> OutrankingRules(Instance source) => source.VirtualSwitch.Table.Rules
        .Where(rule => rule.Key.Table == Drop.Table
            && (rule.Key.Priority == Drop.Priority || IsExactAtPorts(source, rule)));

    /// <summary>A rule that leaves nothing open but its port is exact at each port of a part.</summary>
    private static bool IsExactAtPorts(Instance source, FlowRule rule) => source.IsPart
        && source.Physical.Semantics.ExactMatchOutranksPriority
        && rule.Match.WithInPort(PortNumber.Max).IsExact;

    private static FlowRule? FindDouble(Instance source) =>
        source.VirtualSwitch.Table.Find(Drop.Match, Drop.Priority, Drop.Table);
}
