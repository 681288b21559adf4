using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>A physical switch about which evidence is wanted: what can be asked of it.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
public interface IEvidenceSubject
{
    /// <summary>Its datapath id.</summary>
    DatapathId Datapath { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Completes with its answer to a barrier behind everything sent to it so far.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">No answer in time, or no connection.</exception>
    Task BarrierAsync(CancellationToken cancellationToken);

    /// <summary>Completes after a time by the clock of Lime's loop.</summary>
    Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken);
}
