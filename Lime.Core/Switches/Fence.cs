using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Makes an instance drop everything, by one rule above all others: a source that is frozen, a target until
/// all its rules are in force, and a switch while it is emptied (H-65).</summary>
/// <remarks>What the fence can't outrank is made to drop one by one where there may be such rules: rules of the highest
/// priorities, of which a switch may choose any (1.3.5 section 5.3), and in OpenFlow 1.0 exact matches (H-35). On a
/// target they come last instead: each decides over its packets as it will for good. Threading: the owner
/// loop's.</remarks>
internal static class Fence
{
    /// <summary>Marks the drop rule ("LimeFrz!"), so that one found on a switch that was lost behind it is not taken
    /// for an app's.</summary>
    public static readonly Cookie Mark = new(0x4c69_6d65_4672_7a21);

    /// <summary>Below the highest priority, which is for probes.</summary>
    public static readonly FlowMod Rule = new()
    {
        Cookie = Mark,
        Command = FlowModCommand.Add,
        Match = Match.Any,
        Priority = ushort.MaxValue - 1,
        Actions = ActionList.Drop,
    };

    /// <summary>Whether a rule found on a switch is one that Lime had put there for a time.</summary>
    public static bool IsTemporary(Cookie cookie) =>
        cookie == Mark || cookie == HostPort.Mark || cookie == Prober.CatchMark || cookie == Prober.ProbeMark;

    /// <summary>Raises it on an instance without rules, or whose rules come later.</summary>
    public static void RaiseOnEmpty(Instance instance)
    {
        foreach (FlowMod rule in RulesOf(instance)) instance.Send(default, rule);
    }

    /// <summary>Raises it on an instance that has its rules.</summary>
    public static void Raise(Instance instance)
    {
        RaiseOnEmpty(instance);
        foreach (FlowRule rule in Outranking(instance)) instance.Override(rule, InstructionSet.Drop);
    }

    /// <summary>Takes it down on an instance whose outranking rules drop as well: they do what they should
    /// again.</summary>
    public static void Lower(Instance instance)
    {
        foreach (FlowRule rule in Outranking(instance)) instance.Install(rule, FlowModCommand.ModifyStrict, null);
        Remove(instance);
    }

    /// <summary>Takes it down.</summary>
    public static void Remove(Instance instance)
    {
        foreach (FlowMod rule in RulesOf(instance))
            instance.Send(default, rule with { Command = FlowModCommand.DeleteStrict });
    }

    /// <summary>Takes it down on an instance that has no other rules any more.</summary>
    public static void TakeAway(Instance instance)
    {
        foreach (FlowMod rule in Everywhere(instance))
            instance.Send(default, rule with { Command = FlowModCommand.DeleteStrict });
    }

    /// <summary>Its rule, or one for each port of a part: other virtual switches' packets pass.</summary>
    public static IEnumerable<FlowMod> Everywhere(Instance instance) => instance.IsPart
        ? instance.Map.IngressPorts.Select(static port => Rule with { Match = Match.Any.WithInPort(port) })
        : [Rule];

    /// <summary>How many entries it has at an instance.</summary>
    public static int EntryCount(Instance instance) => RulesOf(instance).Count();

    /// <summary>Whether a rule is not below the fence; no packet gets to another table any more.</summary>
    public static bool IsOutrankedBy(Instance instance, FlowRule rule) => rule.Key.Table == Rule.Table
        && (rule.Key.Priority >= Rule.Priority || IsExactAtPorts(instance, rule));

    /// <summary>A rule that leaves nothing open but its port is exact at each port of a part.</summary>
    private static bool IsExactAtPorts(Instance instance, FlowRule rule) => instance.IsPart
        && instance.Physical.Semantics.ExactMatchOutranksPriority
        && rule.Match.WithInPort(PortNumber.Max).IsExact;

    private static IEnumerable<FlowRule> Outranking(Instance instance) =>
        instance.IsPart
            ? instance.VirtualSwitch.Table.Rules.Where(each => IsOutrankedBy(instance, each))
            : instance.VirtualSwitch.Table.OfPriorityFrom(Rule.Priority, Rule.Table);

    /// <summary>None where an app's rule lies in its place, and does its work or ends it.</summary>
    private static IEnumerable<FlowMod> RulesOf(Instance instance)
    {
        if (HasDouble(instance, Match.Any)) return [];
        if (!instance.IsPart) return [Rule];
        return Everywhere(instance).Where(each =>
            !instance.Map.TryToVirtual(each.Match.InPort!.Value, out PortNumber port)
            || !HasDouble(instance, Match.Any.WithInPort(port)));
    }

    private static bool HasDouble(Instance instance, in Match match) =>
        instance.VirtualSwitch.Table.Find(match, Rule.Priority, Rule.Table) is not null;
}
