namespace Lime.Core.Migration;

/// <summary>Sends packets through a switch's tables until one comes back by a rule that was sent last.</summary>
internal sealed class ProbeEvidence : IEvidence
{
    public string Name => "probe";

    public string Proves =>
        "A rule sent behind all others decides over packets in the switch's first table, so a data plane that takes "
        + "commands in their order has taken them all.";

    public string LeavesOpen =>
        "What a cache of flows before the tables does: packet-outs, and packets of a new kind, don't pass by it. And "
        + "commands that a data plane takes out of order, or only in later tables.";

    public TimeSpan QuietTime => TimeSpan.Zero;

    public bool UsesProbes => true;

    public async Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken)
    {
        await subject.BarrierAsync(cancellationToken);
        await subject.ProbeAsync(cancellationToken);
    }
}
