using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>The evidence that a migration wants of one instance.</summary>
/// <remarks>Life cycle: made when the instance begins to take part in a migration; taken away at its end, and by its
/// loss. Threading: the owner loop's.</remarks>
internal sealed class InstanceEvidence(Instance instance, IEvidence kind, CancellationToken ended) : IEvidenceSubject
{
    public IEvidence Kind => kind;

    public DatapathId Datapath => instance.Physical.Datapath;

    public string Name => instance.Physical.Name;

    /// <summary>Completes when what was sent to the instance so far is in force.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">It doesn't answer, or is not connected.</exception>
    public Task AwaitInForceAsync() => kind.AwaitInForceAsync(this, ended);

    public Task BarrierAsync(CancellationToken cancellationToken) =>
        instance.Physical.BarrierAsync().WaitAsync(cancellationToken);

    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        instance.VirtualSwitch.Loop.WaitAsync(duration, cancellationToken);
}
