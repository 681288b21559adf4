namespace Lime.Core.Migration;

/// <summary>Moves hosts by a function of the embedder's.</summary>
/// <param name="callback">As <see cref="IHostMover.MoveAsync"/>.</param>
public sealed class CallbackHostMover(Func<HostMove, IHostMoveProgress, CancellationToken, Task> callback) : IHostMover
{
    /// <inheritdoc/>
    public Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken) =>
        callback(move, progress, cancellationToken);
}
