using System.Collections.Concurrent;
using System.IO.Pipelines;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Hosting;

/// <summary>A run-to-completion queue that one thread at a time works off: the owner of virtual switches,
/// their channels and their apps.</summary>
/// <remarks>
/// Life cycle: made by <see cref="StartThread"/> (real time, its own thread), or by
/// <see cref="CreateManual"/> (virtual or real time, run by whoever calls <see cref="Run"/>); disposed
/// once, after which posted work is dropped.
/// Threading: posting and the time provider may be used from any thread; everything posted runs on the
/// loop, one after the other, in order of posting; timers that are due run in order of their time, then of
/// their making. At the end of each turn (a batch of posted work) the channels that have something to send
/// are flushed, once each.
/// A loop of <see cref="StartThread"/> is a thread of its own, and besides a thread that completes a socket's
/// operation and posts through <see cref="InlineScheduler"/> while the loop is idle: it is lent to the loop
/// for a few turns, which saves a hand-over between threads per packet. So code on the loop must not rely on
/// the thread (thread statics), only on <see cref="IsCurrent"/>, and must never block. No other thread is
/// lent: <see cref="Post(Action)"/> never runs anything on its caller's.
/// In virtual time the clock stands still while there is work and then jumps to the next timer, so a run
/// is deterministic.
/// </remarks>
public sealed class EventLoop : IFlushScheduler, IDisposable
{
    /// <summary>Work items a turn takes at most before it flushes, so that an answer is never held up for
    /// long.</summary>
    private const int TurnItemsMax = 256;

    private static readonly Action<object?> FlushChannel = static state => ((OpenFlowChannel)state!).Flush();

    private readonly ConcurrentQueue<(Delegate Callback, object? State)> _posted = new();
    private readonly List<OpenFlowChannel> _toFlush = [];
    private readonly LoopSleep _sleep = new();
    private readonly LoopTimers _timers;
    private readonly LoopClock _clock;
    private readonly Action<Action<object?>, object?> _runTimer;
    private volatile bool _isStopped;
    private LoopThread? _thread;

    private EventLoop(LoopClock clock)
    {
        _clock = clock;
        _timers = new LoopTimers(this, clock);
        _runTimer = Guarded;
        Context = new LoopSynchronizationContext(this);
        Scheduler = new LoopPipeScheduler(this);
        InlineScheduler = new LentThreadScheduler(this);
    }

    /// <summary>The clock and the timers of this loop; timers fire on the loop.</summary>
    public TimeProvider Time => _timers;

    /// <summary>Runs pipe continuations on this loop.</summary>
    public PipeScheduler Scheduler { get; }

    /// <summary>Runs pipe continuations on this loop too, but on the calling thread if a loop with a thread
    /// of its own is idle: for transports whose completions come from threads that have nothing else to do, as
    /// the sockets' do. Who completes, cancels or flushes such a pipe lends its thread.</summary>
    public PipeScheduler InlineScheduler { get; }

    /// <summary>Whether the caller runs on this loop.</summary>
    public bool IsCurrent => SynchronizationContext.Current == Context;

    /// <summary>Exceptions that escaped posted work; the loop goes on. Set before the loop is used.</summary>
    public Action<Exception>? UnhandledException { get; set; }

    /// <summary>Starts a loop on a thread of its own, in real time.</summary>
    public static EventLoop StartThread(string name)
    {
        var loop = new EventLoop(new LoopClock(TimeProvider.System));
        loop._thread = new LoopThread(loop, name);
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
        SynchronizationContext.SetSynchronizationContext(Context);
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

    /// <summary>Stops the loop; one with a thread of its own ends after the present turn.</summary>
    public void Dispose()
    {
        if (_isStopped) return;
        _isStopped = true;
        _sleep.Wake();
        _thread?.Stop();
    }

    internal SynchronizationContext Context { get; }

    internal bool IsStopped => _isStopped;

    /// <summary>When the present turn began, by the loop's clock, which is read once a turn; the owner's to
    /// ask.</summary>
    internal long TurnTicks { get; private set; }

    internal bool HasPosted => !_posted.IsEmpty;

    /// <summary>When the next timer is due; the owner's to ask.</summary>
    internal long NextDueTicks => _timers.NextDueTicks;

    internal TimeSpan Until(long ticks) => _clock.Until(ticks);

    /// <summary>Queues an <see cref="Action{T}"/> of an object or, as it is so that an await costs no more, a
    /// <see cref="SendOrPostCallback"/>.</summary>
    internal void Enqueue(Delegate callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (_thread is null) _sleep.Wake();
        else _thread.Posted();
    }

    /// <summary>Queues work, and runs the loop on the calling thread if it is idle and not a manual
    /// one.</summary>
    internal void EnqueueAndLend(Action<object?> callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (_thread is null) _sleep.Wake();
        else _thread.Lend(state);
    }

    /// <summary>One turn: timers that are due, then posted work, then one flush a channel.</summary>
    /// <returns>Whether there was anything to do.</returns>
    internal bool RunTurn()
    {
        TurnTicks = _clock.Ticks;
        bool isBusy = _timers.RunDue(TurnTicks, _runTimer);
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
        // Announced before the last look at the queue, so that a post in between ends the sleep.
        _sleep.Announce();
        if (HasPosted || _isStopped) _sleep.Cancel();
        else _sleep.Sleep(_clock.Until(next));
        return true;
    }
}
