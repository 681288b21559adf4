using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: what OpenFlow 1.3 cannot say is refused on the sender's line, by name, before a byte is
/// written.</remarks>
[TestFixture]
public sealed class CodecV13LimitTests
{
    private static Match Ip { get; } = Match.Any.WithEthType(0x0800);

    private static IEnumerable<TestCaseData> Unsayable =>
    [
        Case("FlowMod.Command", new FlowMod { Command = (FlowModCommand)5 }),
        Case("FlowModFlags.Emergency", new FlowMod { Flags = FlowModFlags.Emergency }),
        Case("FlowInstructions.Metadata", new FlowMod { Instructions = new() { Metadata = 1 } }),
        Case("FlowAction.SetVlanId", Doing(FlowAction.SetVlanId(1))),
        Case("FlowAction.SetVlanPriority", Doing(FlowAction.SetVlanPriority(1))),
        Case("FlowAction.SetTransportSource", Doing(FlowAction.SetTransportSource(1))),
        Case("FlowAction.SetTransportDestination", Doing(FlowAction.SetTransportDestination(1))),
        Case("FlowAction.Enqueue", Doing(FlowAction.Enqueue(new(1), new(1)))),
        Case("FlowAction.Port", Doing(FlowAction.Output(PortNumber.Any))),
        Case("FlowAction.Port", Doing(FlowAction.Output(new(0xffffff01)))),
        Case("FlowAction.SetField(InPort=00000001)",
            Doing(FlowAction.SetField(OxmField.Of(OxmId.InPort, [0, 0, 0, 1])))),
        Case("FlowAction.SetField(VlanId=2000)", Doing(FlowAction.SetField(OxmField.Of(OxmId.VlanId, [0x20, 0])))),
        Case("Match.InPort", Rule(Masked(new(0x0000_00ff_0000_0000, 0, 0, 0, 0)))),
        Case("Match.EthType", Rule(Masked(new(0x00ff_0000, 0, 0, 0, 0)))),
        Case("Match.VlanId", Rule(Masked(new(0x2000, 0, 0, 0, 0)))),
        Case("Match.VlanId", Rule(Match.Any.With(new(0x3000, 0, 0, 0, 0), FieldMasks.VlanId))),
        Case("Match.VlanPriority", Rule(Match.Any.WithVlanPriority(1))),
        Case("Match.VlanPriority", Rule(Match.Any.WithVlanId(1).WithVlanPriority(8))),
        Case("Match.IpProtocol", Rule(Match.Any.WithIpProtocol(6))),
        Case("Match.IpTos", Rule(Match.Any.WithIpTos(4))),
        Case("Match.IpTos", Rule(Match.Any.WithEthType(0x0806).WithIpTos(4))),
        Case("Match.IpEcn", Rule(Match.Any.WithIpEcn(1))),
        Case("Match.Ipv4Source", Rule(Match.Any.WithIpv4Source(new(1)))),
        Case("Match.Ipv4Destination", Rule(Match.Any.WithEthType(0x86dd).WithIpv4Destination(new(1)))),
        Case("Match.TransportSource", Rule(Ip.WithTransportSource(1))),
        Case("Match.TransportDestination", Rule(Ip.WithIpProtocol(89).WithTransportDestination(1))),
        Case("Match.TransportDestination", Rule(Match.Any.WithEthType(0x0806).WithTransportDestination(1))),
        Case("Match.TransportSource", Rule(Ip.WithIpProtocol(1).WithTransportSource(256))),
        Case("Match.Mask", Rule(Masked(new(0, 0, 0, 0, 1)))),
        Case("Match.Further.Ipv6Source", Rule(Match.Any.WithFurther(Field(OxmId.Ipv6Source, 16)))),
        Case("Match.Further.Metadata", Rule(Match.Any.WithFurther(Field(OxmId.Metadata, 4)))),
        Case("Match.Further.EthType", Rule(Ip.WithFurther(Field(OxmId.EthType, 2)))),
        Case("FeaturesReply.Ports", new FeaturesReply(default, 0, 0, 0, 0, [new(new(1), default, "")])),
        Case("FeaturesReply.Capabilities", new FeaturesReply(default, 0, 0, SwitchCapabilities.SpanningTree, 0, [])),
        Case("ExperimenterMessage.Bytes", new ExperimenterMessage(1, [1, 2, 3])),
        Case("PortMod.Advertise", new PortMod(default, default, default, default, (PortFeatures)0x1_0000_0000)),
        Case("PortDescription.Name", Status(new(new(1), default, "abcdefghijklmnop"))),
        Case("PortDescription.PeerFeatures",
            Status(new(new(1), default, "") { PeerFeatures = (PortFeatures)0x1_0000_0000 })),
    ];

