using Lime.Core.Emulation;
using Lime.Core.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Delay, jitter, loss, bandwidth and their bounds. h1 sends frames to h2 through a switch that
/// floods.</summary>
internal sealed class LinkTest
{
    private EventLoop _loop = null!;
    private EmulatedNetwork _network = null!;
    private EmulatedHost _h1 = null!;
    private readonly List<TimeSpan> _arrivals = [];
    private readonly List<byte> _order = [];

    [SetUp]
    public void SetUp()
    {
        _loop = EventLoop.CreateManual();
        _arrivals.Clear();
        _order.Clear();
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    [Test]
    public void A_frame_arrives_after_the_delay_to_the_tick()
    {
        EmulatedLink link = Build(new LinkOptions { Delay = TimeSpan.FromTicks(12_345) });
        Send(1);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(_arrivals, Is.EqualTo(new[] { TimeSpan.FromTicks(12_345) }));
        Assert.That(link.Backward.Delivered, Is.EqualTo(1));
    }

    /// <remarks>1,000 bytes at 8 Mbit/s take 1 ms each.</remarks>
    [Test]
    public void Bandwidth_spaces_frames_out()
    {
        Build(new LinkOptions { Delay = TimeSpan.FromMilliseconds(5), BandwidthBitsPerSecond = 8_000_000 });
        Send(3);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(_arrivals.Select(arrival => arrival.TotalMilliseconds),
            Is.EqualTo(new List<double> { 6, 7, 8 }));
    }

    [Test]
    public void A_full_queue_drops_and_counts()
    {
        EmulatedLink link = Build(
            new LinkOptions { BandwidthBitsPerSecond = 8_000_000, QueueBytesMax = 5_000 });
        Send(20);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That((link.Backward.Delivered, link.Backward.QueueDrops), Is.EqualTo((5L, 15L)));
        Send(1);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(link.Backward.Delivered, Is.EqualTo(6));
    }

    [Test]
    public void No_more_frames_are_on_the_way_than_allowed()
    {
        EmulatedLink link = Build(new LinkOptions { InFlightFramesMax = 7 });
        Send(10);
        Assert.That(link.Backward.QueueDrops, Is.EqualTo(3));
    }

    [Test]
    public void Jitter_spreads_delays_evenly_and_keeps_the_order()
    {
        Build(new LinkOptions { Delay = TimeSpan.FromMilliseconds(10), JitterFraction = 0.2 });
        var delays = new List<double>();
        for (int i = 0; i < 200; i++)
        {
            TimeSpan sentAt = _network.Now;
            Send(1);
            _loop.RunFor(TimeSpan.FromMilliseconds(20));
            delays.Add((_arrivals[^1] - sentAt).TotalMilliseconds);
        }
        Assert.That(delays, Is.All.InRange(8.0, 12.0));
        Assert.That((delays.Min(), delays.Max()), Is.LessThan((8.5, 12.0)).And.GreaterThan((8.0, 11.5)));
        Assert.That(delays.Average(), Is.EqualTo(10.0).Within(0.3));
    }

    [Test]
    public void Frames_never_overtake_one_another()
    {
        Build(new LinkOptions { Delay = TimeSpan.FromMilliseconds(10), JitterFraction = 1 });
        for (byte i = 0; i < 200; i++)
        {
            _h1.SendFrame([.. TestFrames.Ethernet(0x88b5), i]);
            _loop.RunFor(TimeSpan.FromMicroseconds(50));
        }
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(_order, Is.Ordered.And.Count.EqualTo(200));
    }

    [Test]
    public void Loss_has_the_probability_that_was_asked_for()
    {
        EmulatedLink link = Build(new LinkOptions { LossProbability = 0.1 });
        Send(10_000);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(link.Backward.Lost, Is.InRange(900, 1100));
        Assert.That(link.Backward.Delivered + link.Backward.Lost, Is.EqualTo(10_000));
        Assert.That(_arrivals, Has.Count.EqualTo(link.Backward.Delivered));
    }

    [Test]
    public void A_link_that_goes_down_loses_what_is_on_it_and_carries_again_when_it_is_up()
    {
        EmulatedLink link = Build(new LinkOptions { Delay = TimeSpan.FromMilliseconds(10) });
        Send(2);
        _loop.RunFor(TimeSpan.FromMilliseconds(5));
        _network.SetLinkUp(link, false);
        Send(1);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That((link.Backward.DownDrops, _arrivals.Count), Is.EqualTo((3L, 0)));
        _network.SetLinkUp(link, true);
        Send(1);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That(_arrivals, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_host_can_be_plugged_in_elsewhere()
    {
        EmulatedLink link = Build(LinkOptions.Default);
        _network.Disconnect(link);
        Send(1);
        _network.Connect(_network.Switch("s1"), new(9), _h1);
        Send(1);
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That((link.Backward.Offered, _network.Switch("s1").PortStatistics[^1].ReceivedPackets),
            Is.EqualTo((0L, 1ul)));
    }

    [Test]
    public void Taken_ports_and_names_and_bad_options_are_refused_and_change_nothing()
    {
        Build(LinkOptions.Default);
        EmulatedSwitch s1 = _network.Switch("s1");
        EmulatedHost h3 = _network.AddHost("h3", new(3), new(3));
        Assert.That(() => _network.Connect(s1, new(1), h3), Throws.ArgumentException);
        Assert.That(() => _network.Connect(s1, new(3), _h1), Throws.ArgumentException);
        Assert.That(() => _network.Connect(s1, new(0), h3), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _network.Connect(s1, new(3), h3, new LinkOptions { LossProbability = 2 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _network.AddHost("s1", new(4), new(4)), Throws.ArgumentException);
        Assert.That(() => _network.Host("s1"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That((_network.Links.Count, s1.Ports.Count), Is.EqualTo((2, 2)));
    }

    private EmulatedLink Build(LinkOptions options)
    {
        _network = new EmulatedNetwork(_loop, seed: 42);
        EmulatedSwitch s1 = _network.AddSwitch("s1", new(1));
        _h1 = _network.AddHost("h1", TestFrames.MacA, TestFrames.IpA);
        EmulatedHost h2 = _network.AddHost("h2", TestFrames.MacB, TestFrames.IpB);
        EmulatedLink link = _network.Connect(s1, new(1), _h1, options with { Name = "h1" });
        _network.Connect(s1, new(2), h2);
        _network.Tap = (in FrameEvent e) =>
        {
            if (e.Kind != FrameEventKind.Delivered || e.To.Node != "s1") return;
            _arrivals.Add(e.At);
            _order.Add(e.Frame[^1]);
        };
        return link;
    }

    private void Send(int count)
    {
        byte[] frame = new byte[1000];
        TestFrames.Ethernet(0x88b5).CopyTo(frame, 0);
        for (int i = 0; i < count; i++) _h1.SendFrame(frame);
    }
}
