namespace Lime.Core.Migration;

/// <summary>Moves hosts: a hypervisor, an operator's tool, an emulated network.</summary>
/// <remarks>Lime asks for one move at a time and follows the host: it delivers at the old place until the mover says
/// that the host stands still (or it is seen to announce itself at the new place), then at the new one. A mover may
/// work on any thread.</remarks>
public interface IHostMover
{
    /// <summary>Moves a host.</summary>
    /// <param name="move">Which, from where and to where.</param>
    /// <param name="progress">To be told when the host stands still and when it goes on.</param>
    /// <param name="cancellationToken">The move is not wanted any more, or takes too long. What can't be undone may be
    /// finished all the same.</param>
    /// <returns>Completes when the host runs at the new place.</returns>
    /// <exception cref="Exception">Whatever is thrown means that the host runs at the old place, as
    /// before.</exception>
    Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken);
}
