using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Switching;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>The actions of OpenFlow 1.3.5 section 5.12 that change packets, byte for byte.</summary>
internal sealed class PacketActionsTest
{
    [Test]
    public void A_pushed_tag_copies_the_outer_one_and_a_popped_one_gives_it_back()
    {
        byte[] tagged = TestFrames.Tagged(TestFrames.Udp(), 7, 3);
        byte[] twice = Apply(tagged, FlowAction.PushVlan(0x88a8));
        Assert.That(twice, Is.EqualTo((byte[])[.. tagged[..12], 0x88, 0xa8, 0x60, 7, .. tagged[12..]]));
        Assert.That(Apply(twice, Set(OxmId.VlanId, 0x10, 9))[14..16], Is.EqualTo((byte[])[0x60, 9]));
        Assert.That(Apply(twice, FlowAction.StripVlan()), Is.EqualTo(tagged));
        PacketFields fields = StackParser.Parse(new(1), Apply(twice, Set(OxmId.VlanId, 0x10, 9)));
        Assert.That((fields.VlanId, fields.VlanPriority, fields.EthType, fields.Ipv4Source),
            Is.EqualTo(((ushort)0x1009, (byte)3, (ushort)0x0800, TestFrames.IpA)));
    }

    [Test]
    public void Labels_are_pushed_set_and_popped()
    {
        byte[] frame = TestFrames.Udp();
        byte[] labelled = Apply(frame, FlowAction.PushMpls(0x8847), Set(OxmId.MplsLabel, 0, 0, 0, 5));
        Assert.That(labelled, Is.EqualTo(TestFrames.Mpls(frame, 5)));
        byte[] twice = Apply(labelled, FlowAction.PushMpls(0x8848), Set(OxmId.MplsTrafficClass, 6),
            FlowAction.SetMplsTtl(9));
        Assert.That(twice[12..22], Is.EqualTo((byte[])[0x88, 0x48, 0, 0, 0x5c, 9, 0, 0, 0x51, 64]));
        Assert.That(Apply(twice, FlowAction.CopyTtlIn())[21], Is.EqualTo(9));
        Assert.That(Apply(twice, FlowAction.CopyTtlOut())[17], Is.EqualTo(64));
        Assert.That(Apply(twice, FlowAction.PopMpls(0x8847)), Is.EqualTo(labelled));
        Assert.That(Apply(labelled, FlowAction.PopMpls(0x0800)), Is.EqualTo(frame));
        byte[] copied = Apply(labelled, FlowAction.SetMplsTtl(3), FlowAction.CopyTtlIn(), FlowAction.PopMpls(0x0800));
        Assert.That((copied[22], TestFrames.HasRightChecksums(copied)), Is.EqualTo(((byte)3, true)));
    }

    [Test]
    public void A_backbone_header_is_pushed_set_and_popped()
    {
        byte[] frame = TestFrames.Tagged(TestFrames.Udp(), 7, 3);
        byte[] carried = Apply(frame, FlowAction.PushPbb(0x88e7), Set(OxmId.PbbServiceId, 1, 2, 3));
        Assert.That(carried, Is.EqualTo((byte[])[.. frame[..12], 0x88, 0xe7, 0x60, 1, 2, 3, .. frame]));
        Assert.That(StackParser.ParseFurther(carried, 0, 0).Find(OxmId.PbbServiceId)!.Value.Value.ToArray(),
            Is.EqualTo((byte[])[1, 2, 3]));
        Assert.That(Apply(carried, FlowAction.PopPbb()), Is.EqualTo(frame));
    }

    [Test]
    public void Fields_of_ipv4_are_set_and_checksums_stay_right()
    {
        byte[] changed = Apply(TestFrames.Tagged(TestFrames.Udp(), 7, 3),
            Set(OxmId.IpDscp, 46), Set(OxmId.IpEcn, 1), Set(OxmId.UdpSource, 1, 2), Set(OxmId.UdpDestination, 3, 4),
            Set(OxmId.Ipv4Source, 1, 2, 3, 4), Set(OxmId.Ipv4Destination, 5, 6, 7, 8), FlowAction.DecrementIpTtl(),
            Set(OxmId.TcpSource, 9, 9));
        PacketFields fields = StackParser.Parse(new(1), changed);
        Assert.That((fields.IpTos >> 2, fields.IpEcn, fields.TransportSource, fields.TransportDestination),
            Is.EqualTo((46, (byte)1, (ushort)0x102, (ushort)0x304)));
        Assert.That((fields.Ipv4Source.ToString(), fields.Ipv4Destination.ToString(), changed[26]),
            Is.EqualTo(("1.2.3.4", "5.6.7.8", (byte)63)));
        Assert.That(TestFrames.HasRightChecksums(changed), Is.True);
    }

