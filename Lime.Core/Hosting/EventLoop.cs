using System.Collections.Concurrent;
using System.IO.Pipelines;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Hosting;

/// <summary>One thread's run-to-completion queue: the owner of virtual switches, their channels and their
/// apps.</summary>
/// <remarks>
/// Life cycle: made by <see cref="StartThread"/> (real time, its own thread), or by
/// <see cref="CreateManual"/> (virtual or real time, run by whoever calls <see cref="Run"/>); disposed
/// once, after which posted work is dropped.
/// Threading: posting and the time provider may be used from any thread; everything posted runs on the
/// loop's thread, in order of posting; timers that are due run in order of their time, then of their
/// making. At the end of each turn (a batch of posted work) the channels that have something to send are
/// flushed, once each.
/// In virtual time the clock stands still while there is work and then jumps to the next timer, so a run
/// is deterministic.
/// </remarks>
public sealed class EventLoop : IFlushScheduler, IDisposable
{
    /// <summary>Work items a turn takes at most before it flushes, so that an answer is never held up for
    /// long.</summary>
    private const int TurnItemsMax = 256;

    /// <summary>Looks at the queue before the loop sleeps.</summary>
    private const int SpinsBeforeSleep = 50;

    private static readonly Action<object?> FlushChannel = static state => ((OpenFlowChannel)state!).Flush();

    private readonly ConcurrentQueue<(Delegate Callback, object? State)> _posted = new();
    private readonly List<OpenFlowChannel> _toFlush = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly LoopTimers _timers;
    private readonly LoopClock _clock;
    private readonly LoopSynchronizationContext _context;
    private readonly Action<Action<object?>, object?> _runTimer;
    private int _isSleeping;
    private volatile bool _isStopped;
    private Thread? _thread;

    private EventLoop(LoopClock clock)
    {
        _clock = clock;
        _timers = new LoopTimers(this, clock);
        _runTimer = Guarded;
        _context = new LoopSynchronizationContext(this);
        Scheduler = new LoopPipeScheduler(this);
    }

    /// <summary>The clock and the timers of this loop; timers fire on the loop.</summary>
    public TimeProvider Time => _timers;

    /// <summary>Runs pipe continuations on this loop.</summary>
    public PipeScheduler Scheduler { get; }

    /// <summary>Whether the caller runs on this loop.</summary>
    public bool IsCurrent => SynchronizationContext.Current == _context;

    /// <summary>Exceptions that escaped posted work; the loop goes on. Set before the loop is used.</summary>
    public Action<Exception>? UnhandledException { get; set; }

    /// <summary>Starts a loop on a thread of its own, in real time.</summary>
    public static EventLoop StartThread(string name)
    {
        var loop = new EventLoop(new LoopClock(TimeProvider.System));
        loop._thread = new Thread(loop.RunUntilStopped) { Name = name, IsBackground = true };
        loop._thread.Start();
        return loop;
    }

    /// <summary>Makes a loop that runs where <see cref="Run"/> is called.</summary>
    /// <param name="realTime">The clock to follow; null: virtual time, beginning at
    /// 2000-01-01T00:00Z.</param>
    public static EventLoop CreateManual(TimeProvider? realTime = null) => new(new LoopClock(realTime));

    /// <summary>Queues work; may be called from any thread.</summary>
    public void Post(Action<object?> callback, object? state) => Enqueue(callback, state);

    /// <summary>Queues work; may be called from any thread.</summary>
    public void Post(Action callback) => Post(static state => ((Action)state!)(), callback);

    /// <inheritdoc/>
    public void FlushAtEndOfTurn(OpenFlowChannel channel)
    {
        _toFlush.Add(channel);
        // A send from outside a turn (before the loop runs) needs a turn to be flushed in.
        if (!IsCurrent) Post(static _ => { }, null);
    }

