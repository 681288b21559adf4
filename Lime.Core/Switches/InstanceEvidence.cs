using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The evidence that a migration wants of one instance.</summary>
/// <remarks>Life cycle: made when the instance begins to take part in a migration; taken away at its end. Threading:
/// the owner loop's.</remarks>
internal sealed class InstanceEvidence(Instance instance, IEvidence kind) : IEvidenceSubject
{
    private readonly Prober? _prober = kind.UsesProbes ? new Prober(instance) : null;

    public IEvidence Kind => kind;

    public DatapathId Datapath => instance.Physical.Datapath;

    public string Name => instance.Physical.Name;

    /// <summary>Lime's own entries that it keeps on the instance; on a shared switch they are at no port of
    /// its.</summary>
    public int EntryCount => _prober is { IsPresent: true } && !instance.IsPart ? 1 : 0;

    /// <summary>Makes the instance ready.</summary>
    /// <exception cref="MigrationStepException">It can't be.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">It doesn't answer, or is not connected.</exception>
    public Task PrepareAsync() => _prober?.PrepareAsync() ?? Task.CompletedTask;

    /// <summary>Takes away what that has put on the instance.</summary>
    /// <returns>Whether anything was.</returns>
    public bool Remove()
    {
        if (_prober is null or { IsPresent: false }) return false;
        _prober.Remove();
        return true;
    }

    /// <summary>As <see cref="Remove"/> on a shared switch, where what it has put there is not found with the rules of
    /// the instance's ports.</summary>
    public void RemoveFromPart()
    {
        if (instance.IsPart) Remove();
    }

    /// <summary>Completes when what was sent to the instance so far is in force.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">It doesn't answer, or is not connected.</exception>
    public Task AwaitInForceAsync() => kind.AwaitInForceAsync(this, CancellationToken.None);

    /// <summary>Takes a probe that has come up.</summary>
    /// <returns>False if the packet is none.</returns>
    public bool TryTake(in PacketIn packetIn) => _prober is not null && _prober.TryTake(packetIn);

    public Task BarrierAsync(CancellationToken cancellationToken) => instance.Physical.BarrierAsync();

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        _prober?.ProbeAsync(cancellationToken) ?? throw new InvalidOperationException(
            $"The evidence '{kind.Name}' has not said that it uses probes.");

    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        instance.VirtualSwitch.Loop.WaitAsync(duration, cancellationToken);
}
