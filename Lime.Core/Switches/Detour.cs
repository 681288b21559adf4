using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>Steers all of a virtual switch's traffic to one of its two instances for a time, by rewriting its
/// neighbours' rules, so that rules can be changed as on a single switch.</summary>
/// <remarks>
/// Steering itself changes no rule of the virtual switch: packets are treated alike wherever they go. When nothing
/// passes through the other instance any more, one switch alone decides over all packets, and is consistent by itself.
/// It excludes the moves of attachments, which would be steering too. Once its migration is being undone it is closed:
/// the undoing steers by itself.
/// Life cycle: one a migration; <see cref="BeginAsync"/> and <see cref="EndAsync"/> alternate. Threading: the owner
/// loop's.
/// </remarks>
/// <param name="source">The instance that attachments move from.</param>
/// <param name="target">The instance that they move to.</param>
/// <param name="ends">The neighbours' ends of all attachments that have one.</param>
/// <param name="mover">Rewrites their rules.</param>
/// <param name="awaitQuiet">Completes when nothing passes through an instance any more.</param>
internal sealed class Detour(
    Instance source,
    Instance target,
    ImmutableArray<NeighbourEnd> ends,
    AttachmentMover mover,
    Func<Instance, Task> awaitQuiet)
{
    private readonly HashSet<NeighbourEnd> _atTarget = [];
    private readonly List<NeighbourEnd> _aside = [];
    private readonly LoopGate _gate = new();
    private Task _steering = Task.CompletedTask;

    /// <summary>Whether its migration is being undone, or is over.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Moves an attachment to the target, not within a detour.</summary>
    /// <exception cref="MigrationStepException">Its neighbour could not be told.</exception>
    public async Task MoveAsync(NeighbourEnd end, CancellationToken cancellationToken)
    {
        // The one that is within may be waiting for an instance that is lost, until this step makes room for the next.
        Task turn = _gate.EnterAsync();
        try
        {
            await turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = PassOnAsync(turn);
            throw;
        }
        try
        {
            if (IsClosed) throw new OperationCanceledException();
            await mover.SendToTargetAsync(end);
            _atTarget.Add(end);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Steers all traffic to the instance that has most of it, and completes when nothing passes through the
    /// other one any more.</summary>
    /// <exception cref="MigrationStepException">A neighbour could not be told.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    /// <exception cref="OperationCanceledException">It was closed.</exception>
    public async Task BeginAsync()
    {
        await _gate.EnterAsync();
        try
        {
            _steering = SteerAsideAsync();
            await _steering;
        }
        catch
        {
            _aside.Clear();
            _gate.Leave();
            throw;
        }
    }

    /// <summary>Steers traffic back to where it was.</summary>
    /// <exception cref="MigrationStepException">A neighbour could not be told.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public async Task EndAsync()
    {
        try
        {
            _steering = SteerBackAsync();
            await _steering;
        }
        finally
        {
            _aside.Clear();
            _gate.Leave();
        }
    }

    /// <summary>No more steering from now on.</summary>
    public void Close() => IsClosed = true;

    /// <summary>Completes when no steering is under way; after <see cref="Close"/> for good.</summary>
    public Task AwaitStillAsync() => _steering.ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task PassOnAsync(Task turn)
    {
        await turn;
        _gate.Leave();
    }

    private async Task SteerAsideAsync()
    {
        bool isToTarget = _atTarget.Count * 2 > ends.Length;
        foreach (NeighbourEnd end in ends)
        {
            if (_atTarget.Contains(end) == isToTarget) continue;
            ThrowIfClosed();
            _aside.Add(end);
            await SteerAsync(end, isToTarget);
        }
        ThrowIfClosed();
        // A target that no neighbour has ever sent to is quiet.
        if (isToTarget || mover.HasMoved) await awaitQuiet(isToTarget ? source : target);
        ThrowIfClosed();
    }

    private async Task SteerBackAsync()
    {
        foreach (NeighbourEnd end in _aside)
        {
            if (IsClosed) return;
            await SteerAsync(end, _atTarget.Contains(end));
        }
    }

    private Task SteerAsync(NeighbourEnd end, bool isToTarget) =>
        isToTarget ? mover.SendToTargetAsync(end) : mover.SendToSourceAsync(end);

    private void ThrowIfClosed()
    {
        if (IsClosed) throw new OperationCanceledException("The migration is being undone.");
    }
}
