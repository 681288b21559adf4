using System.Buffers;
using System.IO.Pipelines;
using Lime.Core.Hosting;
using Lime.OpenFlow.Transport;
using NUnit.Framework;

namespace Lime.Tests.Transport;

public class DelayedTransportTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);

    private EventLoop _loop = null!;

    [SetUp]
    public void MakeLoop() => _loop = EventLoop.CreateManual();

    [TearDown]
    public void EndLoop() => _loop.Dispose();

    private (IDuplexPipe A, IDuplexPipe B) Pair(Func<TimeSpan>? delay = null) =>
        DelayedTransport.CreatePair(_loop.Scheduler, _loop.Time, delay ?? (static () => Delay));

    private void Settle() => _loop.Run(static () => false, TimeSpan.Zero);

    private void Say(IDuplexPipe from, params byte[] bytes)
    {
        Task<FlushResult> flush = from.Output.WriteAsync(bytes).AsTask();
        Assert.That(flush.IsCompleted, Is.True);
        Settle();
    }

    private static byte[] Hear(IDuplexPipe at)
    {
        if (!at.Input.TryRead(out ReadResult result)) return [];
        byte[] bytes = result.Buffer.ToArray();
        at.Input.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    [Test]
    public void Bytes_arrive_after_their_delay_both_ways_and_not_a_tick_earlier()
    {
        (IDuplexPipe a, IDuplexPipe b) = Pair();
        Say(a, 1, 2);
        Say(b, 3);
        _loop.RunFor(Delay - TimeSpan.FromTicks(1));
        Assert.That((Hear(b).Length, Hear(a).Length), Is.EqualTo((0, 0)));
        _loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(string.Join(' ', Hear(b)), Is.EqualTo("1 2"));
        Assert.That(string.Join(' ', Hear(a)), Is.EqualTo("3"));
    }

    [Test]
    public void A_shorter_delay_does_not_overtake()
    {
        var delays = new Queue<TimeSpan>([5 * Delay, Delay, 3 * Delay]);
        (IDuplexPipe a, IDuplexPipe b) = Pair(delays.Dequeue);
        for (byte i = 1; i <= 3; i++) Say(a, i);
        _loop.RunFor((5 * Delay) - TimeSpan.FromTicks(1));
        Assert.That(Hear(b), Is.Empty);
        _loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(string.Join(' ', Hear(b)), Is.EqualTo("1 2 3"));
    }

    [Test]
    public void Chunks_follow_one_another_at_their_own_times()
    {
        (IDuplexPipe a, IDuplexPipe b) = Pair();
        Say(a, 1);
        _loop.RunFor(Delay / 2);
        Say(a, 2);
        _loop.RunFor(Delay / 2);
        Assert.That(string.Join(' ', Hear(b)), Is.EqualTo("1"));
        _loop.RunFor(Delay / 2);
        Assert.That(string.Join(' ', Hear(b)), Is.EqualTo("2"));
    }

    [Test]
    public void The_end_of_the_stream_is_delayed_behind_the_bytes()
    {
        (IDuplexPipe a, IDuplexPipe b) = Pair();
        Say(a, 1);
        a.Output.Complete();
        Settle();
        Assert.That(b.Input.TryRead(out _), Is.False);
        _loop.RunFor(Delay);
        Assert.That(b.Input.TryRead(out ReadResult result), Is.True);
        Assert.That((result.Buffer.Length, result.IsCompleted), Is.EqualTo((1, true)));
    }

    [Test]
    public void A_receiver_that_is_gone_ends_the_senders_stream()
    {
        (IDuplexPipe a, IDuplexPipe b) = Pair();
        b.Input.Complete();
        Say(a, 1);
        _loop.RunFor(Delay);
        Task<FlushResult> flush = a.Output.WriteAsync(new byte[] { 2 }).AsTask();
        Assert.That(flush.Result.IsCompleted, Is.True);
    }

    [Test]
    public void A_receiver_that_does_not_read_pauses_the_sender_and_loses_nothing()
    {
        (IDuplexPipe a, IDuplexPipe b) = Pair(static () => TimeSpan.Zero);
        byte[] chunk = new byte[64 * 1024];
        long saidBytes = 0;
        Task<FlushResult> flush = Task.FromResult(default(FlushResult));
        while (flush.IsCompleted && saidBytes < 100_000_000)
        {
            flush = a.Output.WriteAsync(chunk).AsTask();
            saidBytes += chunk.Length;
            Settle();
        }
        Assert.That(saidBytes, Is.InRange(4_000_000, 6_000_000));
        long heardBytes = 0;
        for (int i = 0; i < 1000 && heardBytes < saidBytes; i++)
        {
            heardBytes += Hear(b).Length;
            Settle();
        }
        Assert.That((heardBytes, flush.IsCompleted), Is.EqualTo((saidBytes, true)));
    }
}
