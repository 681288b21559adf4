using System.Collections.Concurrent;
using Lime.Core.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: a loop that is lent threads is still run by one thread at a time, in order, and misses
/// nothing. Method: the test's own threads play the sockets' and post through
/// <see cref="EventLoop.InlineScheduler"/>.</remarks>
public sealed class LentThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Exception> _failures = new();
    private EventLoop _loop = null!;

    [SetUp]
    public void StartLoop()
    {
        _failures.Clear();
        _loop = EventLoop.StartThread("test loop");
        _loop.UnhandledException = _failures.Enqueue;
    }

    [TearDown]
    public void EndLoop() => _loop.Dispose();

    private void Lend(Action action, object? lender = null) =>
        _loop.InlineScheduler.Schedule(_ => action(), lender);

    private Thread OwnThread()
    {
        Thread? thread = null;
        using var done = new ManualResetEventSlim();
        _loop.Post(() =>
        {
            thread = Thread.CurrentThread;
            done.Set();
        });
        Assert.That(done.Wait(Patience), Is.True);
        return thread!;
    }

    [Test]
    public void An_idle_loop_runs_on_the_thread_that_is_lent_and_leaves_it_as_it_was()
    {
        SynchronizationContext? outside = SynchronizationContext.Current;
        var before = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(before);
        var local = new AsyncLocal<int> { Value = 1 };
        Thread? thread = null;
        bool isOnLoop = false;
        Lend(() =>
        {
            thread = Thread.CurrentThread;
            isOnLoop = _loop.IsCurrent;
            local.Value = 2;
        });
        SynchronizationContext? after = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(outside);
        Assert.That(thread, Is.SameAs(Thread.CurrentThread));
        Assert.That(isOnLoop, Is.True);
        Assert.That(after, Is.SameAs(before));
        Assert.That(_loop.IsCurrent, Is.False);
        Assert.That(local.Value, Is.EqualTo(1), "What the loop's code sets in its context stays there.");
    }

    [Test]
    public void A_plain_post_never_runs_on_its_callers_thread()
    {
        for (int i = 0; i < 200; i++)
            Assert.That(OwnThread(), Is.Not.SameAs(Thread.CurrentThread));
        Thread? thread = null;
        using var done = new ManualResetEventSlim();
        _loop.Scheduler.Schedule(
            _ =>
            {
                thread = Thread.CurrentThread;
                done.Set();
            },
            null);
        Assert.That(done.Wait(Patience), Is.True);
        Assert.That(thread, Is.SameAs(OwnThread()));
    }

    [Test]
    public void A_manual_loop_is_lent_nothing()
    {
        using EventLoop manual = EventLoop.CreateManual();
        bool hasRun = false;
        manual.InlineScheduler.Schedule(_ => hasRun = true, null);
        Assert.That(hasRun, Is.False);
        manual.Run(static () => false, TimeSpan.Zero);
        Assert.That(hasRun, Is.True);
    }

    [Test]
    public void Posts_and_loans_of_one_thread_run_in_their_order()
    {
        const int Count = 10_000;
        var seen = new List<int>(Count);
        using var done = new ManualResetEventSlim();
        for (int i = 0; i < Count; i++)
        {
            int number = i;
            void Note()
            {
                seen.Add(number);
                if (number == Count - 1) done.Set();
            }
            if (i % 3 == 0) _loop.Post(Note);
            else Lend(Note, lender: i % 2);
        }
        Assert.That(done.Wait(Patience), Is.True);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, Count)));
    }

    [Test]
    public void Many_threads_lend_and_post_without_meeting_or_missing_anything()
    {
        const int Threads = 6;
        const int Count = 20_000;
        using var left = new CountdownEvent(Threads * Count);
        int inside = 0;
        int meetings = 0;
        int total = 0;
        int outOfOrder = 0;
        var last = new int[Threads];
        void Work(int thread, int number)
        {
            if (Interlocked.Increment(ref inside) != 1 || !_loop.IsCurrent) meetings++;
            if (last[thread] != number - 1) outOfOrder++;
            last[thread] = number;
            total++;
            Interlocked.Decrement(ref inside);
            left.Signal();
        }
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            for (int i = 1; i <= Count; i++)
            {
                int number = i;
                if (index % 3 == 0) _loop.Post(() => Work(index, number));
                else Lend(() => Work(index, number), lender: index);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        Assert.That(left.Wait(Patience), Is.True, $"{left.CurrentCount} were missed");
        foreach (Thread thread in threads) thread.Join();
        Assert.That((total, meetings, outOfOrder), Is.EqualTo((Threads * Count, 0, 0)));
        Assert.That(_failures, Is.Empty);
    }

    [Test]
    public void A_post_just_when_a_loan_ends_is_run()
    {
        using var other = new BlockingCollection<Action>();
        var poster = new Thread(() =>
        {
            foreach (Action post in other.GetConsumingEnumerable()) post();
        });
        poster.Start();
        for (int i = 0; i < 5_000; i++)
        {
            using var done = new ManualResetEventSlim();
            other.Add(() => _loop.Post(done.Set));
            Lend(static () => { });
            Assert.That(done.Wait(Patience), Is.True, $"round {i}");
        }
        other.CompleteAdding();
        poster.Join();
    }

    [Test]
    public void A_timer_that_a_loan_sets_fires_on_the_loop_when_nobody_lends_any_more()
    {
        using ITimer late = _loop.Time.CreateTimer(
            static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        Thread own = OwnThread();
        using var fired = new ManualResetEventSlim();
        (Thread Thread, bool IsOnLoop)? where = null;
        ITimer? timer = null;
        Lend(() => timer = _loop.Time.CreateTimer(
            _ =>
            {
                where = (Thread.CurrentThread, _loop.IsCurrent);
                fired.Set();
            },
            null,
            TimeSpan.FromMilliseconds(2),
            Timeout.InfiniteTimeSpan));
        Assert.That(fired.Wait(Patience), Is.True);
        Assert.That(where, Is.EqualTo((own, true)));
        timer!.Dispose();
    }

    [Test]
    public void An_exception_out_of_a_loan_is_reported_and_the_lender_does_not_see_it()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        bool hasRun = false;
        Assert.That(() => Lend(static () => throw new InvalidOperationException("bad")), Throws.Nothing);
        Lend(() => hasRun = true);
        Assert.That(hasRun, Is.True);
        Assert.That(_failures.Select(each => each.Message), Is.EqualTo(["bad"]));
        Assert.That(SynchronizationContext.Current, Is.SameAs(before));
    }

    [Test]
    public void What_a_loan_posts_without_end_goes_on_elsewhere()
    {
        Thread own = OwnThread();
        using var isElsewhere = new ManualResetEventSlim();
        void Again()
        {
            if (Thread.CurrentThread == own) isElsewhere.Set();
            else _loop.Post(Again);
        }
        // Posted within one turn, all of it would be that turn's: a turn has a bound of its own.
        Lend(Again);
        Assert.That(isElsewhere.Wait(Patience), Is.True);
    }

    [Test]
    public void One_lender_alone_does_not_keep_its_thread_for_ever()
    {
        Thread own = OwnThread();
        object lender = new();
        using var isElsewhere = new ManualResetEventSlim();
        for (int i = 0; i < 1_000 && !isElsewhere.IsSet; i++)
        {
            using var done = new ManualResetEventSlim();
            Lend(
                () =>
                {
                    if (Thread.CurrentThread == own) isElsewhere.Set();
                    done.Set();
                },
                lender);
            Assert.That(done.Wait(Patience), Is.True);
        }
        Assert.That(isElsewhere.IsSet, Is.True);
    }

    [Test]
    public void Dispose_waits_for_the_loan_in_progress()
    {
        using var isInside = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        bool hasEnded = false;
        bool hadEnded = false;
        var lender = new Thread(() => Lend(() =>
        {
            isInside.Set();
            mayEnd.Wait(Patience);
            Volatile.Write(ref hasEnded, true);
        }));
        lender.Start();
        Assert.That(isInside.Wait(Patience), Is.True);
        var disposer = new Thread(() =>
        {
            _loop.Dispose();
            hadEnded = Volatile.Read(ref hasEnded);
        });
        disposer.Start();
        Assert.That(SpinWait.SpinUntil(() => _loop.IsStopped, Patience), Is.True);
        mayEnd.Set();
        disposer.Join();
        lender.Join();
        Assert.That(hadEnded, Is.True);
    }

    [Test]
    public void Dispose_within_a_loan_ends_the_loop()
    {
        Thread own = OwnThread();
        bool hasRunLate = false;
        Lend(_loop.Dispose);
        Assert.That(own.Join(Patience), Is.True);
        Lend(() => hasRunLate = true);
        _loop.Post(() => hasRunLate = true);
        Assert.That(_loop.IsCurrent, Is.False);
        Assert.That(own.IsAlive, Is.False);
        Assert.That(hasRunLate, Is.False);
    }

    [Test]
    public void A_loan_allocates_nothing()
    {
        int count = 0;
        Action<object?> work = _ => count++;
        object[] lenders = [new(), new()];
        void LendOften(int times)
        {
            for (int i = 0; i < times; i++) _loop.InlineScheduler.Schedule(work, lenders[i % 2]);
        }
        // An own thread that is preempted as it starts holds the token, and the queue grows once: before the test.
        _loop.Post(static () => { });
        for (int i = 0; i < 5; i++) LendOften(2_000);
        OwnThread();
        long before = GC.GetAllocatedBytesForCurrentThread();
        LendOften(1_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        OwnThread();
        Assert.That(count, Is.EqualTo(11_000));
    }
}
