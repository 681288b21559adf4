using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Lime's own rule at the bottom of the first table, which sends to the controller what no other rule matches
/// (1.3.5 section 5.4: without one it is dropped). Apps see its packets and nothing else of it; an app's own rule in
/// its place wins.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
/// <param name="virtualSwitch">Whose instances have it.</param>
/// <param name="isAsked">Whether the operator wants it.</param>
internal sealed class TableMissRule(VirtualSwitch virtualSwitch, bool isAsked)
{
    /// <summary>Marks the rule ("LimeMiss"), so that one found on a switch is not taken for an app's.</summary>
    public static readonly Cookie Mark = new(0x4c69_6d65_4d69_7373);

    /// <summary>The cookie of a packet-in that no rule of an app sent (1.3.5 section 7.4.1).</summary>
    public static readonly Cookie NoRule = new(ulong.MaxValue);

    /// <summary>Marks an app's own rule for what no other matches on a switch that is shared ("LimeMisA"): there it
    /// names
    /// its port, so that the switch doesn't know it for one.</summary>
    public static readonly Cookie AppMark = new(0x4c69_6d65_4d69_7341);

    private static readonly FlowMod Rule = new()
    {
        Command = FlowModCommand.Add,
        Match = Match.Any,
        Priority = 0,
        Cookie = Mark,
        // In place of an app's rule its counters must not go on.
        Flags = FlowModFlags.ResetCounts,
        Actions = ActionList.ToController,
    };

    /// <summary>Right above its place, where it stands in while an app's rule there makes way.</summary>
    private const ushort BridgePriority = 1;

    private readonly HashSet<Instance> _bridged = [];

    /// <summary>Whether instances are to have it now.</summary>
    public bool IsWanted => isAsked && !virtualSwitch.Table.Semantics.MissGoesToController
        && virtualSwitch.Table.Find(Match.Any, 0, default) is null;

    /// <summary>Whether a rule lies in its place.</summary>
    public static bool IsPlaceOf(in Match match, ushort priority, TableId table) =>
        priority == 0 && table == default && Match.AreEqual(match, Match.Any);

    /// <summary>Whether a rule lies in its place at one or all ports of a part.</summary>
    public static bool IsPlaceOfPart(FlowRule rule) =>
        IsPlaceOf(rule.Match.Without(FieldMasks.InPort), rule.Priority, rule.Key.Table);

    /// <summary>Whether an app's rule is for what no other one of its table matches.</summary>
    public static bool IsMissOfAnyTable(FlowRule rule) => IsPlaceOf(rule.Match, rule.Priority, default);

    /// <summary>Whether it is what was found on a switch.</summary>
    public static bool IsFound(Instance instance, FlowStatistics entry) => entry.Cookie == Mark && IsPlaceOf(
        instance.IsPart ? entry.Match.Without(FieldMasks.InPort) : entry.Match, entry.Priority, entry.Table);

    /// <summary>Whether what was found on a switch was to stand in for it and is to go.</summary>
    public static bool IsBridge(FlowStatistics entry) => entry.Cookie == Mark && entry.Priority == BridgePriority
        && entry.Table == default && Match.AreEqual(entry.Match.Without(FieldMasks.InPort), Match.Any);

    /// <summary>Whether an app's rule is about to take its place, so that the counters there must begin anew.</summary>
    public bool IsReplacedBy(in FlowMod flowMod) =>
        flowMod.Priority == 0 && IsPlaceOf(FlowMod.MatchOf(flowMod), flowMod.Priority, flowMod.Table) && IsWanted;

    /// <summary>Whether a new rule of an app takes its place, whose counters are not that rule's.</summary>
    public static bool IsReplacedBy(in RuleChange change) => change.Kind == RuleChangeKind.Added
        && IsPlaceOf(change.Rule.Match, change.Rule.Priority, change.Rule.Key.Table);

    /// <summary>Gives it to an instance, if it is wanted.</summary>
    public void Install(Instance instance)
    {
        foreach (FlowMod rule in RulesOf(instance)) instance.Send(default, rule);
    }

