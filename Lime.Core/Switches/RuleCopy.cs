using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Fills an instance from the shadow tables, and empties one, in bounded batches.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class RuleCopy(MigrationTally tally, int batchRules)
{
    private RuleBatches? _batches;

    /// <summary>Copies every rule; those that change meanwhile are the follower's business.</summary>
    public async Task FillAsync(VirtualSwitch from, Follower follower, CancellationToken cancellationToken)
    {
        // Those that the fence can't hold back come when all others are there.
        FlowRule[] rules = [.. from.Table.Rules.OrderBy(each => Fence.IsOutrankedBy(follower.Instance, each))];
        tally.RulesTotal = rules.Length;
        int resources = from.Resources.Fill(follower);
        from.Miss.Install(follower.Instance);
        // Rules that use groups and meters come behind them.
        if (resources > 0) await ConfirmAsync(follower.Instance);
        var batches = new RuleBatches(follower.Instance, tally);
        _batches = batches;
        foreach (FlowRule[] batch in rules.Chunk(batchRules))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await batches.SendAsync(
                batch, rule => rule.IsRemoved ? 0 : follower.Instance.Install(rule, FlowModCommand.Add, null));
        }
        await batches.FinishAsync();
    }

    /// <summary>The rule that a command under way is for, or null.</summary>
    public FlowRule? Find(Xid xid) => _batches?.Find(xid);

    /// <summary>Copies what changed while the rules were copied, until hardly anything is left.</summary>
    /// <param name="follower">The instance to fill.</param>
    /// <param name="leftMax">Stop when at most so many rules are left.</param>
    /// <param name="cancellationToken">Ends it between two rounds.</param>
    public async Task CopyChangesAsync(Follower follower, int leftMax, CancellationToken cancellationToken)
    {
        // Each round is shorter than the one before unless changes come faster than they can be copied.
        const int RoundsMax = 10;
        for (int round = 0; round < RoundsMax && follower.Dirty.Count > leftMax; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FlowRule[] changed = [.. follower.Dirty];
            follower.Dirty.Clear();
            foreach (FlowRule rule in changed) follower.Apply(rule);
            tally.FlowModsWereSent(changed.Length);
            await ConfirmAsync(follower.Instance);
        }
    }

    /// <summary>Compares the numbers of entries, groups and meters that an instance has with the numbers it should
    /// have.</summary>
    /// <exception cref="MigrationStepException">They differ.</exception>
    public static async Task VerifyAsync(VirtualSwitch from, Instance instance)
    {
        int expected = from.Table.Rules.Sum(instance.EntryCount) + from.Miss.EntryCount(instance)
            + Fence.EntryCount(instance) + (instance.Evidence?.EntryCount ?? 0);
        uint found = await CountAsync(instance);
        if (found != expected)
            throw new MigrationStepException(
                $"{instance.Physical.Name} has {found} rules where {expected} were copied.");
        if (from.Groups.Count + from.Meters.Count == 0) return;
        var (meters, groups) = await InventoryReconciliation.ReadAsync(instance);
        if (groups.Length == from.Groups.Count && meters.Length == from.Meters.Count) return;
        throw new MigrationStepException(
            $"{instance.Physical.Name} has {groups.Length} groups and {meters.Length} meters where "
            + $"{from.Groups.Count} and {from.Meters.Count} were copied.");
    }

    /// <summary>Deletes the entries of all rules at an instance, one by one, then whatever is left of them; behind the
    /// fence, so that no packet passes by rules of which the stricter ones are gone.</summary>
    /// <exception cref="MigrationStepException">Something is left.</exception>
    public async Task EmptyAsync(VirtualSwitch of, Instance instance)
    {
        instance.Evidence?.RemoveFromPart();
        Fence.Raise(instance);
        await ConfirmAsync(instance);
        FlowRule[] rules = [.. of.Table.Rules.OrderBy(each => Fence.IsOutrankedBy(instance, each))];
        var batches = new RuleBatches(instance, new MigrationTally(() => { }, () => { }));
        long before = instance.FlowModsSent;
        foreach (FlowRule[] batch in rules.Chunk(batchRules))
            await batches.SendAsync(batch, rule => instance.Deletions.DeleteSilently(rule, rule.Instructions));
        await batches.FinishAsync();
        tally.FlowModsWereSent((int)(instance.FlowModsSent - before));
        of.Miss.Remove(instance);
        if (of.Resources.Empty(instance) > 0) await ConfirmAsync(instance);
        if (await CountAsync(instance) > Fence.EntryCount(instance)) await DeleteFoundAsync(instance);
        Fence.TakeAway(instance);
        await ConfirmAsync(instance);
        if (await CountAsync(instance) is > 0 and uint left)
            throw new MigrationStepException($"{left} rules are left on {instance.Physical.Name}.");
    }

    /// <summary>Awaits a barrier at an instance.</summary>
    public async Task ConfirmAsync(Instance instance)
    {
        await instance.Physical.BarrierAsync();
        tally.BarrierWasAnswered();
    }

    private async Task DeleteFoundAsync(Instance instance)
    {
        foreach (FlowStatistics entry in await InstanceReading.FlowsAsync(instance))
        {
            if (entry.Cookie == Fence.Mark) continue;
            instance.Send(default, EntryDeletion.Of(entry, instance.Physical.Semantics));
            tally.FlowModsWereSent(1);
        }
        await ConfirmAsync(instance);
    }

    private static async Task<uint> CountAsync(Instance instance)
    {
        PhysicalSwitch physical = instance.Physical;
        if (instance.IsPart) return (uint)(await InstanceReading.FlowsAsync(instance)).Count();
        AggregateStatisticsReply? reply = (await physical.RequestAllAsync(
            new AggregateStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
            .OfType<AggregateStatisticsReply>().FirstOrDefault();
        // What carries tunnels is no part of what is copied.
        return reply?.FlowCount - (uint)physical.Carrier.Count
            ?? throw new MigrationStepException($"{physical.Name} does not count its rules.");
    }
}
