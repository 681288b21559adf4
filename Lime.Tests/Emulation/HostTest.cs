using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Two hosts on a switch that floods everything.</summary>
internal sealed class HostTest
{
    private EventLoop _loop = null!;
    private EmulatedNetwork _network = null!;
    private EmulatedHost _h1 = null!;
    private EmulatedHost _h2 = null!;
    private EmulatedLink _link2 = null!;
    private readonly List<byte[]> _toH1 = [];
    private readonly List<byte[]> _toH2 = [];

    [SetUp]
    public void SetUp()
    {
        _toH1.Clear();
        _toH2.Clear();
        _loop = EventLoop.CreateManual();
        _network = new EmulatedNetwork(_loop, seed: 1);
        EmulatedSwitch s1 = _network.AddSwitch("s1", new(1));
        _h1 = _network.AddHost("h1", TestFrames.MacA, TestFrames.IpA);
        _h2 = _network.AddHost("h2", TestFrames.MacB, TestFrames.IpB);
        _network.Connect(s1, new(1), _h1);
        _link2 = _network.Connect(s1, new(2), _h2);
        s1.Install(new FlowMod { Match = Match.Any, Actions = ActionList.Flood });
        _network.Tap = (in FrameEvent e) =>
        {
            if (e.Kind != FrameEventKind.Delivered) return;
            if (e.To.Node == "h1") _toH1.Add(e.Frame.ToArray());
            if (e.To.Node == "h2") _toH2.Add(e.Frame.ToArray());
        };
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    /// <remarks>RFC 826.</remarks>
    [Test]
    public void An_arp_request_is_answered_to_its_sender()
    {
        _h1.SendUdp(TestFrames.IpB, 1, 2, "x"u8);
        Run();
        byte[] request = Convert.FromHexString(
            "ffffffffffff" + "02000000000a" + "0806" + "0001080006040001"
            + "02000000000a" + "0a000001" + "000000000000" + "0a000002");
        byte[] reply = Convert.FromHexString(
            "02000000000a" + "02000000000b" + "0806" + "0001080006040002"
            + "02000000000b" + "0a000002" + "02000000000a" + "0a000001");
        Assert.That(_toH2[0], Is.EqualTo(request));
        Assert.That(_toH1[0], Is.EqualTo(reply));
    }

    [Test]
    public void Packets_wait_for_the_address_and_leave_in_order()
    {
        var received = new List<byte>();
        _h2.ReceiveUdp(7, (EmulatedHost _, in UdpDatagram datagram) => received.Add(datagram.Payload[0]));
        for (byte i = 0; i < 10; i++) _h1.SendUdp(TestFrames.IpB, 1, 7, [i]);
        Run();
        Assert.That(received, Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(_h1.Neighbours[TestFrames.IpB], Is.EqualTo(TestFrames.MacB));
        Assert.That(_h2.Neighbours[TestFrames.IpA], Is.EqualTo(TestFrames.MacA), "learned from the request");
        Assert.That(_toH2.Skip(1).Select(frame => TestFrames.HasRightChecksums(frame)),
            Is.All.True.And.Exactly(10).Items);
    }

    [Test]
    public void An_address_that_nobody_has_is_asked_for_three_times_and_given_up()
    {
        for (int i = 0; i < 70; i++) _h1.SendUdp(new Ipv4Address(99), 1, 7, "x"u8);
        Assert.That(_h1.Counters.Unresolved, Is.EqualTo(6), "more than 64 wait");
        _loop.RunFor(TimeSpan.FromSeconds(10));
        Assert.That((_toH2.Count, _h1.Counters.Unresolved), Is.EqualTo((3, 70L)));
    }

    [Test]
    public void A_lost_arp_request_is_made_up_for_by_the_next()
    {
        _network.SetLinkUp(_link2, false);
        _h1.SendUdp(TestFrames.IpB, 1, 7, "x"u8);
        _loop.RunFor(TimeSpan.FromMilliseconds(1500));
        _network.SetLinkUp(_link2, true);
        _loop.RunFor(TimeSpan.FromSeconds(2));
        Assert.That(_toH2, Has.Count.EqualTo(2), "request and datagram");
    }

    [Test]
    public void An_announcement_refreshes_those_that_know_the_host()
    {
        _h2.AddNeighbour(TestFrames.IpA, new MacAddress(1));
        _h1.AnnounceAddress();
        Run();
        Assert.That(_h2.Neighbours[TestFrames.IpA], Is.EqualTo(TestFrames.MacA));
        Assert.That(_toH1, Is.Empty, "nobody answers an announcement");
    }

    [Test]
    public void A_datagram_carries_source_ports_and_payload()
    {
        var seen = new List<(Ipv4Address, ushort, ushort, string)>();
        _h2.ReceiveUdp(53, (EmulatedHost _, in UdpDatagram d) => seen.Add(
            (d.Source, d.SourcePort, d.DestinationPort, System.Text.Encoding.ASCII.GetString(d.Payload))));
        _h1.SendUdp(TestFrames.IpB, 4000, 53, "query"u8);
        Run();
        Assert.That(seen, Is.EqualTo(new[] { (TestFrames.IpA, (ushort)4000, (ushort)53, "query") }));
    }

    [Test]
    public void A_frame_with_any_single_bit_of_its_packet_flipped_is_not_delivered()
    {
        int received = 0;
        _h2.ReceiveUdp(2000, (EmulatedHost _, in UdpDatagram _) => received++);
        byte[] frame = TestFrames.Udp();
        for (int bit = 14 * 8; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            _h1.SendFrame(frame);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Run();
        Assert.That((received, _h2.Counters.Corrupt + _h2.Counters.Ignored),
            Is.EqualTo((0, (frame.Length - 14L) * 8)));
        _h1.SendFrame(frame);
        Run();
        Assert.That(received, Is.EqualTo(1));
    }

    [Test]
    public void A_ping_is_answered_with_its_own_bytes()
    {
        Pinger pinger = _h1.CreatePinger(TestFrames.IpB, new PingerOptions { PayloadBytes = 13 });
        pinger.Start();
        Run();
        byte[] request = _toH2.Single(frame => frame[13] == 0);
        byte[] reply = _toH1.Single(frame => frame[13] == 0);
        Assert.That(request, Has.Length.EqualTo(14 + 20 + 8 + 13));
        Assert.That((request[34], reply[34]), Is.EqualTo(((byte)8, (byte)0)));
        Assert.That(reply[38..], Is.EqualTo(request[38..]));
        Assert.That(TestFrames.HasRightChecksums(request) && TestFrames.HasRightChecksums(reply), Is.True);
    }

    [Test]
    public void Too_much_payload_is_refused()
    {
        Assert.That(() => _h1.SendUdp(TestFrames.IpB, 1, 2, new byte[1473]),
            Throws.InstanceOf<ArgumentException>());
        Assert.That(() => _h1.CreatePinger(TestFrames.IpB, new PingerOptions { PayloadBytes = 1473 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private void Run() => _loop.RunFor(TimeSpan.FromMilliseconds(500));
}
