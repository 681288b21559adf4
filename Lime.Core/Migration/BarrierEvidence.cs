namespace Lime.Core.Migration;

/// <summary>Takes a barrier reply for proof.</summary>
internal sealed class BarrierEvidence : IEvidence
{
    public string Name => "barrier";

    public string Proves => "The switch says that it has carried out every command before the barrier.";

    public string LeavesOpen =>
        "Whether that is so: packets may go on meeting the old rules for as long as its data plane lags.";

    public TimeSpan QuietTime => TimeSpan.Zero;

    public Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken) =>
        subject.BarrierAsync(cancellationToken);
}