    /// <summary>How many entries it is to have at an instance.</summary>
    public int EntryCount(Instance instance) => RulesOf(instance).Count();

    /// <summary>Takes it from an instance that has it.</summary>
    public void Remove(Instance instance)
    {
        FlowMod[] rules = [.. RulesOf(instance)];
        Delete(instance, rules, priority: 0);
        if (_bridged.Remove(instance)) Delete(instance, rules, BridgePriority);
    }

    private static void Delete(Instance instance, IEnumerable<FlowMod> rules, ushort priority)
    {
        foreach (FlowMod rule in rules)
        {
            instance.Send(default, rule with
            {
                Command = FlowModCommand.DeleteStrict,
                Priority = priority,
                Flags = default,
            });
        }
    }

    /// <summary>An app's rule in its place is about to go from the switches: until this one is back there, which a
    /// switch
    /// may take its time for, it stands in right above, else packets that no rule matches would be dropped
    /// meanwhile.</summary>
    /// <param name="changes">What the app's command has changed on the shadow table, and is not sent yet.</param>
    /// <remarks>Not beside rules of that priority: which of them a packet would meet is not defined (1.3.5 section
    /// 5.3).</remarks>
    public void Bridge(List<RuleChange> changes)
    {
        int at = changes.FindIndex(static each => each.Kind == RuleChangeKind.Removed && IsPlaceOfPart(each.Rule));
        bool isFree = at >= 0 && IsWanted && !changes.Exists(static each => IsBeside(each.Rule))
            && !virtualSwitch.Table.Rules.Any(IsBeside);
        if (!isFree) return;
        foreach (Instance instance in virtualSwitch.Live)
        {
            foreach (FlowMod rule in RulesInPlaceOf(changes[at].Rule, instance))
                instance.Send(default, rule with { Priority = BridgePriority });
            _ = instance.Physical.TryBarrierAsync();
            _bridged.Add(instance);
        }
    }

    /// <summary>A rule has gone: if it lay in this one's place, this one is back.</summary>
    public void RuleWasRemoved(FlowRule rule)
    {
        if (!IsPlaceOfPart(rule) || !IsWanted) return;
        foreach (Instance instance in virtualSwitch.Live) InstallBehind(instance, rule);
        if (virtualSwitch.Follower is { } follower) InstallBehind(follower.Instance, rule);
    }

    /// <summary>One, or one for each port of a part; a port for which an app has such a rule goes without.</summary>
    private IEnumerable<FlowMod> RulesOf(Instance instance)
    {
        if (!IsWanted) return [];
        if (!instance.IsPart) return [Rule];
        return instance.Map.Places
            .Where(each => virtualSwitch.Table.Find(Match.Any.WithInPort(each.Key), 0, default) is null)
            .SelectMany(each => each.Value.Ingress)
            .Select(port => Rule with { Match = Match.Any.WithInPort(port) });
    }

    /// <summary>A switch may reorder what no barrier parts, and the other rule's deletion is on its way.</summary>
    private void InstallBehind(Instance instance, FlowRule gone)
    {
        FlowMod[] rules = [.. RulesInPlaceOf(gone, instance)];
        if (rules.Length == 0) return;
        _ = instance.Physical.TryBarrierAsync();
        foreach (FlowMod rule in rules) instance.Send(default, rule);
        if (!_bridged.Remove(instance)) return;
        _ = instance.Physical.TryBarrierAsync();
        Delete(instance, rules, BridgePriority);
    }

    /// <summary>Those that come back where a rule goes.</summary>
    private IEnumerable<FlowMod> RulesInPlaceOf(FlowRule gone, Instance instance)
    {
        PortNumber? only = gone.Match.InPort;
        if (only is not null && !instance.IsPart) return [];
        return RulesOf(instance).Where(rule => only is null
            || (instance.Map.TryToVirtual(rule.Match.InPort!.Value, out PortNumber port) && port == only));
    }

    private static bool IsBeside(FlowRule rule) => rule.Key.Table == default && rule.Key.Priority == BridgePriority;
}
