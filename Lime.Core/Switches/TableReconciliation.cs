using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.Core.Switches.Tunnelling;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Brings an instance's table and the shadow table together after a (re)connect, in the background:
/// nothing is wiped, what is missing is added again, what is unknown is adopted, removed or left, as
/// configured.</summary>
/// <remarks>Apps go on meanwhile: a rule that changed after the reading began is left alone, and their
/// modifications and deletions are applied to what is found later. Threading: the owner loop's.</remarks>
internal sealed partial class TableReconciliation(VirtualSwitch virtualSwitch)
{
    /// <summary>Commands remembered while a table is read; beyond them unknown rules are left
    /// alone.</summary>
    private const int NotedCommandsMax = 4096;

    private readonly List<FlowMod> _noted = [];
    private readonly HashSet<FlowRule> _doubtful = [];
    private readonly HashSet<FlowRule> _restored = [];
    private int _readings;
    private bool _isRereading;

    /// <summary>What happens to rules that nobody knows.</summary>
    public UnknownRuleTreatment UnknownRules { get; set; }

    /// <summary>Whether a switch has refused a rule and it is not known yet what it has instead.</summary>
    public bool IsInDoubt => _isRereading || _doubtful.Count > 0;

    /// <summary>An app's command, while a table is being read.</summary>
    public void Note(in FlowMod flowMod)
    {
        bool isNoted = _readings > 0 && flowMod.Command != FlowModCommand.Add;
        if (isNoted && _noted.Count <= NotedCommandsMax) _noted.Add(flowMod);
    }

    /// <summary>Reads the instance's table and reconciles.</summary>
    public async Task RunAsync(Instance instance)
    {
        OpenFlowChannel? channel = instance.Physical.Channel;
        long startTicks = virtualSwitch.Loop.NowTicks;
        _readings++;
        try
        {
            Task resources = virtualSwitch.Inventory.RunAsync(instance);
            IEnumerable<FlowStatistics> found = await PatientReading.ReadAsync(
                virtualSwitch.Loop, instance.Physical, () => InstanceReading.FlowsAsync(instance));
            await resources;
            if (instance.Physical.Channel != channel) return;
            Reconcile(instance, found, startTicks);
            instance.IsReconciled = instance.ForeignRules == 0;
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotRead(virtualSwitch.Loop.Logger, instance.Physical.Name, exception.Message);
        }
        finally
        {
            if (--_readings == 0) _noted.Clear();
        }
    }

    /// <summary>The switch refused a command on a rule: what the switch has is read, and the rule becomes
    /// that.</summary>
    /// <remarks>One reading at a time, for all rules that came into doubt before it.</remarks>
    public void Doubt(Instance instance, FlowRule rule)
    {
        _doubtful.Add(rule);
        if (!_isRereading) _ = RereadAsync(instance);
    }

    private async Task RereadAsync(Instance instance)
    {
        _isRereading = true;
        try
        {
            while (_doubtful.Count > 0)
            {
                FlowRule[] asked = [.. _doubtful];
                _doubtful.Clear();
                _restored.Clear();
                long startTicks = virtualSwitch.Loop.NowTicks;
                IEnumerable<FlowStatistics> found = await InstanceReading.FlowsAsync(instance);
                // What was changed meanwhile is not what was found; what the switch made of that is read again.
                _doubtful.UnionWith(
                    asked.Where(rule => rule.ChangedTicks >= startTicks || _restored.Contains(rule)));
                Correct(instance, asked.Except(_doubtful), found);
            }
        }
        catch (OpenFlowRequestException exception)
        {
            // When the switch is back its whole table is reconciled.
            _doubtful.Clear();
            LogNotRead(virtualSwitch.Loop.Logger, instance.Physical.Name, exception.Message);
        }
        finally
        {
            _isRereading = false;
        }
    }

    private void Correct(Instance instance, IEnumerable<FlowRule> asked, IEnumerable<FlowStatistics> entries)
    {
        var found = new Dictionary<FlowRule, List<FlowStatistics>>();
        foreach (FlowStatistics entry in entries)
        {
            if (instance.RuleOf(entry.Match, entry.Priority, entry.Table) is not { } rule) continue;
            if (!found.TryGetValue(rule, out List<FlowStatistics>? known)) found[rule] = known = [];
            known.Add(entry);
        }
        foreach (FlowRule rule in asked)
        {
            if (rule.IsRemoved) continue;
            List<FlowStatistics> there = found.GetValueOrDefault(rule) ?? [];
            if (instance.IsPart) CorrectOfPart(instance, rule, there);
            else if (there.Count == 0) virtualSwitch.Table.Remove(rule);
            else Correct(rule, ActionInversion.ToVirtual(InstructionsOf(there[^1]), instance.Map));
            Follow(instance, rule);
        }
    }