    [Test]
    public void Fields_of_ipv6_are_set_and_checksums_stay_right()
    {
        byte[] address = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd];
        byte[] changed = Apply(TestFrames.Ipv6Udp(), Set(OxmId.Ipv6Source, address),
            Set(OxmId.Ipv6Destination, address), Set(OxmId.Ipv6FlowLabel, 0, 0xf, 1, 2), Set(OxmId.IpDscp, 10),
            Set(OxmId.UdpSource, 7, 7), FlowAction.SetIpTtl(5));
        FurtherFields further = StackParser.ParseFurther(changed, 0, 0);
        Assert.That(further.Find(OxmId.Ipv6Source)!.Value.Value.ToArray(), Is.EqualTo(address));
        Assert.That(further.Find(OxmId.Ipv6FlowLabel)!.Value.Value.ToArray(), Is.EqualTo((byte[])[0, 0xf, 1, 2]));
        Assert.That((StackParser.Parse(new(1), changed).IpTos >> 2, changed[21]), Is.EqualTo((10, (byte)5)));
        Assert.That(TestFrames.HasRightIpv6Checksum(changed), Is.True);
    }

    [Test]
    public void Fields_of_arp_are_set()
    {
        byte[] changed = Apply(TestFrames.Arp(), Set(OxmId.ArpOpcode, 0, 2), Set(OxmId.ArpSenderEth, 1, 2, 3, 4, 5, 6),
            Set(OxmId.ArpSenderIpv4, 9, 9, 9, 9), Set(OxmId.ArpTargetEth, 6, 5, 4, 3, 2, 1),
            Set(OxmId.ArpTargetIpv4, 8, 8, 8, 8));
        Assert.That(changed[20..], Is.EqualTo(
            (byte[])[0, 2, 1, 2, 3, 4, 5, 6, 9, 9, 9, 9, 6, 5, 4, 3, 2, 1, 8, 8, 8, 8]));
    }

    /// <remarks>RFC 4861: the option's address and the checksum over it.</remarks>
    [Test]
    public void A_neighbour_solicitation_is_read_and_changed()
    {
        byte[] frame = TestFrames.Ipv6Udp()[..54];
        frame[18 + 1] = 32;
        frame[20] = 58;
        byte[] message = new byte[32];
        message[0] = 135;
        message[23] = 0xb;
        message[24] = 1;
        message[25] = 1;
        int sum = (TestFrames.Sum(message) + TestFrames.Sum(frame.AsSpan(22, 32)) + 58 + 32) % 65_535;
        message[2] = (byte)((65_535 - sum) >> 8);
        message[3] = (byte)(65_535 - sum);
        frame = [.. frame, .. message];
        byte[] changed = Apply(frame, Set(OxmId.Ipv6NdSourceEth, 1, 2, 3, 4, 5, 6), Set(OxmId.Icmpv6Code, 4));
        FurtherFields further = StackParser.ParseFurther(changed, 0, 0);
        Assert.That(further.Find(OxmId.Ipv6NdSourceEth)!.Value.Value.ToArray(), Is.EqualTo((byte[])[1, 2, 3, 4, 5, 6]));
        Assert.That(further.Find(OxmId.Ipv6NdTarget)!.Value.Value[15], Is.EqualTo(0xb));
        Assert.That(TestFrames.HasRightIpv6Checksum(changed), Is.True);
    }

    [Test]
    public void A_frame_cut_anywhere_and_any_change_do_not_throw([Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        FlowAction[] actions = AllActions();
        byte[][] frames =
        [
            TestFrames.Udp(), TestFrames.Tagged(TestFrames.Tcp(), 7, 3), TestFrames.Ipv6Udp(), TestFrames.Arp(),
            TestFrames.Mpls(TestFrames.Ipv6Udp(), 9), Apply(TestFrames.Udp(), FlowAction.PushPbb(0x88e7)),
        ];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] whole = frames[random.Next(frames.Length)];
            byte[] cut = whole[..random.Next(whole.Length + 1)];
            if (cut.Length > 0) cut[random.Next(cut.Length)] ^= (byte)random.Next(256);
            FlowAction[] some = [.. Enumerable.Range(0, 4).Select(_ => actions[random.Next(actions.Length)])];
            Assert.That(() => Apply(cut, some), Throws.Nothing);
            Assert.That(() => StackParser.ParseFurther(cut, 0, 0), Throws.Nothing);
            Assert.That(() => StackParser.Parse(new(1), cut), Throws.Nothing);
        }
    }

    private static FlowAction[] AllActions() =>
    [
        FlowAction.PushVlan(0x8100), FlowAction.StripVlan(), FlowAction.PushMpls(0x8847), FlowAction.PopMpls(0x0800),
        FlowAction.PushPbb(0x88e7), FlowAction.PopPbb(), FlowAction.SetMplsTtl(1), FlowAction.DecrementMplsTtl(),
        FlowAction.SetIpTtl(1), FlowAction.DecrementIpTtl(), FlowAction.CopyTtlIn(), FlowAction.CopyTtlOut(),
        .. SettableFields.BitsOf.Keys.Where(id => !SettableFields.Fixed.Contains(id))
            .Select(id => Set(id, new byte[SettableFields.BytesOf(id)])),
    ];

    private static FlowAction Set(OxmId id, params ReadOnlySpan<byte> value) =>
        FlowAction.SetField(OxmField.Of(id, value));

    private static byte[] Apply(byte[] frame, params FlowAction[] actions)
    {
        byte[] before = (byte[])frame.Clone();
        var run = new PacketRun(frame, new PortNumber(1));
        foreach (FlowAction action in actions) PacketActions.Apply(action, run, SwitchTraits.V13);
        Assert.That(frame, Is.EqualTo(before), "the frame that came in is never written to");
        return run.Frame.Share();
    }
}
