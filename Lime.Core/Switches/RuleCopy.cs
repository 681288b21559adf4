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
        tally.RulesTotal = from.Table.Count;
        int resources = from.Resources.Fill(follower);
        from.Miss.Install(follower.Instance);
        // Rules that use groups and meters come behind them.
        if (resources > 0) await ConfirmAsync(follower.Instance);
        var batches = new RuleBatches(follower.Instance, tally);
        _batches = batches;
        // Those that the fence can't hold back come when all others are there.
        await SendAllAsync(from, follower.Instance, (batch, token) =>
        {
            token.ThrowIfCancellationRequested();
            return batches.SendAsync(
                batch, rule => rule.IsRemoved ? 0 : follower.Instance.Install(rule, FlowModCommand.Add, null));
        }, cancellationToken);
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
        int expected = await CountEntriesAsync(from, instance) + from.Miss.EntryCount(instance)
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
        var batches = new RuleBatches(instance, new MigrationTally(() => { }, () => { }));
        long before = instance.FlowModsSent;
        await SendAllAsync(of, instance, (batch, _) =>
            batches.SendAsync(batch, rule => instance.Deletions.DeleteSilently(rule, rule.Instructions)), default);
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

    /// <summary>Sends all rules in batches, a turn of the loop each: those that lie below the fence, then those that
    /// outrank it. Rules that come meanwhile may be left out.</summary>
    private async Task SendAllAsync(
        VirtualSwitch of,
        Instance instance,
        Func<FlowRule[], CancellationToken, Task> send,
        CancellationToken cancellationToken)
    {
        var slice = new FlowRule[batchRules];
        List<FlowRule> outranking = [];
        int next = 0;
        int count;
        do
        {
            count = of.Table.Rules.CopySlice(ref next, slice);
            FlowRule[] batch = [.. slice.Take(count).Where(each => !Fence.IsOutrankedBy(instance, each))];
            if (batch.Length < count) outranking.AddRange(slice.Take(count).Except(batch));
            if (batch.Length > 0) await send(batch, cancellationToken);
            if (count == slice.Length) await RuleWalk.PauseAsync(of.Loop);
        }
        while (count == slice.Length);
        foreach (FlowRule[] batch in outranking.Chunk(batchRules))
        {
            await send(batch, cancellationToken);
            if (batch.Length == batchRules) await RuleWalk.PauseAsync(of.Loop);
        }
    }

    /// <summary>How many entries all rules have at an instance: as the rules are at one moment, however long it takes
    /// to
    /// count them.</summary>
    private static async Task<int> CountEntriesAsync(VirtualSwitch of, Instance instance)
    {
        const int RoundsMax = 5;
        for (int round = 0; round < RoundsMax; round++)
        {
            long version = of.Table.Version;
            int count = 0;
            await RuleWalk.EachAsync(of, rule => count += instance.EntryCount(rule));
            if (version == of.Table.Version) return count;
        }
        return of.Table.Rules.Sum(instance.EntryCount);
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