    /// <summary>A rule is the same at every port of a part: where an entry is missing it goes, and where one has not
    /// become what the others have they are made that again.</summary>
    private void CorrectOfPart(Instance instance, FlowRule rule, List<FlowStatistics> there)
    {
        if (there.Count < instance.EntryCount(rule) || there.Count == 0)
        {
            TakeBack(instance, rule, there);
            return;
        }
        if (there.Find(each => !IsAsExpected(instance, rule, each)) is not { } other) return;
        Correct(rule, ActionInversion.ToVirtual(InstructionsOf(other), instance.Map));
        instance.Install(rule, FlowModCommand.ModifyStrict, null);
    }

    /// <summary>A rule is there at every port of a part or at none, as on one switch.</summary>
    private void TakeBack(Instance instance, FlowRule rule, List<FlowStatistics> entries)
    {
        foreach (FlowStatistics entry in entries)
            instance.Deletions.DeleteEntrySilently(rule, new PhysicalRule(entry.Match, InstructionsOf(entry)));
        virtualSwitch.Table.Remove(rule);
        virtualSwitch.RuleWasRemoved(rule);
    }

    private static bool IsAsExpected(Instance instance, FlowRule rule, FlowStatistics entry) =>
        instance.FindEntry(rule, entry.Match) is { } expected
        && expected.Instructions.Equals(InstructionsOf(entry));

    private void Correct(FlowRule rule, InstructionSet? found)
    {
        if (found is { } known) virtualSwitch.Table.SetInstructions(rule, known);
    }

    /// <summary>What one instance refused the others must not keep (H-22).</summary>
    private void Follow(Instance instance, FlowRule rule)
    {
        foreach (Instance other in virtualSwitch.Live)
        {
            if (other == instance) continue;
            if (rule.IsRemoved) other.Deletions.DeleteSilently(rule, rule.Instructions);
            else other.Install(rule, FlowModCommand.Add, null);
        }
        virtualSwitch.Follower?.Apply(rule);
    }

    private void Reconcile(Instance instance, IEnumerable<FlowStatistics> entries, long startTicks)
    {
        var correct = new Dictionary<FlowRule, int>();
        int adopted = 0;
        int misses = 0;
        foreach (FlowStatistics entry in entries)
        {
            if (instance.RuleOf(entry.Match, entry.Priority, entry.Table) is { } rule)
            {
                bool isCorrect = IsCorrect(instance, rule, entry, startTicks) && !GuardMarks.IsGuard(entry.Cookie);
                if (isCorrect) correct[rule] = correct.GetValueOrDefault(rule) + 1;
            }
            else if (TableMissRule.IsFound(instance, entry))
            {
                misses++;
                if (!virtualSwitch.Miss.IsWanted) Delete(instance, entry);
            }
            else if (TableMissRule.IsBridge(entry))
            {
                Delete(instance, entry);
            }
            else if (!instance.Physical.Carrier.IsWanted(entry) && TreatUnknown(instance, entry))
            {
                adopted++;
            }
        }
        // Not in the place of a rule that is to be left alone.
        bool hasMiss = misses > 0 && misses >= virtualSwitch.Miss.EntryCount(instance);
        if (!hasMiss && instance.ForeignRules == 0) virtualSwitch.Miss.Install(instance);
        instance.Hosts?.Restore();
        int restored = Restore(instance, correct, startTicks);
        if (adopted + restored > 0)
            LogReconciled(virtualSwitch.Loop.Logger, instance.Physical.Name, adopted, restored);
    }

    /// <summary>Whether an entry is as it should be; one that its rule doesn't have any more is
    /// deleted.</summary>
    private static bool IsCorrect(Instance instance, FlowRule rule, FlowStatistics entry, long startTicks)
    {
        PhysicalRule? expected = instance.FindEntry(rule, entry.Match);
        if (expected is null && rule.ChangedTicks < startTicks)
            instance.Deletions.DeleteEntrySilently(rule, new PhysicalRule(entry.Match, InstructionsOf(entry)));
        // By another cookie it is an older rule, in whose place the app has put this one meanwhile.
        return expected is { } known && entry.Cookie == rule.Cookie
            && known.Instructions.Equals(InstructionsOf(entry));
    }

    private static InstructionSet InstructionsOf(FlowStatistics entry) => new(entry.Actions, entry.Instructions);

