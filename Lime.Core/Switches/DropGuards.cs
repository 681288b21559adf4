using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Guards that drop: each lies right above the rule that changes, which is changed beneath it.</summary>
/// <remarks>
/// So a guard has counters of its own. What it has dropped is counted as lost, exactly, and never under the app's
/// rule, whose entry is not touched by it (H-32). Where another rule matches some of the guard's packets at the same
/// priority there is no such place: a guard would take that rule's packets, or its entry.
/// Life cycle: for each transaction <see cref="TryPlace"/> for its changes, then <see cref="Install"/>, and
/// <see cref="Remove"/> once the rules are changed. Threading: the owner loop's.
/// </remarks>
internal sealed class DropGuards(VirtualSwitch virtualSwitch)
{
    private readonly List<FlowRule> _guards = [];

    public int Count => _guards.Count;

    /// <summary>Finds a place for the guard of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="together">All changes of its transaction: rules that are deleted by it are still there.</param>
    /// <returns>False if there is none.</returns>
    public bool TryPlace(in RuleChange change, IReadOnlyList<RuleChange> together)
    {
        FlowRule rule = change.Rule;
        if (rule.Key.Priority == ushort.MaxValue) return false;
        var guard = new FlowMod
        {
            Match = rule.Match,
            Table = rule.Key.Table,
            Priority = (ushort)(rule.Priority + 1),
            Cookie = GuardMarks.Dropping,
            Actions = ActionList.Drop,
        };
        RuleKey key = RuleKey.Of(guard.Match, guard.Priority, guard.Table, virtualSwitch.Table.Semantics);
        bool isTaken = virtualSwitch.Table.Find(key) is not null || virtualSwitch.Table.HasOverlap(guard)
            || together.Any(each => each.Rule.Key.Priority == key.Priority && each.Rule.Key.Table == key.Table
                && each.Rule.Key.Match.Overlaps(key.Match));
        if (isTaken) return false;
        var place = new FlowRule(key);
        place.Assign(guard, default, virtualSwitch.Loop.NowTicks);
        _guards.Add(place);
        return true;
    }

    public void Install()
    {
        foreach (FlowRule guard in _guards)
        {
            foreach (Instance instance in virtualSwitch.Live) instance.Install(guard, FlowModCommand.Add, null);
        }
    }

    /// <summary>Takes the guards away.</summary>
    /// <param name="lost">Told how many packets each has dropped, at all instances, once they have said so.</param>
    public void Remove(Action<long> lost)
    {
        foreach (FlowRule guard in _guards)
        {
            var removal = new Removal(guard, FlowRemovedReason.Delete, virtualSwitch.Loop.NowTicks)
            {
                WhenComplete = counters => lost((long)counters.Packets),
            };
            foreach (Instance instance in virtualSwitch.Live)
                instance.Deletions.Delete(guard, InstructionSet.Drop, removal);
        }
        _guards.Clear();
    }
}
