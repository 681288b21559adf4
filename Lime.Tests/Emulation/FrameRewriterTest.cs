using Lime.Core.Emulation.Frames;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>The header-changing actions of OpenFlow 1.0.0 section 3.3, table 5, byte for byte.</summary>
internal sealed class FrameRewriterTest
{
    private static readonly Ipv4Address NewIp = Ipv4Address.Parse("192.168.255.254");

    private static IEnumerable<TestCaseData> Frames()
    {
        yield return new TestCaseData(TestFrames.Udp()).SetArgDisplayNames("udp");
        yield return new TestCaseData(TestFrames.Udp(payload: "odd")).SetArgDisplayNames("udp, odd length");
        yield return new TestCaseData(TestFrames.Tcp()).SetArgDisplayNames("tcp");
        byte[] tagged = TestFrames.Tagged(TestFrames.Udp(), 7, 3);
        yield return new TestCaseData(tagged).SetArgDisplayNames("udp, tagged");
    }

    [TestCaseSource(nameof(Frames))]
    public void The_test_frames_themselves_are_right(byte[] frame) =>
        Assert.That(TestFrames.HasRightChecksums(frame), Is.True);

    [TestCaseSource(nameof(Frames))]
    public void Setting_addresses_keeps_checksums_right(byte[] frame)
    {
        byte[] changed = Apply(frame, FlowAction.SetIpv4Source(NewIp),
            FlowAction.SetIpv4Destination(TestFrames.IpA));
        PacketFields fields = PacketParser.Parse(new PortNumber(1), changed);
        Assert.That((fields.Ipv4Source, fields.Ipv4Destination), Is.EqualTo((NewIp, TestFrames.IpA)));
        Assert.That(TestFrames.HasRightChecksums(changed), Is.True);
    }

    [TestCaseSource(nameof(Frames))]
    public void Setting_ports_keeps_checksums_right(byte[] frame)
    {
        byte[] changed = Apply(frame, FlowAction.SetTransportSource(0),
            FlowAction.SetTransportDestination(65_535));
        PacketFields fields = PacketParser.Parse(new PortNumber(1), changed);
        Assert.That((fields.TransportSource, fields.TransportDestination),
            Is.EqualTo(((ushort)0, ushort.MaxValue)));
        Assert.That(TestFrames.HasRightChecksums(changed), Is.True);
    }

    [TestCaseSource(nameof(Frames))]
    public void Setting_the_type_of_service_leaves_its_lower_two_bits(byte[] frame)
    {
        var marked = (byte[])frame.Clone();
        int tosAt = marked[12] == 0x81 ? 19 : 15;
        byte[] first = Apply(marked, FlowAction.SetIpTos(0xff));
        Assert.That(first[tosAt], Is.EqualTo(0xfc));
        Assert.That(TestFrames.HasRightChecksums(first), Is.True);
    }

    [Test]
    public void Random_changes_keep_checksums_right([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        byte[] frame = TestFrames.Udp();
        for (int i = 0; i < 2000; i++)
        {
            frame = Apply(frame, FlowAction.SetIpv4Source(new Ipv4Address((uint)random.NextInt64(1L << 32))),
                FlowAction.SetTransportSource((ushort)random.Next(65_536)),
                FlowAction.SetIpTos((byte)random.Next(256)));
            Assert.That(TestFrames.HasRightChecksums(frame), Is.True);
        }
    }

    /// <remarks>RFC 768: zero means no checksum.</remarks>
    [Test]
    public void A_udp_datagram_without_a_checksum_stays_without()
    {
        byte[] frame = TestFrames.Udp();
        frame[40] = frame[41] = 0;
        byte[] changed = Apply(frame, FlowAction.SetTransportSource(9));
        Assert.That((changed[40], changed[41]), Is.EqualTo(((byte)0, (byte)0)));
    }

    [Test]
    public void Ethernet_addresses_are_set()
    {
        byte[] changed = Apply(TestFrames.Udp(), FlowAction.SetEthSource(TestFrames.MacB),
            FlowAction.SetEthDestination(TestFrames.MacA));
        Assert.That((MacAddress.Read(changed), MacAddress.Read(changed.AsSpan(6))),
            Is.EqualTo((TestFrames.MacA, TestFrames.MacB)));
        Assert.That(changed[12..], Is.EqualTo(TestFrames.Udp()[12..]));
    }

    [Test]
    public void A_tag_is_added_changed_and_taken_off()
    {
        byte[] frame = TestFrames.Udp();
        byte[] tagged = Apply(frame, FlowAction.SetVlanId(0x123));
        Assert.That(tagged, Is.EqualTo(TestFrames.Tagged(frame, 0x123, 0)));
        byte[] raised = Apply(tagged, FlowAction.SetVlanPriority(5));
        Assert.That(raised, Is.EqualTo(TestFrames.Tagged(frame, 0x123, 5)));
        Assert.That(Apply(raised, FlowAction.SetVlanId(1)), Is.EqualTo(TestFrames.Tagged(frame, 1, 5)));
        Assert.That(Apply(raised, FlowAction.StripVlan()), Is.EqualTo(frame));
        Assert.That(Apply(frame, FlowAction.SetVlanPriority(5)), Is.EqualTo(TestFrames.Tagged(frame, 0, 5)));
    }

    [Test]
    public void Actions_on_headers_that_are_not_there_do_nothing()
    {
        byte[] frame = TestFrames.Ethernet(0x88cc);
        FlowAction[] actions =
        [
            FlowAction.SetIpv4Source(NewIp), FlowAction.SetIpTos(4), FlowAction.SetTransportSource(1),
            FlowAction.StripVlan(),
        ];
        Assert.That(Apply(frame, actions), Is.EqualTo(frame));
    }

    [Test]
    public void A_frame_cut_anywhere_does_not_throw()
    {
        FlowAction[] actions =
        [
            FlowAction.SetVlanId(1), FlowAction.StripVlan(), FlowAction.SetIpv4Source(NewIp),
            FlowAction.SetTransportDestination(7), FlowAction.SetIpTos(4), FlowAction.SetEthSource(default),
        ];
        byte[][] frames = [TestFrames.Udp(), TestFrames.Tcp(), TestFrames.Tagged(TestFrames.Tcp(), 7, 3)];
        foreach (byte[] whole in frames)
        {
            for (int bytes = 0; bytes < whole.Length; bytes++)
            {
                byte[] cut = whole[..bytes];
                Assert.That(() => Apply(cut, actions), Throws.Nothing);
            }
        }
    }

    [Test]
    public void The_frame_that_came_in_is_never_written_to()
    {
        byte[] frame = TestFrames.Udp();
        Apply(frame, FlowAction.SetEthSource(default), FlowAction.SetIpv4Source(NewIp),
            FlowAction.SetTransportSource(1));
        Assert.That(frame, Is.EqualTo(TestFrames.Udp()));
    }

    private static byte[] Apply(byte[] frame, params FlowAction[] actions)
    {
        var working = new WorkingFrame(frame);
        foreach (FlowAction action in actions) FrameRewriter.Apply(action, ref working);
        return working.Share();
    }
}