    /// <summary>Installs again what is missing or different and has not been changed since the reading
    /// began.</summary>
    private int Restore(Instance instance, Dictionary<FlowRule, int> correct, long startTicks)
    {
        int restored = 0;
        FlowModCommand command = virtualSwitch.Table.Semantics.ModifyAddsWhenMissing
            ? FlowModCommand.ModifyStrict // Keeps the counters of what is there.
            : FlowModCommand.Add;
        foreach (FlowRule rule in virtualSwitch.Table.Rules.ToArray())
        {
            if (rule.ChangedTicks >= startTicks) continue;
            if (HasRunOut(rule))
            {
                virtualSwitch.Table.Remove(rule);
                virtualSwitch.Report(new Removal(rule, FlowRemovedReason.HardTimeout, virtualSwitch.Loop.NowTicks));
                continue;
            }
            if (correct.GetValueOrDefault(rule) >= instance.EntryCount(rule)) continue;
            instance.Install(rule, command, null);
            if (_isRereading) _restored.Add(rule);
            restored++;
        }
        return restored;
    }

    /// <summary>Whether the switch has dropped a rule while it could not tell us.</summary>
    private bool HasRunOut(FlowRule rule) => rule is { Emulated: null, HardTimeoutSeconds: > 0 }
        && virtualSwitch.Loop.NowTicks - rule.InstalledTicks > TimeSpan.TicksPerSecond * rule.HardTimeoutSeconds;

    /// <returns>Whether it was adopted.</returns>
    private bool TreatUnknown(Instance instance, FlowStatistics entry)
    {
        InstructionSet? instructions = ActionInversion.ToVirtual(InstructionsOf(entry), instance.Map);
        bool isOurs = RuleTranslation.TryToVirtual(entry.Match, instance.Map, out Match match);
        if (entry.Cookie == HostPort.Mark && instance.Hosts is not null) return false;
        bool isLimes = Fence.IsTemporary(entry.Cookie) || GuardMarks.IsGuard(entry.Cookie)
            || entry.Cookie == CarrierRules.Mark;
        if (UnknownRules == UnknownRuleTreatment.Remove || isLimes)
        {
            Delete(instance, entry);
            return false;
        }
        bool isAdoptable = isOurs && instructions is { } known && !ResourceIds.AreForeign(known)
            && _noted.Count <= NotedCommandsMax;
        if (UnknownRules == UnknownRuleTreatment.Leave || !isAdoptable)
        {
            instance.ForeignRules++;
            return false;
        }
        return Adopt(instance, entry, new FlowMod
        {
            Match = match,
            Priority = entry.Priority,
            Cookie = entry.Cookie,
            IdleTimeoutSeconds = entry.IdleTimeoutSeconds,
            HardTimeoutSeconds = entry.HardTimeoutSeconds,
            Table = entry.Table,
            Flags = entry.Flags & FlowRule.KeptFlags,
            Actions = instructions!.Value.Actions,
            Instructions = instructions.Value.Others,
        });
    }

    /// <summary>Takes a found rule into the table, and what apps have commanded since over it.</summary>
    private bool Adopt(Instance instance, FlowStatistics entry, FlowMod found)
    {
        bool isModified = false;
        foreach (FlowMod command in _noted)
        {
            if (!Selects(command, found)) continue;
            if (command.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict)
            {
                Delete(instance, entry);
                return false;
            }
            found = found with
            {
                Actions = command.Actions,
                Instructions = command.Instructions,
                Cookie = Semantics.ModifyChangesCookie ? command.Cookie : found.Cookie,
            };
            isModified = true;
        }
        long installed = virtualSwitch.Loop.NowTicks - entry.Duration.Ticks;
        if (!virtualSwitch.Table.TryAdopt(found, installed)) return false;
        FlowRule rule = virtualSwitch.Table.Find(found.Match, found.Priority, found.Table)!;
        rule.ChangedTicks = virtualSwitch.Loop.NowTicks;
        if (isModified) instance.Install(rule, FlowModCommand.ModifyStrict, null);
        return true;
    }

    private bool Selects(in FlowMod command, in FlowMod found)
    {
        var rule = new FlowRule(RuleKey.Of(found.Match, found.Priority, found.Table, Semantics));
        rule.Assign(found, default, 0);
        if (!RuleSelection.Of(command, Semantics).Admits(rule)) return false;
        if (command.Command is FlowModCommand.ModifyStrict or FlowModCommand.DeleteStrict)
            return RuleKey.Of(command.Match, command.Priority, rule.Key.Table, Semantics) == rule.Key;
        return MatchNormalisation.Normalise(command.Match).Covers(rule.Key.Match);
    }

    private TableSemantics Semantics => virtualSwitch.Table.Semantics;

    private static void Delete(Instance instance, FlowStatistics entry) =>
        instance.Send(default, EntryDeletion.Of(entry, instance.Physical.Semantics));

    [LoggerMessage(110, LogLevel.Information, "{Switch}: adopted {Adopted} rules, restored {Restored}.")]
    private static partial void LogReconciled(ILogger logger, string @switch, int adopted, int restored);

    [LoggerMessage(111, LogLevel.Warning, "{Switch}: its table could not be read, so it cannot migrate: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string @switch, string reason);
}
