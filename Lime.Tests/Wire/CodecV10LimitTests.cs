using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: what OpenFlow 1.0 cannot say is refused on the sender's line, by name, before a byte is
/// written.</remarks>
[TestFixture]
public sealed class CodecV10LimitTests
{
    private static readonly PortNumber TooHigh = new(0xff01);

    private static IEnumerable<TestCaseData> Unsayable =>
    [
        Case("PacketIn.InPort", new PacketInCopy(BufferId.None, 0, TooHigh, PacketInReason.Action, [])),
        Case("PacketIn.InPort", new PacketInCopy(BufferId.None, 0, PortNumber.Max, 0, [])),
        Case("PacketOut.InPort", new PacketOutCopy(BufferId.None, TooHigh, ActionList.Drop, [])),
        Case("FlowMod.OutPort", new FlowMod { OutPort = TooHigh }),
        Case("FlowMod.Command", new FlowMod { Command = (FlowModCommand)5 }),
        Case("FlowAction.Port", new FlowMod { Actions = ActionList.Of(FlowAction.Output(TooHigh)) }),
        Case("FlowAction.Port", new FlowMod { Actions = ActionList.Of(FlowAction.Output(PortNumber.Any)) }),
        Case("FlowAction.Port",
            new FlowMod { Actions = ActionList.Of(FlowAction.Enqueue(PortNumber.Flood, new QueueId(1))) }),
        Case("FlowAction.SetVlanId", new FlowMod { Actions = ActionList.Of(FlowAction.SetVlanId(4096)) }),
        Case("FlowAction.SetVlanPriority",
            new FlowMod { Actions = ActionList.Of(FlowAction.SetVlanPriority(8)) }),
        Case("Match.InPort", Rule(Match.Any.WithInPort(TooHigh))),
        Case("Match.InPort", Rule(Masked(new(0x0000_00ff_0000_0000, 0, 0, 0, 0)))),
        Case("Match.EthSource", Rule(Masked(new(0, 0xffff_ff00_0000_0000, 0, 0, 0)))),
        Case("Match.EthDestination", Rule(Masked(new(0, 0, 0x0100_0000_0000_0000, 0, 0)))),
        Case("Match.EthType", Rule(Masked(new(0x00ff_0000, 0, 0, 0, 0)))),
        Case("Match.VlanId", Rule(Masked(new(0x1000, 0, 0, 0, 0)))),
        Case("Match.VlanId", Rule(Match.Any.With(new(0x0005, 0, 0, 0, 0), FieldMasks.VlanId))),
        Case("Match.VlanPriority", Rule(Match.Any.WithVlanPriority(8))),
        Case("Match.IpTos", Rule(Masked(new(0, 0, 0x8000, 0, 0)))),
        Case("Match.Ipv4Source", Rule(Masked(new(0, 0, 0, 0x00ff_ffff_0000_0000, 0)))),
        Case("Match.Ipv4Destination", Rule(Masked(new(0, 0, 0, 0xff00_ff00, 0)))),
        Case("Match.TransportSource", Rule(Masked(new(0, 0, 0, 0, 0xfff0_0000_0000_0000)))),
        Case("Match.Mask", Rule(Masked(new(0, 0, 0, 0, 1)))),
        Case("ErrorMessage.Type", new ErrorMessage(ErrorType.BadMatch, 0, [])),
        Case("ErrorMessage.Type", new ErrorMessage(ErrorType.Experimenter, 0, [])),
        Case("PortDescription.Name", Status("abcdefghijklmnop")),
        Case("PortDescription.Name", Status("p\u0416")),
        Case("PortDescription.Name", Status("p\0q")),
        Case("DescriptionReply.SerialNumber", new DescriptionReply("", "", "", new string('1', 32), "")),
        Case("FlowRemoved.Table", new FlowRemoved(default, default, 0, 0, default, 0, 0, 0) { Table = new TableId(1) }),
        Case("FlowStatistics.Instructions", new FlowStatisticsReply(
            [new FlowStatistics { Instructions = new FlowInstructions { ClearsActions = true } }])),
        Case("FlowStatisticsRequest.OutPort", new FlowStatisticsRequest(default, default, TooHigh)),
        Case("FlowStatisticsRequest.OutGroup", FlowsOf with { OutGroup = new GroupId(1) }),
        Case("FlowStatisticsRequest.Cookie", FlowsOf with { Cookie = new Cookie(1) }),
        Case("FlowStatisticsRequest.CookieMask", FlowsOf with { CookieMask = new Cookie(1) }),
        Case("AggregateStatisticsRequest.OutPort", new AggregateStatisticsRequest(default, default, TooHigh)),
        Case("AggregateStatisticsRequest.OutGroup", SumOf with { OutGroup = new GroupId(1) }),
        Case("AggregateStatisticsRequest.Cookie", SumOf with { Cookie = new Cookie(1) }),
        Case("AggregateStatisticsRequest.CookieMask", SumOf with { CookieMask = new Cookie(1) }),
        Case("MultipartRequest.HasMore", new DescriptionRequest { HasMore = true }),
        Case("PacketQueue.Properties", new QueueGetConfigReply(new PortNumber(1),
            [new PacketQueue(default, [0, 1, 0, 8, 0, 0, 0, 0])])),
        Case("PacketQueue.Port", new QueueGetConfigReply(new PortNumber(1),
            [new PacketQueue(default, []) { Port = new PortNumber(2) }])),
        Case("RoleRequest.Role", new RoleRequest(ControllerRole.NoChange, 0)),
        Case("RoleRequest.GenerationId", new RoleRequest(ControllerRole.Master, 1)),
        Case("RoleReply.Role", new RoleReply((ControllerRole)4, ulong.MaxValue)),
        Case("RoleReply.GenerationId", new RoleReply(ControllerRole.Slave, 0)),
        Case("ErrorMessage.Code", new ErrorMessage(ErrorType.FlowModFailed, ErrorCodes.FlowModUnknown, [])),
        Case("ErrorMessage.Code", new ErrorMessage(ErrorType.FlowModFailed, 0x8003, [])),
        Case("FeaturesReply.AuxiliaryId", new FeaturesReply(default, 0, 0, 0, 0, []) { AuxiliaryId = 1 }),
        Case("SwitchCapabilities.GroupStatistics",
            new FeaturesReply(default, 0, 0, SwitchCapabilities.GroupStatistics, 0, [])),
        Case("PortMod.Advertise", new PortMod(default, default, 0, 0, PortFeatures.FullDuplex40Gb)),
        Case("FlowModFlags.NoByteCounts", new FlowMod { Flags = FlowModFlags.NoByteCounts }),
        Case("FlowMod.OutGroup", new FlowMod { OutGroup = new GroupId(1) }),
        Case("FlowMod.CookieMask", new FlowMod { CookieMask = new Cookie(1) }),
        Case("FlowMod.Table", new FlowMod { Table = new TableId(1) }),
        Case("FlowMod.Instructions", new FlowMod { Instructions = new FlowInstructions { ClearsActions = true } }),
        .. OfLaterVersions.Select(message => Case(message.GetType().Name, message)),
    ];

