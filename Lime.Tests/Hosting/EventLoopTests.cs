using Lime.Core.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

public class EventLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<string> _story = [];
    private EventLoop _loop = null!;

    private string Story => string.Join(' ', _story);

    [SetUp]
    public void MakeLoop()
    {
        _story.Clear();
        _loop = EventLoop.CreateManual();
    }

    [TearDown]
    public void EndLoop() => _loop.Dispose();

    private void Settle() => _loop.Run(static () => false, TimeSpan.Zero);

    private ITimer TimerAt(TimeSpan due, string name, TimeSpan? period = null) => _loop.Time.CreateTimer(
        _ => _story.Add(name), null, due, period ?? Timeout.InfiniteTimeSpan);

    [Test]
    public void Work_runs_in_order_of_posting_and_on_the_loop()
    {
        for (int i = 0; i < 1000; i++)
        {
            int number = i;
            _loop.Post(() => _story.Add(_loop.IsCurrent ? $"{number}" : "elsewhere"));
        }
        Assert.That(_loop.IsCurrent, Is.False);
        Settle();
        Assert.That(Story, Is.EqualTo(string.Join(' ', Enumerable.Range(0, 1000))));
    }

    [Test]
    public void Virtual_time_stands_still_while_there_is_work_and_jumps_to_the_next_timer()
    {
        using ITimer timer = TimerAt(TimeSpan.FromHours(5), "due");
        long start = _loop.Time.GetTimestamp();
        _loop.Post(() => _story.Add($"{_loop.Time.GetElapsedTime(start)}"));
        Assert.That(
            _loop.Run(() => Story.EndsWith("due", StringComparison.Ordinal), TimeSpan.FromDays(1)),
            Is.True);
        Assert.That(Story, Is.EqualTo("00:00:00 due"));
        Assert.That(_loop.Time.GetElapsedTime(start), Is.EqualTo(TimeSpan.FromHours(5)));
    }

    [Test]
    public void Timers_fire_in_order_of_their_time_then_of_their_making()
    {
        using ITimer c = TimerAt(3 * Second, "c");
        using ITimer a = TimerAt(Second, "a");
        using ITimer b = TimerAt(Second, "b");
        _loop.RunFor(Second - TimeSpan.FromTicks(1));
        Assert.That(Story, Is.Empty);
        _loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(Story, Is.EqualTo("a b"));
        _loop.RunFor(2 * Second);
        Assert.That(Story, Is.EqualTo("a b c"));
    }

    [Test]
    public void A_timer_that_was_changed_fires_at_its_new_time_only([Values] bool isOnLoop)
    {
        using ITimer timer = TimerAt(Second, "fired");
        if (isOnLoop) _loop.Post(() => timer.Change(3 * Second, Timeout.InfiniteTimeSpan));
        else timer.Change(3 * Second, Timeout.InfiniteTimeSpan);
        _loop.RunFor(2 * Second);
        Assert.That(Story, Is.Empty);
        _loop.RunFor(10 * Second);
        Assert.That(Story, Is.EqualTo("fired"));
    }

    [Test]
    public void A_disposed_timer_never_fires([Values] bool isMadeOnLoop, [Values] bool isDisposedOnLoop)
    {
        ITimer? timer = null;
        if (isMadeOnLoop) _loop.Post(() => timer = TimerAt(Second, "fired"));
        else timer = TimerAt(Second, "fired");
        if (isMadeOnLoop) Settle();
        if (isDisposedOnLoop) _loop.Post(() => timer!.Dispose());
        else timer!.Dispose();
        _loop.RunFor(2 * Second);
        Assert.That(Story, Is.Empty);
    }

    [Test]
    public void A_periodic_timer_fires_each_period()
    {
        using ITimer timer = TimerAt(Second, "tick", period: 2 * Second);
        _loop.RunFor(6 * Second);
        Assert.That(Story, Is.EqualTo("tick tick tick"));
    }

    [Test]
    public void A_timer_that_sets_itself_to_zero_holds_up_nothing()
    {
        ITimer? timer = null;
        int count = 0;
        timer = _loop.Time.CreateTimer(
            _ =>
            {
                if (++count < 1000) timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        _loop.Post(() => _loop.Post(() => _story.Add("worked")));
        _loop.Run(() => _story.Count > 0, Second);
        Assert.That(Story, Is.EqualTo("worked"));
        Assert.That(count, Is.LessThan(10));
        timer.Dispose();
    }

    [Test]
    public void An_exception_out_of_work_or_a_timer_is_reported_and_the_rest_runs()
    {
        _loop.UnhandledException = exception => _story.Add(exception.Message);
        using ITimer bad = _loop.Time.CreateTimer(
            static _ => throw new InvalidOperationException("timer"), null, Second, Timeout.InfiniteTimeSpan);
        using ITimer good = TimerAt(Second, "good");
        _loop.Post(static () => throw new InvalidOperationException("work"));
        _loop.Post(() => _story.Add("next"));
        _loop.RunFor(2 * Second);
        Assert.That(Story, Is.EqualTo("work next timer good"));
    }

    [Test]
    public void An_await_on_the_loop_continues_on_the_loop_in_virtual_time()
    {
        async Task<bool> WaitAsync()
        {
            await Task.Delay(TimeSpan.FromDays(1), _loop.Time);
            return _loop.IsCurrent;
        }
        Task<bool>? wait = null;
        _loop.Post(() => wait = WaitAsync());
        Settle();
        Assert.That(_loop.RunUntilDone(wait!, TimeSpan.FromDays(2)), Is.True);
    }

    [Test]
    public void What_is_not_done_in_the_loops_time_times_out()
    {
        var never = new TaskCompletionSource<int>();
        Assert.That(() => _loop.RunUntilDone(never.Task, Second), Throws.TypeOf<TimeoutException>());
    }

    [Test]
    public void A_turn_of_work_allocates_nothing()
    {
        int count = 0;
        Action<object?> work = _ => count++;
        Func<bool> never = static () => false;
        void RunTurns(int turns)
        {
            for (int i = 0; i < turns; i++)
            {
                _loop.Post(work, null);
                _loop.Run(never, TimeSpan.Zero);
            }
        }
        RunTurns(2000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RunTurns(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(count, Is.EqualTo(3000));
    }

    [Test]
    public void A_loop_with_a_thread_is_woken_from_other_threads()
    {
        using EventLoop loop = EventLoop.StartThread("test loop");
        using var done = new CountdownEvent(100);
        for (int i = 0; i < 100; i++)
        {
            using var one = new ManualResetEventSlim();
            loop.Post(() =>
            {
                if (loop.IsCurrent) done.Signal();
                one.Set();
            });
            Assert.That(one.Wait(TimeSpan.FromSeconds(10)), Is.True, "A post while it sleeps wakes it.");
        }
        Assert.That(done.IsSet, Is.True);
    }

    [Test]
    public void A_timer_of_a_loop_with_a_thread_fires_on_it()
    {
        using EventLoop loop = EventLoop.StartThread("test loop");
        using var fired = new ManualResetEventSlim();
        bool isOnLoop = false;
        using ITimer timer = loop.Time.CreateTimer(
            _ =>
            {
                isOnLoop = loop.IsCurrent;
                fired.Set();
            },
            null,
            TimeSpan.FromMilliseconds(5),
            Timeout.InfiniteTimeSpan);
        Assert.That(fired.Wait(TimeSpan.FromSeconds(10)), Is.True);
        Assert.That(isOnLoop, Is.True);
    }

    [Test]
    public void A_disposed_loop_ends_its_thread_and_drops_what_is_posted()
    {
        EventLoop loop = EventLoop.StartThread("test loop");
        Thread? thread = null;
        using var started = new ManualResetEventSlim();
        loop.Post(() =>
        {
            thread = Thread.CurrentThread;
            started.Set();
        });
        started.Wait(TimeSpan.FromSeconds(10));
        loop.Dispose();
        Assert.That(thread!.IsAlive, Is.False);
        loop.Post(() => _story.Add("dropped"));
        loop.Dispose();
        Assert.That(Story, Is.Empty);
    }

    [Test]
    public void A_loop_with_a_thread_is_not_run_by_others()
    {
        using EventLoop loop = EventLoop.StartThread("test loop");
        Assert.That(() => loop.Run(static () => true, Second), Throws.InvalidOperationException);
    }
}
