using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>Rules that have been deleted and whose last counters have not all come: apps hear of a rule's end before the
/// reply to a barrier behind it.</summary>
/// <remarks>An instance that is lost has nothing to say any more, so every removal ends. Threading: the owner
/// loop's.</remarks>
internal sealed class LeavingRules
{
    private readonly HashSet<Removal> _awaited = [];
    private TaskCompletionSource? _allTold;

    /// <summary>A rule has been deleted everywhere; instances have to report, or nothing is to come.</summary>
    public void Add(Removal removal) => _awaited.Add(removal);

    /// <summary>All has been said of one.</summary>
    public void Told(Removal removal)
    {
        if (!_awaited.Remove(removal) || _awaited.Count > 0) return;
        TaskCompletionSource? allTold = _allTold;
        _allTold = null;
        allTold?.SetResult();
    }

    /// <summary>Completes when nothing is awaited.</summary>
    public Task AllToldAsync()
    {
        if (_awaited.Count == 0) return Task.CompletedTask;
        _allTold ??= new TaskCompletionSource();
        return _allTold.Task;
    }
}
