using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Sends the commands of many rules to one instance, batch by batch: each in a bundle where the switch has
/// them, else followed by a barrier.</summary>
/// <remarks>
/// A bundle is opened, filled and committed in one go, so that no other command to the switch gets between: a newer
/// command on one of its rules is always behind the commit. Bundles are ordered but not atomic: nobody looks at the
/// rules of an instance that is being filled or emptied. They are small, since a switch that carries one out does
/// nothing else (a bundle of 100,000 rules held up Open vSwitch for 100 ms), and so few are under way that its
/// answers can be waited for.
/// Life cycle: one a filling or emptying; <see cref="FinishAsync"/> is the last call. Threading: the owner loop's.
/// </remarks>
internal sealed class RuleBatches(Instance instance, MigrationTally tally)
{
    /// <summary>Bundles sent and not answered: enough to keep a switch busy over a round trip.</summary>
    private const int PendingMax = 8;

    private readonly Queue<(RuleBatch Batch, Task Commit)> _pending = [];
    private RuleBatch? _present;

    /// <summary>Sends one batch; with bundles it may be carried out later.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="send">Sends one rule's commands through the instance, and says how many they are.</param>
    /// <exception cref="OpenFlowRequestException">The switch refused, no answer in time, or no connection.</exception>
    public async Task SendAsync(FlowRule[] rules, Func<FlowRule, int> send)
    {
        if (!await instance.Physical.Bundles.AreThereAsync())
        {
            _present = new RuleBatch(rules);
            tally.FlowModsWereSent(_present.Send(instance, send));
            await instance.Physical.BarrierAsync();
            tally.BarrierWasAnswered();
            tally.RulesWereCopied(rules.Length);
            return;
        }
        while (_pending.Count >= PendingMax) await AwaitOldestAsync();
        do await instance.Physical.DrainedAsync();
        while (!TrySendBundle(new RuleBatch(rules), send));
    }

    /// <summary>Completes when all that was sent is carried out.</summary>
    /// <exception cref="OpenFlowRequestException">The switch refused, no answer in time, or no connection.</exception>
    public async Task FinishAsync()
    {
        while (_pending.Count > 0) await AwaitOldestAsync();
    }

    /// <summary>The rule that a command under way is for, or null.</summary>
    public FlowRule? Find(Xid xid)
    {
        foreach ((RuleBatch batch, _) in _pending)
        {
            if (batch.Find(xid) is { } rule) return rule;
        }
        return _present?.Find(xid);
    }

    private async Task AwaitOldestAsync()
    {
        (RuleBatch batch, Task commit) = _pending.Peek();
        await commit;
        _pending.Dequeue();
        tally.BarrierWasAnswered();
        tally.RulesWereCopied(batch.Length);
    }

    /// <returns>False if the outbox had no room for the whole: then the bundle is dropped.</returns>
    private bool TrySendBundle(RuleBatch batch, Func<FlowRule, int> send)
    {
        SwitchBundles bundles = instance.Physical.Bundles;
        BundleId bundle = bundles.Open();
        instance.Bundle = bundle;
        int sent;
        try
        {
            sent = batch.Send(instance, send);
        }
        finally
        {
            instance.Bundle = null;
        }
        if (instance.Physical.IsCongested)
        {
            bundles.Discard(bundle);
            return false;
        }
        tally.FlowModsWereSent(sent);
        _pending.Enqueue((batch, bundles.CommitAsync(bundle)));
        return true;
    }
}
