namespace Lime.Core.Migration;

/// <summary>A way to find out that a switch's data plane does what it was last told; a barrier reply alone says only
/// that its agent has taken note.</summary>
/// <remarks>No kind proves everything, so each says what it proves and what it leaves open. Lime's own kinds are in
/// <see cref="Evidence"/>; others can be given in <see cref="MigrationPlan.Evidence"/>. Threading: called on the
/// owner loop, for several switches at once; has to go on there after each await.</remarks>
public interface IEvidence
{
    /// <summary>Its name, in lower case: as operators choose it.</summary>
    string Name { get; }

    /// <summary>What is certain once it is found, in a sentence.</summary>
    string Proves { get; }

    /// <summary>What is not certain even then, in a sentence.</summary>
    string LeavesOpen { get; }

    /// <summary>How long counters have to stand still at least before a switch may be retired; what the plan says
    /// (<see cref="MigrationPlan.DrainQuietTime"/>) is waited for in any case.</summary>
    TimeSpan QuietTime { get; }

    /// <summary>Completes when everything that was sent to a switch before the call is in force in its data
    /// plane.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The switch does not answer, or is not
    /// connected.</exception>
    Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken);
}
