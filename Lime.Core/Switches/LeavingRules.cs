using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>Rules that have been deleted and whose last counters have not all come: apps hear of a rule's end before
/// the reply to a barrier behind it.</summary>
/// <remarks>An instance that is lost or given up has nothing to say any more. One that never had the rule, since it
/// refused it, has nothing to say either, and no message tells that: then it ends after <see cref="Patience"/>. So
/// every
/// removal ends. Threading: the owner loop's.</remarks>
internal sealed class LeavingRules(VirtualSwitch virtualSwitch)
{
    /// <summary>How much later than the answer to a barrier a report may come: Open vSwitch sends it once its threads
    /// have let go of the rule, which takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Queue<Removal> _awaited = [];
    private readonly Queue<(long Last, TaskCompletionSource Reached)> _waiting = [];
    private readonly List<(Removal First, Removal Next)> _behind = [];
    private long _added;
    private long _told;
    private bool _isTelling;

    /// <summary>A rule has been deleted everywhere, and instances have to report.</summary>
    public void Add(Removal removal)
    {
        _awaited.Enqueue(removal);
        _added++;
    }

    /// <summary>Whether a rule's end has to be told behind that of another one that was in its place before: the one
    /// may have been at several instances, and the other at one.</summary>
    /// <remarks>It is reported again when that is told.</remarks>
    public bool MustWait(Removal removal)
    {
        foreach (Removal first in _awaited)
        {
            if (first == removal) return false;
            if (first.IsTold || first.Rule.Key != removal.Rule.Key) continue;
            _behind.Add((first, removal));
            return true;
        }
        return false;
    }

    /// <summary>All has been said of one.</summary>
    public void Told(Removal removal)
    {
        removal.IsTold = true;
        bool isWithin = _isTelling;
        _isTelling = true;
        TellNext(removal);
        if (isWithin) return; // Whoever waits is told when all that follows is told.
        _isTelling = false;
        while (_awaited.TryPeek(out Removal? first) && first.IsTold)
        {
            _awaited.Dequeue();
            _told++;
        }
        while (_waiting.TryPeek(out (long Last, TaskCompletionSource Reached) next) && next.Last <= _told)
        {
            _waiting.Dequeue();
            next.Reached.SetResult();
        }
    }

    private void TellNext(Removal removal)
    {
        if (_behind.Count == 0) return;
        Removal[] next = [.. _behind.Where(each => each.First == removal).Select(each => each.Next)];
        _behind.RemoveAll(each => each.First == removal);
        foreach (Removal each in next) virtualSwitch.Report(each);
    }

    /// <summary>Completes when all that has been deleted so far is told.</summary>
    public async Task AllToldAsync()
    {
        if (_awaited.Count == 0) return;
        long last = _added;
        var reached = new TaskCompletionSource();
        _waiting.Enqueue((last, reached));
        using var isOver = new CancellationTokenSource();
        await Task.WhenAny(reached.Task, virtualSwitch.Loop.WaitAsync(Patience, isOver.Token));
        isOver.Cancel();
        Removal[] missing = [.. _awaited.Take((int)Math.Max(0, last - _told))];
        foreach (Removal each in missing.Where(each => !each.IsTold)) EndWithout(each);
    }

    private void EndWithout(Removal removal)
    {
        foreach (Instance each in virtualSwitch.Live) each.Ledger.Forget(removal);
        removal.Outstanding = 0;
        virtualSwitch.Report(removal);
    }
}