    /// <summary>Runs the loop on the calling thread until <paramref name="until"/> holds after a turn, or
    /// there is nothing left to do in virtual time, or <paramref name="timeout"/> of the loop's own time
    /// is over.</summary>
    /// <returns>Whether <paramref name="until"/> holds.</returns>
    /// <exception cref="InvalidOperationException">The loop has a thread of its own.</exception>
    public bool Run(Func<bool> until, TimeSpan timeout)
    {
        if (_thread is not null) throw new InvalidOperationException("This loop runs on its own thread.");
        long deadline = _clock.Ticks + timeout.Ticks;
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            while (!until())
            {
                if (RunTurn()) continue;
                if (_clock.Ticks >= deadline || !WaitOrAdvance(deadline)) return until();
            }
            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs the loop on the calling thread for <paramref name="duration"/> of its own
    /// time.</summary>
    public void RunFor(TimeSpan duration)
    {
        long end = _clock.Ticks + duration.Ticks;
        Run(() => false, duration);
        _clock.AdvanceTo(end);
    }

    /// <summary>Runs the loop until <paramref name="task"/> is done and gives its result.</summary>
    /// <exception cref="TimeoutException">It was not done within <paramref name="timeout"/> of the loop's
    /// time.</exception>
    public T RunUntilDone<T>(Task<T> task, TimeSpan timeout)
    {
        if (!Run(() => task.IsCompleted, timeout))
            throw new TimeoutException($"Not done within {timeout} of loop time.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Stops the loop; a loop with a thread of its own ends after the present turn.</summary>
    public void Dispose()
    {
        if (_isStopped) return;
        _isStopped = true;
        _wake.Release();
        if (_thread is not null && Thread.CurrentThread != _thread) _thread.Join(TimeSpan.FromSeconds(5));
    }

    /// <summary>Queues an <see cref="Action{T}"/> of an object or, as it is so that an await costs no more, a
    /// <see cref="SendOrPostCallback"/>.</summary>
    internal void Enqueue(Delegate callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (Volatile.Read(ref _isSleeping) != 0 && Interlocked.Exchange(ref _isSleeping, 0) != 0)
            _wake.Release();
    }

    private void RunUntilStopped()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        while (!_isStopped)
        {
            if (!RunTurn()) WaitOrAdvance(long.MaxValue);
        }
    }

    /// <summary>One turn: timers that are due, then posted work, then one flush a channel.</summary>
    /// <returns>Whether there was anything to do.</returns>
    private bool RunTurn()
    {
        bool isBusy = _timers.RunDue(_runTimer);
        for (int i = 0; i < TurnItemsMax; i++)
        {
            if (!_posted.TryDequeue(out (Delegate Callback, object? State) item)) break;
            Guarded(item.Callback, item.State);
            isBusy = true;
        }
        return FlushAll() || isBusy;
    }

    private bool FlushAll()
    {
        if (_toFlush.Count == 0) return false;
        for (int i = 0; i < _toFlush.Count; i++) Guarded(FlushChannel, _toFlush[i]);
        _toFlush.Clear();
        return true;
    }

    private void Guarded(Delegate callback, object? state)
    {
        try
        {
            if (callback is Action<object?> action) action(state);
            else ((SendOrPostCallback)callback)(state);
        }
        catch (Exception exception) when (UnhandledException is not null)
        {
            UnhandledException(exception);
        }
    }

    /// <summary>Looks again for a few microseconds: an answer that is on its way costs less than a sleep and a
    /// wake.</summary>
    private bool HasWorkSoon()
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (!_posted.IsEmpty || _isStopped) return true;
            Thread.SpinWait(20);
        }
        return false;
    }

    /// <returns>False if in virtual time nothing is left to happen before
    /// <paramref name="deadline"/>.</returns>
    private bool WaitOrAdvance(long deadline)
    {
        long next = Math.Min(_timers.NextDueTicks, deadline);
        if (_clock.IsVirtual)
        {
            if (_timers.NextDueTicks > deadline || next == long.MaxValue) return false;
            _clock.AdvanceTo(next);
            return true;
        }
        if (HasWorkSoon()) return true;
        // Announce the sleep before the last look at the queue, so that a post in between wakes us.
        Interlocked.Exchange(ref _isSleeping, 1);
        if (_posted.IsEmpty && !_isStopped) _wake.Wait(_clock.Until(next));
        Interlocked.Exchange(ref _isSleeping, 0);
        return true;
    }
}
