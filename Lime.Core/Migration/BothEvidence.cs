namespace Lime.Core.Migration;

/// <summary>Probes first; what is then in the tables reaches a cache before them within a time.</summary>
/// <param name="settleTime">More than two rounds of that cache.</param>
internal sealed class BothEvidence(TimeSpan settleTime) : IEvidence
{
    public string Name => "both";

    public string Proves =>
        "What probes prove of the tables, and that a cache before them which is brought up to date within "
        + $"{settleTime.TotalMilliseconds:0} ms has been since.";

    public string LeavesOpen => "What a cache does that lags for longer, and commands taken out of order.";

    public TimeSpan QuietTime => settleTime;

    public bool UsesProbes => true;

    public async Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken)
    {
        await subject.BarrierAsync(cancellationToken);
        await subject.ProbeAsync(cancellationToken);
        await subject.WaitAsync(settleTime, cancellationToken);
    }
}
