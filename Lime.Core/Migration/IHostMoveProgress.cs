namespace Lime.Core.Migration;

/// <summary>What a mover tells of a host's move while it is under way.</summary>
/// <remarks>A mover that tells nothing is followed all the same: when the host announces itself at the new place, or at
/// the latest when its move has ended. Then what is sent to the host before that is lost. Threading: any
/// thread.</remarks>
public interface IHostMoveProgress
{
    /// <summary>The host stands still from now on: it neither sends nor receives.</summary>
    /// <returns>Completes when the network delivers at the new place; the host is to go on only then.</returns>
    /// <exception cref="InvalidOperationException">The network can't follow: the host has to go on at the old
    /// place.</exception>
    Task PausedAsync();

    /// <summary>The host goes on, at the new place; its pause has ended.</summary>
    void Resumed();
}
