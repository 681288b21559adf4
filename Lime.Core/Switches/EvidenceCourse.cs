using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>The evidence that one migration wants of its switches, from its beginning to its end.</summary>
/// <remarks>Life cycle: <see cref="PrepareAsync"/>, <see cref="PrepareTargetAsync"/>, ..., <see cref="End"/>.
/// Threading: the owner loop's.</remarks>
internal sealed class EvidenceCourse(MigrationPlan plan)
{
    private readonly List<Instance> _instances = [];
    private IEvidence _targetKind = Evidence.Barrier;

    /// <summary>Finds out what fits each switch, and makes ready those that carry traffic already.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">One doesn't answer.</exception>
    public async Task PrepareAsync(MigrationScope scope)
    {
        _targetKind = await EvidenceChoice.ForAsync(scope.Target, plan.Evidence);
        IEnumerable<Instance> others = scope.Attachments.Select(each => each.Neighbour?.Instance).OfType<Instance>();
        foreach (Instance each in others.Append(scope.Source).Distinct())
            await BeginAsync(each, await EvidenceChoice.ForAsync(each.Physical, plan.Evidence));
    }

    /// <summary>Makes the target ready, before it has any rule.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">It doesn't answer.</exception>
    public Task PrepareTargetAsync(Instance target) => BeginAsync(target, _targetKind);

    /// <summary>How long an instance has to be quiet before it may be retired.</summary>
    public TimeSpan QuietTime(Instance instance)
    {
        TimeSpan least = instance.Evidence?.Kind.QuietTime ?? TimeSpan.Zero;
        return least > plan.DrainQuietTime ? least : plan.DrainQuietTime;
    }

    /// <summary>Completes when what was sent to all of these so far, and confirmed by barriers, is in force: where a
    /// barrier is evidence enough there is nothing to wait for.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">One doesn't answer.</exception>
    public static Task AwaitInForceAsync(IEnumerable<Instance> instances, CancellationToken cancellationToken)
    {
        Task[] waits = [.. instances.Distinct()
            .Where(each => each.Evidence is { IsMoreThanBarrier: true })
            .Select(each => each.Evidence!.AwaitInForceAsync())];
        return Task.WhenAll(waits).WaitAsync(cancellationToken);
    }

    /// <summary>Takes away what was put on instances that stay, as far as they can be reached.</summary>
    public static async Task RemoveAsync(IEnumerable<Instance> instances, BestEffort effort)
    {
        foreach (Instance each in instances.Distinct())
        {
            if (each.Evidence is not { } evidence || !each.Physical.IsConnected || !evidence.Remove()) continue;
            await effort.DoAsync(each.Physical.BarrierAsync);
        }
    }

    public void End()
    {
        foreach (Instance each in _instances) each.Evidence = null;
    }

    private Task BeginAsync(Instance instance, IEvidence kind)
    {
        instance.Evidence = new InstanceEvidence(instance, kind);
        _instances.Add(instance);
        return instance.Evidence.PrepareAsync();
    }
}
