using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Counts what a migration would send, and from that how long it would take.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class PlanForecast
{
    /// <summary>Round trips of a migration besides those of its attachments: the check's questions, tables and counters
    /// read, copies verified, activation, the source emptied.</summary>
    private const int RoundTripsOnce = 20;

    /// <summary>Round trips of an attachment: accepted from both sides, moved, settled.</summary>
    private const int RoundTripsEach = 5;

    /// <param name="scope">The scope.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="roundTrip">The longest to one of its switches.</param>
    /// <param name="flowModsPerSecond">What is expected of the switches.</param>
    /// <param name="batchRules">How many rules are copied or deleted before the switch is asked whether it has
    /// them.</param>
    public static async Task<MigrationForecast> OfAsync(
        MigrationScope scope, MigrationPlan plan, TimeSpan roundTrip, double flowModsPerSecond, int batchRules)
    {
        int entries = 0;
        int emptied = 0;
        int timed = 0;
        await RuleWalk.EachAsync(scope.Moved, rule =>
        {
            entries += CountEntries(rule, scope.TargetMap);
            emptied += CountEntries(rule, scope.Source.Map);
            timed += rule.IsTimed && rule.Emulated is null ? 1 : 0;
        });
        int neighbours = 0;
        foreach (NeighbourEnd each in scope.Neighbours) neighbours += await CountNeighbourAsync(each);
        int resources = scope.Moved.Groups.Count + scope.Moved.Meters.Count;
        int flowMods = entries + emptied + timed + neighbours;
        int roundTrips = RoundTripsOnce + (RoundTripsEach * scope.Attachments.Length);
        int batches = 2 * ((scope.Moved.Table.Count + batchRules - 1) / batchRules);
        // Without bundles each batch is waited for; with them, so many are under way that hardly any is.
        int waited = roundTrips + (scope.Target.Semantics.MayHaveBundles ? 0 : batches);
        TimeSpan waits = plan.DrainQuietTime
            + (plan.AttachmentInterval * Math.Max(0, scope.Attachments.Length - 1));
        return new MigrationForecast
        {
            Rules = scope.Moved.Table.Count,
            TargetEntries = entries,
            Resources = resources,
            Attachments = scope.Attachments.Length,
            FlowMods = flowMods,
            Messages = flowMods + (2 * resources) + roundTrips + batches,
            RoundTrip = roundTrip,
            Duration = waits + (roundTrip * waited) + TimeSpan.FromSeconds(flowMods / flowModsPerSecond),
        };
    }

    /// <summary>How long evidence is waited for, where each takes as long as counters have to stand still by
    /// it.</summary>
    public static TimeSpan EvidenceTime(MigrationScope scope, MigrationPlan plan, TimeSpan settle)
    {
        // The neighbours are ready; the source is frozen; the target is open; all have moved.
        if (plan.Method == MigrationMethod.FreezeAndCopy) return settle * 4;
        // The rules are there; the target is open; each attachment has moved; the source is quiet.
        TimeSpan drain = settle > plan.DrainQuietTime ? settle - plan.DrainQuietTime : TimeSpan.Zero;
        return (settle * (2 + scope.Neighbours.Count())) + drain;
    }

    /// <summary>How many entries a rule is where ports lie as a map says.</summary>
    public static int CountEntries(FlowRule rule, InstanceMap map)
    {
        var entries = new List<PhysicalRule>();
        RuleTranslation.Translate(rule.Match, rule.Instructions, map, entries);
        return entries.Count;
    }

    /// <summary>A neighbour's rules change when packets may come from both places, when its own go to the new one, and
    /// when they come from there alone.</summary>
    private static async Task<int> CountNeighbourAsync(NeighbourEnd end)
    {
        if (end.Instance.Map.IsIdentity) return 0;
        InstanceMap before = end.Instance.Map;
        InstanceMap both = Place(before, end, end.PortBefore, [end.PortBefore, end.PortAfter]);
        InstanceMap moved = Place(before, end, end.PortAfter, [end.PortBefore, end.PortAfter]);
        InstanceMap after = Place(before, end, end.PortAfter, [end.PortAfter]);
        int count = 0;
        await RuleWalk.EachAsync(end.Instance.VirtualSwitch, rule => count += CountChanges(rule, before, both)
            + CountChanges(rule, both, moved) + CountChanges(rule, moved, after));
        return count;
    }

    private static InstanceMap Place(
        InstanceMap map, NeighbourEnd end, PortNumber egress, ImmutableArray<PortNumber> ingress) =>
        map.With(end.VirtualPort, new PortPlace(egress, ingress));

    private static int CountChanges(FlowRule rule, InstanceMap from, InstanceMap to)
    {
        var before = new List<PhysicalRule>();
        RuleTranslation.Translate(rule.Match, rule.Instructions, from, before);
        var after = new List<PhysicalRule>();
        RuleTranslation.Translate(rule.Match, rule.Instructions, to, after);
        int installed = after.Count(each =>
            !before.Exists(old => old.Match == each.Match && old.Instructions.Equals(each.Instructions)));
        return installed + before.Count(old => !after.Exists(each => each.Match == old.Match));
    }
}
