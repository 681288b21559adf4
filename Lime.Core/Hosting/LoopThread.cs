using System.Runtime.ExceptionServices;

namespace Lime.Core.Hosting;

/// <summary>Decides which thread runs a loop of real time: the loop's own, or one that brings work while the
/// loop is idle and is lent for it.</summary>
/// <remarks>
/// Life cycle: runs from <see cref="Start"/> to <see cref="Stop"/>; the loop's own thread then takes the
/// loop for good, so that nobody runs it any more.
/// Threading: whoever takes the token (<c>_isOwned</c>) runs the loop, so there is never more than one. Who
/// finds it taken leaves its work in the queue, since the owner looks at the queue again after it has put
/// the token back. A lent thread stays for a few turns; what is left then is the own thread's, which also
/// sleeps until the next timer, the time of which every owner leaves behind.
/// </remarks>
internal sealed class LoopThread
{
    /// <summary>Turns that a lent thread runs before it may go back to its own work.</summary>
    private const int LentTurnsMax = 4;

    /// <summary>Loans in a row by one and the same lender. A connection that is never empty would keep the thread
    /// that polls all of them; the own thread takes over then, and back-pressure lets the poller go on.</summary>
    private const int LoansInARowMax = 64;

    private readonly EventLoop _loop;
    private readonly LoopSleep _sleep = new();
    private readonly Thread _thread;
    private int _isOwned;
    private volatile bool _isWanted;
    private volatile ExceptionDispatchInfo? _failure;
    private long _nextDueTicks = long.MaxValue;
    private object? _lender;
    private int _loansInARow;

    public LoopThread(EventLoop loop, string name)
    {
        _loop = loop;
        _thread = new Thread(RunUntilStopped) { Name = name, IsBackground = true };
    }

    public void Start() => _thread.Start();

    /// <summary>Something was queued: sees to it that it is run, on another thread than this one.</summary>
    public void Posted()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isOwned) == 0) _sleep.Wake();
    }

    /// <summary>Something was queued: runs it on the calling thread if the loop is idle.</summary>
    /// <param name="lender">Whose work it is: one and the same gets no more than its share.</param>
    public void Lend(object? lender)
    {
        int turns = LentTurnsMax;
        while (turns > 0 && _loop.HasPosted)
        {
            if (!TryOwn()) return;
            turns = _loop.IsStopped || HasHadItsShare(lender) ? 0 : RunLent(turns);
            Release();
        }
        if (_loop.HasPosted) Posted();
    }

    /// <summary>Ends the thread, after the present turn, and waits for it unless the caller is in that
    /// turn.</summary>
    public void Stop()
    {
        _sleep.Wake();
        if (!_loop.IsCurrent) _thread.Join(TimeSpan.FromSeconds(5));
    }

    private bool TryOwn() => Interlocked.CompareExchange(ref _isOwned, 1, 0) == 0;

    private void Release()
    {
        long due = _loop.NextDueTicks;
        bool isEarlier = due < _nextDueTicks;
        Volatile.Write(ref _nextDueTicks, due);
        Interlocked.Exchange(ref _isOwned, 0);
        if (!isEarlier && !_isWanted && _failure is null) return;
        _isWanted = false;
        _sleep.Wake();
    }

    private bool HasHadItsShare(object? lender)
    {
        _loansInARow = lender == _lender ? _loansInARow + 1 : 0;
        _lender = lender;
        return _loansInARow > LoansInARowMax;
    }

    /// <returns>How many turns are left.</returns>
    private int RunLent(int turns)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        ExecutionContext? execution = ExecutionContext.Capture();
        SynchronizationContext.SetSynchronizationContext(_loop.Context);
        try
        {
            do
            {
                _loop.RunTurn();
                turns--;
            }
            while (turns > 0 && _loop.HasPosted && !_isWanted && !_loop.IsStopped);
        }
        catch (Exception exception)
        {
            // The lender has nothing to do with it: the own thread throws it, as if it had run the turn.
            _failure = ExceptionDispatchInfo.Capture(exception);
            turns = 0;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            if (execution is not null) ExecutionContext.Restore(execution);
        }
        return _isWanted || _loop.IsStopped ? 0 : turns;
    }

    private void RunUntilStopped()
    {
        SynchronizationContext.SetSynchronizationContext(_loop.Context);
        while (!_loop.IsStopped) SleepUnlessNeeded(isWanting: IsNeeded && !TryRun());
        while (!TryOwn()) SleepUnlessNeeded(isWanting: true);
    }

    private bool IsNeeded =>
        _loop.HasPosted || _failure is not null || _loop.Until(Volatile.Read(ref _nextDueTicks)) <= TimeSpan.Zero;

    /// <returns>False if another thread runs the loop; it then wakes this one when it is done.</returns>
    private bool TryRun()
    {
        if (!TryOwn()) return false;
        _failure?.Throw();
        _lender = null;
        do
        {
            _loop.RunTurn();
        }
        while (_loop.HasPosted && !_loop.IsStopped);
        Release();
        return true;
    }

    private void SleepUnlessNeeded(bool isWanting)
    {
        _sleep.Announce();
        if (isWanting) _isWanted = true;
        Interlocked.MemoryBarrier();
        bool isOwned = Volatile.Read(ref _isOwned) != 0;
        if (isOwned ? _loop.IsStopped && !isWanting : isWanting || _loop.IsStopped || IsNeeded) _sleep.Cancel();
        else _sleep.Sleep(_loop.Until(isWanting ? long.MaxValue : Volatile.Read(ref _nextDueTicks)));
    }
}