    [TestCaseSource(nameof(Unsayable))]
    public void What_the_version_cannot_say_is_refused_before_a_byte_is_written(object message, string field)
    {
        byte[] frame = new byte[2048];

        Assert.That(() => AnyMessage.V10.Write(frame.AsSpan(), default, message),
            Throws.TypeOf<UnsupportedByVersionException>()
                .With.Property(nameof(UnsupportedByVersionException.Field)).EqualTo(field));
        Assert.That(frame, Has.All.Zero);
        Assert.That(() => AnyMessage.V10.SizeOf(message), Throws.TypeOf<UnsupportedByVersionException>());
    }

    [Test]
    public void A_message_of_65535_bytes_is_the_longest()
    {
        Assert.That(AnyMessage.V10.SizeOf(new EchoRequest([.. new byte[65527]])), Is.EqualTo(65535));
        Assert.That(() => AnyMessage.V10.SizeOf(new EchoRequest([.. new byte[65528]])), Throws.ArgumentException);
        var packetOut = new PacketOutCopy(default, default, ActionList.Drop, new byte[65520]);
        Assert.That(() => AnyMessage.V10.SizeOf(packetOut), Throws.ArgumentException);
        FlowAction[] actions = [.. Enumerable.Repeat(FlowAction.StripVlan(), 8183)];
        Assert.That(() => AnyMessage.V10.SizeOf(new FlowMod { Actions = ActionList.Of(actions) }),
            Throws.ArgumentException);
    }

    [Test]
    public void Too_little_room_is_refused_before_a_byte_is_written()
    {
        byte[] frame = new byte[71];

        Assert.That(() => AnyMessage.V10.Write(frame.AsSpan(), default, new FlowMod()), Throws.ArgumentException);
        Assert.That(frame, Has.All.Zero);
    }

    [Test]
    public void An_opaque_action_must_be_as_long_as_it_says(
        [Values("ffff0010", "ffff00100000000000000000")] string hex)
    {
        var message = new FlowMod { Actions = ActionList.Of(FlowAction.Opaque(Convert.FromHexString(hex))) };

        Assert.That(() => AnyMessage.V10.SizeOf(message), Throws.ArgumentException);
    }

    [Test]
    public void There_is_a_codec_for_1_0_and_none_for_unknown_versions()
    {
        Assert.That(OpenFlowCodecs.For(OpenFlowVersion.V10), Is.SameAs(OpenFlowCodecs.V10));
        Assert.That(() => OpenFlowCodecs.For((OpenFlowVersion)9),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static FlowStatisticsRequest FlowsOf => new(default, default, PortNumber.Any);

    private static AggregateStatisticsRequest SumOf => new(default, default, PortNumber.Any);

    internal static IEnumerable<OpenFlowMessage> OfLaterVersions =>
    [
        new GroupMod(default, default, default, []), new MeterMod(default, default, default, []),
        new TableMod(default, 0), new GetAsyncRequest(), new GetAsyncReply(new AsyncMasks(0, 0, 0, 0, 0, 0)),
        new SetAsync(new AsyncMasks(0, 0, 0, 0, 0, 0)), new BundleControl(default, default, default),
        new BundleAdd(default, default, []), new GroupStatisticsRequest(default), new GroupStatisticsReply([]),
        new GroupDescriptionRequest(), new GroupDescriptionReply([]), new GroupFeaturesRequest(),
        new GroupFeaturesReply(0, 0, [0, 0, 0, 0], [0, 0, 0, 0]), new MeterStatisticsRequest(default),
        new MeterStatisticsReply([]), new MeterConfigurationRequest(default), new MeterConfigurationReply([]),
        new MeterFeaturesRequest(), new MeterFeaturesReply(0, 0, 0, 0, 0), new TableFeaturesRequest([]),
        new TableFeaturesReply([]), new PortDescriptionRequest(), new PortDescriptionReply([]),
    ];

    private static TestCaseData Case(string field, object message) => new(message, field);

    private static FlowMod Rule(Match match) => new() { Match = match };

    private static Match Masked(PacketFields mask) => new(default, mask);

    private static PortStatus Status(string name) =>
        new(PortStatusReason.Add, new PortDescription(new PortNumber(1), default, name));
}
