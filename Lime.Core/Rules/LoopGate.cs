namespace Lime.Core.Rules;

/// <summary>Lets one asynchronous operation at a time through, first come, first served.</summary>
/// <remarks>Reading counters and deleting entries exclude one another: an entry's last count must not be
/// added to a reading that has it already. Threading: the owner loop's; continuations run where the gate is
/// released.</remarks>
internal sealed class LoopGate
{
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _isTaken;

    /// <summary>Completes when the caller has the gate.</summary>
    public Task EnterAsync()
    {
        if (!_isTaken)
        {
            _isTaken = true;
            return Task.CompletedTask;
        }
        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn);
        return turn.Task;
    }

    /// <summary>Hands the gate to the next one.</summary>
    public void Leave()
    {
        if (_waiting.TryDequeue(out TaskCompletionSource? next)) next.SetResult();
        else _isTaken = false;
    }
}
