using Lime.Core.Emulation;
using Lime.Core.Emulation.Frames;
using Lime.Core.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Pings through three switches with static rules, and the book that is kept of them.</summary>
internal sealed class PingerTest
{
    private EventLoop _loop = null!;

    [SetUp]
    public void SetUp() => _loop = EventLoop.CreateManual();

    [TearDown]
    public void TearDown() => _loop.Dispose();

    /// <remarks>Goal: the network itself loses nothing. Method: ten minutes of pings every 10 ms, links
    /// with jitter.</remarks>
    [Test]
    public void Pings_through_three_switches_lose_nothing()
    {
        Chain chain = NewChain(
            new LinkOptions { Delay = TimeSpan.FromMilliseconds(0.5), JitterFraction = 0.2 });
        Pinger pinger = Ping(chain, TimeSpan.FromMilliseconds(10));
        _loop.RunFor(TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1));
        pinger.Stop();
        _loop.RunFor(TimeSpan.FromSeconds(2));
        PingSummary summary = pinger.Summarise();
        Assert.That(summary.ToString(),
            Is.EqualTo("60001 sent, 60001 received, 0 lost, 0 pending, 0 duplicates, 0 reordered"));
        Assert.That(summary.RoundTripMin, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(8 * 0.4)));
        Assert.That(summary.RoundTripMean,
            Is.EqualTo(TimeSpan.FromMilliseconds(4)).Within(TimeSpan.FromMilliseconds(0.05)));
        Assert.That(pinger.Records.Select(record => record.Sequence),
            Is.EqualTo(Enumerable.Range(1, 60_001)));
    }

    /// <remarks>Eight links of 1 ms; the first ping also waits for ARP there and back.</remarks>
    [Test]
    public void Round_trips_are_the_sum_of_the_delays()
    {
        Pinger pinger = Ping(NewChain(new LinkOptions { Delay = TimeSpan.FromMilliseconds(1) }),
            TimeSpan.FromMilliseconds(100));
        _loop.RunFor(TimeSpan.FromMilliseconds(150));
        Assert.That(pinger.Records.Select(record => record.RoundTrip!.Value.TotalMilliseconds),
            Is.EqualTo(new List<double> { 16, 8 }));
    }

    [Test]
    public void Loss_is_counted_in_the_window_in_which_the_pings_were_sent()
    {
        Chain chain = NewChain(LinkOptions.Default);
        Pinger pinger = Ping(chain, TimeSpan.FromMilliseconds(10));
        EmulatedLink link = chain.Network.Link("s1-s2");
        _loop.RunFor(TimeSpan.FromMilliseconds(105));
        chain.Network.SetLinkUp(link, false);
        TimeSpan downAt = chain.Network.Now;
        _loop.RunFor(TimeSpan.FromMilliseconds(50));
        chain.Network.SetLinkUp(link, true);
        TimeSpan upAt = chain.Network.Now;
        _loop.RunFor(TimeSpan.FromMilliseconds(50));
        Assert.That((pinger.Summarise(downAt, upAt).Pending, pinger.Summarise(downAt, upAt).Lost),
            Is.EqualTo((5, 0)));
        _loop.RunFor(TimeSpan.FromSeconds(1));
        Assert.That((pinger.Summarise(downAt, upAt).Lost, pinger.Summarise(downAt, upAt).LossFraction),
            Is.EqualTo((5, 1.0)));
        Assert.That(pinger.Summarise(TimeSpan.Zero, downAt).Lost + pinger.Summarise(upAt, upAt * 2).Lost,
            Is.Zero);
    }

    [Test]
    public void A_reply_after_its_grace_counts_as_lost()
    {
        Chain chain = NewChain(new LinkOptions { Delay = TimeSpan.FromMilliseconds(10) });
        Pinger pinger = Ping(chain, TimeSpan.FromSeconds(1), grace: TimeSpan.FromMilliseconds(79));
        _loop.RunFor(TimeSpan.FromSeconds(10));
        Assert.That((pinger.Summarise().Lost, pinger.Records[1].RoundTrip),
            Is.EqualTo((10, TimeSpan.FromMilliseconds(80))));
    }

    [Test]
    public void Replies_that_come_again_are_duplicates()
    {
        Chain chain = NewChain(LinkOptions.Default);
        Pinger pinger = Ping(chain, TimeSpan.FromMilliseconds(10));
        _loop.RunFor(TimeSpan.FromMilliseconds(25));
        pinger.Stop();
        foreach (ushort sequence in new ushort[] { 1, 2, 2 }) chain.H2.SendFrame(Reply(sequence));
        _loop.RunFor(TimeSpan.FromMilliseconds(50));
        Assert.That(pinger.Records.Select(record => record.Duplicates),
            Is.EqualTo(new List<int> { 1, 2, 0 }));
        Assert.That((pinger.Summarise().Received, pinger.Summarise().Duplicates), Is.EqualTo((3, 3)));
    }

    [Test]
    public void A_reply_that_overtakes_another_marks_the_one_that_came_late()
    {
        Chain chain = NewChain(LinkOptions.Default);
        chain.Network.SetLinkUp(chain.Network.Link("s3-h2"), false);
        chain.H1.AddNeighbour(TestFrames.IpB, TestFrames.MacB);
        Pinger pinger = Ping(chain, TimeSpan.FromMilliseconds(10));
        _loop.RunFor(TimeSpan.FromMilliseconds(25));
        chain.Network.SetLinkUp(chain.Network.Link("s3-h2"), true);
        pinger.Stop();
        foreach (ushort sequence in new ushort[] { 3, 1, 2, 9 }) chain.H2.SendFrame(Reply(sequence));
        _loop.RunFor(TimeSpan.FromMilliseconds(50));
        Assert.That(pinger.Records.Select(record => record.IsReordered),
            Is.EqualTo(new List<bool> { true, true, false }));
        Assert.That((pinger.Summarise().Reordered, pinger.Strays), Is.EqualTo((2, 1)));
    }

    [Test]
    public void Sequence_numbers_go_on_beyond_sixteen_bits()
    {
        Pinger pinger = Ping(NewChain(LinkOptions.Default), TimeSpan.FromMilliseconds(1));
        _loop.RunFor(TimeSpan.FromSeconds(70));
        Assert.That((pinger.Records.Count, pinger.Summarise().Lost, pinger.Summarise().Duplicates),
            Is.EqualTo((70_001, 0, 0)));
    }

    [Test]
    public void Two_pingers_of_a_host_don_t_take_each_other_s_answers_and_can_start_again()
    {
        Chain chain = NewChain(LinkOptions.Default);
        Pinger first = Ping(chain, TimeSpan.FromMilliseconds(10));
        Pinger second = Ping(chain, TimeSpan.FromMilliseconds(7));
        _loop.RunFor(TimeSpan.FromMilliseconds(100));
        first.Stop();
        second.Stop();
        first.Stop();
        _loop.RunFor(TimeSpan.FromMilliseconds(100));
        first.Start();
        first.Start();
        _loop.RunFor(TimeSpan.FromMilliseconds(55));
        Assert.That((first.Summarise().Received, second.Summarise().Received), Is.EqualTo((17, 15)));
        Assert.That((first.Strays, second.Strays), Is.EqualTo((0, 0)));
    }

    private Chain NewChain(LinkOptions links) => new Chain(_loop, seed: 1, links).WithStaticRules();

    private static Pinger Ping(Chain chain, TimeSpan interval, TimeSpan? grace = null)
    {
        var options = new PingerOptions { Interval = interval, Grace = grace ?? PingerOptions.Default.Grace };
        Pinger pinger = chain.H1.CreatePinger(chain.H2.Ip, options);
        pinger.Start();
        return pinger;
    }

    private static byte[] Reply(ushort sequence)
    {
        byte[] frame = Ipv4Packet.Create(TestFrames.IpB, TestFrames.IpA, FrameLayout.Icmp, 8, id: 1);
        Ipv4Packet.Address(frame, TestFrames.MacA, TestFrames.MacB);
        IcmpEcho.Write(Ipv4Packet.PayloadOf(frame), IcmpEcho.Reply, identifier: 1, sequence);
        return frame;
    }
}
