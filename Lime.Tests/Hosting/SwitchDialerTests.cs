using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Lime.Core.Hosting;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

public class SwitchDialerTests
{
    private static readonly ReconnectOptions Options = new()
    {
        DelayMin = TimeSpan.FromSeconds(1),
        DelayMax = TimeSpan.FromSeconds(8),
        Seed = 1,
    };

    private readonly List<double> _attemptSeconds = [];

    /// <summary>Dials for a time, with attempts that end as told.</summary>
    private void Dial(TimeSpan time, Func<int, bool> isAccepted)
    {
        _attemptSeconds.Clear();
        using EventLoop loop = EventLoop.CreateManual();
        using var stop = new CancellationTokenSource();
        long start = loop.Time.GetTimestamp();
        Task<IDuplexPipe> ConnectAsync(EndPoint remote, CancellationToken cancellation)
        {
            _attemptSeconds.Add(loop.Time.GetElapsedTime(start).TotalSeconds);
            return isAccepted(_attemptSeconds.Count)
                ? Task.FromResult(InMemoryTransport.CreatePair(loop.Scheduler, loop.Scheduler).A)
                : Task.FromException<IDuplexPipe>(new SocketException((int)SocketError.ConnectionRefused));
        }
        var line = new DialerLine(
            ConnectAsync,
            _ => Task.FromResult((new ChannelCloseCause(ChannelCloseReason.ClosedByPeer, "Gone."), true)),
            (wait, cancellation) => LoopDelay.WaitAsync(loop.Time, wait, cancellation));
        var dialer = new SwitchDialer(
            new IPEndPoint(IPAddress.Loopback, 1), line, new Backoff(Options, new Random(1)), NullLogger.Instance);
        Task run = Task.CompletedTask;
        loop.Post(() => run = dialer.RunAsync(stop.Token));
        loop.RunFor(time);
        Assert.That(run.IsCompleted, Is.False);
        stop.Cancel();
        loop.RunFor(TimeSpan.FromTicks(1));
        Assert.That(run.IsCompletedSuccessfully, Is.True);
    }

    private double[] Waits => [.. _attemptSeconds.Zip(_attemptSeconds.Skip(1), (before, after) => after - before)];

    [Test]
    public void Waits_double_up_to_the_bound_each_with_a_random_part()
    {
        Dial(TimeSpan.FromMinutes(2), _ => false);
        double[] due = [1, 2, 4, 8, 8, 8, 8, 8];
        for (int i = 0; i < due.Length; i++) Assert.That(Waits[i], Is.InRange(due[i] / 2, due[i]), $"wait {i}");
        Assert.That(Waits.Skip(3).Take(5).Distinct().Count(), Is.EqualTo(5));
    }

    [Test]
    public void The_same_seed_gives_the_same_waits()
    {
        Dial(TimeSpan.FromMinutes(2), _ => false);
        double[] first = Waits;
        Dial(TimeSpan.FromMinutes(2), _ => false);
        Assert.That(Waits, Is.EqualTo(first));
    }

    [Test]
    public void After_a_connection_that_was_ready_the_waits_begin_anew()
    {
        Dial(TimeSpan.FromMinutes(2), attempt => attempt == 5);
        Assert.That(Waits[4], Is.InRange(0.5, 1));
        Assert.That(Waits[5], Is.InRange(1, 2));
    }

    [Test]
    [Category("Socket")]
    public async Task A_controller_comes_back_to_a_switch_that_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var controller = new LimeController(
            new LimeOptions
            {
                Connect = [listener.LocalEndpoint],
                Reconnect = new ReconnectOptions { DelayMin = TimeSpan.FromMilliseconds(10) },
            },
            []);
        controller.Start();
        for (int i = 0; i < 3; i++)
        {
            using Socket accepted = await listener.AcceptSocketAsync().WaitAsync(Transport.SocketRig.Patience);
            var hello = new byte[8];
            Assert.That(accepted.Receive(hello), Is.EqualTo(8));
            Assert.That(hello[1], Is.Zero, $"Connection {i} begins with a hello.");
        }
    }
}