    [TestCaseSource(nameof(Unsayable))]
    public void What_the_version_cannot_say_is_refused_before_a_byte_is_written(object message, string field)
    {
        byte[] frame = new byte[2048];

        Assert.That(() => AnyMessage.V13.Write(frame.AsSpan(), default, message),
            Throws.TypeOf<UnsupportedByVersionException>()
                .With.Property(nameof(UnsupportedByVersionException.Field)).EqualTo(field)
                .And.Property(nameof(UnsupportedByVersionException.Version)).EqualTo(OpenFlowVersion.V13));
        Assert.That(frame, Has.All.Zero);
        Assert.That(() => AnyMessage.V13.SizeOf(message), Throws.TypeOf<UnsupportedByVersionException>());
    }

    [Test]
    public void OpenFlow_1_0_refuses_the_actions_of_1_3_by_name([Range(13, 26)] int kind)
    {
        FlowAction[] actions =
        [
            FlowAction.PushVlan(0x8100), FlowAction.PushMpls(0x8847), FlowAction.PopMpls(0x0800),
            FlowAction.PushPbb(0x88e7), FlowAction.PopPbb(), FlowAction.SetMplsTtl(1), FlowAction.DecrementMplsTtl(),
            FlowAction.SetIpTtl(1), FlowAction.DecrementIpTtl(), FlowAction.CopyTtlOut(), FlowAction.CopyTtlIn(),
            FlowAction.SetQueue(new(1)), FlowAction.Group(new(1)),
            FlowAction.SetField(OxmField.Of(OxmId.VlanId, [0x10, 1])),
        ];
        FlowAction action = actions.Single(each => (int)each.Kind == kind);

        Assert.That(() => OpenFlowCodecs.V10.SizeOf(Doing(action)), Throws.TypeOf<UnsupportedByVersionException>()
            .With.Property(nameof(UnsupportedByVersionException.Field)).EqualTo($"FlowAction.{action.Kind}"));
    }

    [Test]
    public void A_match_of_65535_bytes_is_too_long()
    {
        IEnumerable<OxmField> fields = Enumerable.Range(0, 300).Select(number => OxmField.FromBytes(
            [(byte)(number >> 7), 1, (byte)(number << 1), 240, .. new byte[240]]));
        FlowMod rule = Rule(Match.Any.WithFurther(FurtherFields.Of([.. fields])));

        Assert.That(() => AnyMessage.V13.SizeOf(rule), Throws.ArgumentException);
    }

    [Test]
    public void An_opaque_part_must_be_as_long_as_it_says([Values("ffff0010", "ffff00100000000000000000")] string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var instructions = new FlowInstructions { Opaque = [[.. bytes]] };

        Assert.That(() => AnyMessage.V13.SizeOf(Doing(FlowAction.Opaque(bytes))), Throws.ArgumentException);
        Assert.That(() => AnyMessage.V13.SizeOf(new FlowMod { Instructions = instructions }), Throws.ArgumentException);
    }

    /// <remarks>An app of 1.0 matches a packet exactly, whatever it is; 1.3 refuses to be asked for a port of an ARP
    /// packet, or the priority of a tag that isn't there.</remarks>
    [TestCase("ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002")]
    [TestCase("020000000002 020000000001 0800 4500001c 00000000 40110000 0a000001 0a000002 0007 0009 0008 0000")]
    [TestCase("020000000002 020000000001 8100 6007 0800 4500001c 00000000 40060000 0a000001 0a000002 0007 0009 0008")]
    [TestCase("020000000002 020000000001 0800 4500001c 00000000 40010000 0a000001 0a000002 0800 0000 0001 0001")]
    [TestCase("020000000002 020000000001 0800 4500001c 00000000 40590000 0a000001 0a000002 0000 0000 0000 0000")]
    [TestCase("0180c200000e 020000000001 88cc 0207 04020000000001")]
    public void An_exact_match_leaves_out_what_its_packets_cannot_have(string hex)
    {
        byte[] packet = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Match exact = Match.Exact(PacketParser.Parse(new PortNumber(3), packet));
        var rule = new FlowMod { Match = exact, Priority = 5, Actions = ActionList.Output(new(1)) };

        var read = (FlowMod)AnyMessage.V13.Read(AnyMessage.V13.Write(default, rule));

        Assert.That(read.Match, Is.EqualTo(MatchNormalisation.Normalise(exact)));
        Assert.That(read.Match.Matches(PacketParser.Parse(new PortNumber(3), packet)), Is.True);
    }

    [Test]
    public void There_is_a_codec_for_1_3() =>
        Assert.That(OpenFlowCodecs.For(OpenFlowVersion.V13), Is.SameAs(OpenFlowCodecs.V13));

    private static TestCaseData Case(string field, object message) => new(message, field);

    private static FlowMod Rule(Match match) => new() { Match = match };

    private static FlowMod Doing(FlowAction action) => new() { Actions = ActionList.Of(action) };

    private static Match Masked(PacketFields mask) => new(default, mask);

    private static FurtherFields Field(OxmId id, int bytes) => FurtherFields.Of(OxmField.Of(id, new byte[bytes]));

    private static PortStatus Status(PortDescription port) => new(PortStatusReason.Add, port);
}
