namespace Lime.Core.Migration;

/// <summary>Waits until a switch that looks through its cache of flows at intervals has done so.</summary>
/// <param name="settleTime">More than two such rounds.</param>
internal sealed class SettleEvidence(TimeSpan settleTime) : IEvidence
{
    public string Name => "settle";

    public string Proves =>
        $"A switch that brings its data plane up to date within {settleTime.TotalMilliseconds:0} ms has done so; "
        + "before retirement also that its counters have stood still for as long.";

    public string LeavesOpen => "That the switch keeps to that time: a slower data plane is not noticed.";

    public TimeSpan QuietTime => settleTime;

    public bool UsesProbes => false;

    public async Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken)
    {
        await subject.BarrierAsync(cancellationToken);
        await subject.WaitAsync(settleTime, cancellationToken);
    }
}
