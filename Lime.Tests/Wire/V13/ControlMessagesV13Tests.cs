using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: multipart messages, groups, meters, tables, queues, roles and bundles of 1.3 come back as they were
/// written, and what is malformed of them gets the error that the specification names. Method: generated values; one
/// frame an error.</remarks>
[TestFixture]
public sealed class ControlMessagesV13Tests
{
    private const string TableHead = "(00*5) (00*32) (00*24)";

    private static IEnumerable<TestCaseData> Unsayable =>
    [
        Case("GroupMod.Command", new GroupMod((GroupModCommand)3, default, default, [])),
        Case("MeterMod.Command", new MeterMod((MeterModCommand)3, default, default, [])),
        Case("MeterBand.PrecedenceLevel", Meter(new(MeterBandType.Drop, 1, 2) { PrecedenceLevel = 1 })),
        Case("MeterBand.Experimenter", Meter(new(MeterBandType.Drop, 1, 2) { Experimenter = 1 })),
        Case("MeterBand.Bytes", Meter(new(MeterBandType.DscpRemark, 1, 2) { Bytes = [1] })),
        Case("RoleRequest.Role", new RoleRequest((ControllerRole)4, 0)),
        Case("BundleAdd.Frame", new BundleAdd(default, default, [1, 18, 0, 8, 0, 0, 0, 0])),
        Case("FlowStatistics.Flags", new FlowStatisticsReply(
            [new FlowStatistics { Flags = FlowModFlags.Emergency }])),
        Case("TableFeatures.Name", new TableFeaturesReply([new TableFeatures { Name = new string('t', 32) }])),
        Case("DescriptionReply.Hardware", new DescriptionReply("", new string('h', 256), "", "", "")),
        Case("ExperimenterMultipart.Bytes", new ExperimenterMultipartRequest(1, [1, 2, 3])),
    ];

    private static IEnumerable<OpenFlowMessage> Contradictory =>
    [
        new BundleAdd(default, default, [4, 20, 0, 9, 0, 0, 0, 0]),
        new BundleAdd(default, default, []),
        new GroupFeaturesReply(0, 0, [1, 2, 3], [1, 2, 3, 4]),
        new OpaqueMultipartRequest(MultipartType.Flow, []),
        new OpaqueMultipartReply(MultipartType.TableFeatures, []),
        new TableFeaturesReply([new TableFeatures { Properties = [new(TablePropertyType.Match, [1, 2, 3])] }]),
        new TableFeaturesReply(
            [new TableFeatures { Properties = [new(TablePropertyType.ApplyActions, [0, 0, 0, 0])] }]),
    ];

    [Test]
    public void Every_message_reads_back_as_it_was_written([Range(1, 200)] int seed)
    {
        var xid = new Xid((uint)seed * 0x01010101);
        foreach (OpenFlowMessage message in new ControlGeneratorV13(seed).EveryMessage())
        {
            byte[] frame = AnyMessage.V13.Write(xid, message);

            object read = AnyMessage.V13.Read(frame);

            Assert.That(AnyMessage.AreEqual(read, message), $"wrote {message}, read {read}");
            Assert.That(FrameHeader.Read(frame).LengthBytes, Is.EqualTo(frame.Length));
        }
    }

    [Test]
    public void Every_byte_of_a_frame_is_written([Range(1, 20)] int seed)
    {
        foreach (OpenFlowMessage message in new ControlGeneratorV13(seed).EveryMessage())
        {
            byte[] overZeros = AnyMessage.V13.Write(default, message);
            byte[] overOnes = [.. Enumerable.Repeat((byte)0xff, overZeros.Length)];
            AnyMessage.V13.Write(overOnes.AsSpan(), default, message);

            Assert.That(overOnes, Is.EqualTo(overZeros), message.GetType().Name);
        }
    }

    [Test]
    public void The_generators_make_every_control_message()
    {
        var made = new MessageGeneratorV13(1).EveryMessage().Concat(new ControlGeneratorV13(1).EveryMessage())
            .Select(message => message.GetType()).ToHashSet();
        IEnumerable<Type> all = typeof(OpenFlowMessage).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OpenFlowMessage)) && !type.IsAbstract);

        Assert.That(all.Where(type => !made.Contains(type)), Is.Empty);
    }

    [Test]
    public void Every_kind_of_message_and_multipart_has_a_vector()
    {
        var seen = VectorsV13.All.Select(vector => vector.Message.GetType()).ToHashSet();
        IEnumerable<Type> all = typeof(OpenFlowMessage).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OpenFlowMessage)) && !type.IsAbstract);

        Assert.That(all.Where(type => !seen.Contains(type)), Is.Empty);
    }

    [TestCaseSource(nameof(Unsayable))]
    public void What_1_3_cannot_say_is_refused_before_a_byte_is_written(object message, string field)
    {
        byte[] frame = new byte[2048];

        Assert.That(() => AnyMessage.V13.Write(frame.AsSpan(), default, message),
            Throws.TypeOf<UnsupportedByVersionException>()
                .With.Property(nameof(UnsupportedByVersionException.Field)).EqualTo(field));
        Assert.That(frame, Has.All.Zero);
    }

    [TestCaseSource(nameof(Contradictory))]
    public void A_message_that_contradicts_itself_is_refused(object message) =>
        Assert.That(() => AnyMessage.V13.SizeOf(message), Throws.ArgumentException);

    [Test]
    public void What_1_0_tells_of_a_table_beside_its_counters_is_dropped()
    {
        var told = new TableStatistics { Table = new(1), Name = "t", Wildcards = 1, EntriesMax = 2, ActiveCount = 3 };

        var read = (TableStatisticsReply)AnyMessage.V13.Read(
            AnyMessage.V13.Write(default, new TableStatisticsReply([told])));

        Assert.That(read.Tables[0], Is.EqualTo(new TableStatistics { Table = new(1), ActiveCount = 3 }));
    }

    [Test]
    public void A_message_in_a_bundle_gets_the_transaction_id_of_its_carrier()
    {
        var add = new BundleAdd(new BundleId(1), default, [4, 20, 0, 8, 9, 9, 9, 9]);

        byte[] frame = AnyMessage.V13.Write(new Xid(0x01020304), add);

        Assert.That(frame[28..32], Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(((BundleAdd)AnyMessage.V13.Read(frame)).Frame[4..], Has.All.Zero);
    }

    [TestCase("040f0010 00000001 0003 00 00 00000005", ErrorType.GroupModFailed, ErrorCodes.GroupModBadCommand)]
    [TestCase("040f0018 00000001 0000 00 00 00000005 00000000 00000000", ErrorType.GroupModFailed,
        ErrorCodes.GroupBadBucket, TestName = "A bucket of length zero")]
    [TestCase("040f0020 00000001 0000 00 00 00000005 00200000 (00*12)", ErrorType.GroupModFailed,
        ErrorCodes.GroupBadBucket, TestName = "A bucket longer than its group")]
    [TestCase("040f0012 00000001 0000 00 00 00000005 0002", ErrorType.GroupModFailed, ErrorCodes.GroupBadBucket,
        TestName = "Two bytes of a bucket")]
    [TestCase("040f0028 00000001 0000 00 00 00000005 00180000 (00*12) 0000000c 00000000", ErrorType.BadAction,
        ErrorCodes.ActionBadLength, TestName = "A bucket's action of a wrong length")]
    [TestCase("041d0010 00000001 0003 0000 00000005", ErrorType.MeterModFailed, ErrorCodes.MeterModBadCommand)]
    [TestCase("041d0020 00000001 0000 0000 00000005 00010000 (00*12)", ErrorType.MeterModFailed,
        ErrorCodes.MeterBadBand, TestName = "A band of length zero")]
    [TestCase("041d001c 00000001 0000 0000 00000005 0001000c (00*8)", ErrorType.MeterModFailed,
        ErrorCodes.MeterBadBand, TestName = "A drop band without its padding")]
    [TestCase("041d001c 00000001 0000 0000 00000005 ffff000c (00*8)", ErrorType.MeterModFailed,
        ErrorCodes.MeterBadBand, TestName = "An experimenter's band without its number")]
    [TestCase("041d0014 00000001 0000 0000 00000005 00010010", ErrorType.MeterModFailed, ErrorCodes.MeterBadBand,
        TestName = "A band longer than its meter")]
    [TestCase("0411000c 00000001 ff000000", ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "Half a table-mod")]
    [TestCase("04180018 00000001 00000004 (00*12)", ErrorType.RoleRequestFailed, ErrorCodes.RoleBadRole)]
    [TestCase("041c001c 00000001 (00*20)", ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "Five masks")]
    [TestCase("04170020 00000001 (00*8) (00*8) 0000 (00*6)", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A 1.3 queue of length zero")]
    public void A_malformed_command_gets_the_error_that_the_specification_names(string hex, ErrorType type, int code) =>
        AssertRefused(hex, type, code);

    [TestCase("0412000c 00000001 00000000", TestName = "A multipart request without its padding")]
    [TestCase("04120014 00000001 0000 0000 00000000 00000000", TestName = "A description request with a body")]
    [TestCase("04120014 00000001 0006 0000 00000000 00000000", TestName = "Half a group request")]
    [TestCase("04120014 00000001 ffff 0000 00000000 00000000", TestName = "An experimenter's request without a type")]
    [TestCase("04130018 00000001 0001 0000 00000000 00000000 00000000", TestName = "A 1.3 rule of length zero")]
    [TestCase("04130018 00000001 0003 0000 00000000 00000000 00000000", TestName = "A piece of a table")]
    [TestCase("04130018 00000001 0006 0000 00000000 00000000 00000000", TestName = "A group of length zero")]
    [TestCase("04130040 00000001 0006 0000 00000000 00300000 (00*44)", TestName = "Half a bucket's counters")]
    [TestCase("04130018 00000001 0007 0000 00000000 00000000 00000000", TestName = "A description of length zero")]
    [TestCase("04130020 00000001 0007 0000 00000000 00100000 00000001 00000000 00000000",
        TestName = "A described bucket of length zero")]
    [TestCase("04130040 00000001 0009 0000 00000000 00000001 0000 (00*42)", TestName = "A meter of length zero")]
    [TestCase("04130018 00000001 000a 0000 00000000 00000000 00000000", TestName = "A configuration of length zero")]
    [TestCase("0413001c 00000001 000a 0000 00000000 000c0000 00000001 00010000",
        TestName = "A described band of length zero")]
    [TestCase("04130050 00000001 000c 0000 00000000 000001" + TableHead, TestName = "A table of length zero")]
    public void A_malformed_multipart_gets_bad_length(string hex) =>
        AssertRefused(hex, ErrorType.BadRequest, ErrorCodes.BadLength);

    [TestCase("00000000 00000000", TestName = "A table property of length zero")]
    [TestCase("00000010 00000000", TestName = "A table property longer than its table")]
    [TestCase("00020005 01", TestName = "A table property without its padding")]
    [TestCase("00000008 00010000", TestName = "An instruction of length zero in a table")]
    [TestCase("00040006 0000 0000", TestName = "Half an action in a table")]
    [TestCase("00060008 00000008", TestName = "An action longer than its list in a table")]
    [TestCase("00080006 8000 0000", TestName = "Half a field in a table")]
    [TestCase("000c0008 ffff0006", TestName = "An experimenter's field without its number in a table")]
    [TestCase("ffff0008 00000001", TestName = "An experimenter's property without its type")]
    public void A_malformed_table_property_gets_the_error_that_the_specification_names(string property)
    {
        int bytes = property.Replace(" ", "", StringComparison.Ordinal).Length / 2;
        string request =
            $"0412{16 + 64 + bytes:x4} 00000001 000c 0000 00000000 {64 + bytes:x4} 01 {TableHead}{property}";

        AssertRefused(request, ErrorType.TableFeaturesFailed, ErrorCodes.TableFeaturesBadLength);
    }

    [TestCase("0007 00000001", BundleErrorCodes.MessageBadLength, TestName = "A message of 7 bytes in a bundle")]
    [TestCase("0009 00000001", BundleErrorCodes.MessageBadLength, TestName = "A message longer than its bundle")]
    [TestCase("0008 00000002", BundleErrorCodes.MessageBadXid, TestName = "A message of another transaction id")]
    public void A_malformed_message_in_a_bundle_gets_the_ONFs_error(string rest, int code)
    {
        string hex = "04040020 00000001 4f4e4600 000008fd 00000005 00000000 0414" + rest;
        byte[] frame = new WireVector("", "", hex, "").Bytes;

        Assert.That(() => AnyMessage.V13.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Property(nameof(OpenFlowProtocolException.Type)).EqualTo(ErrorType.Experimenter)
            .And.Property(nameof(OpenFlowProtocolException.Code)).EqualTo((ushort)code)
            .And.Property(nameof(OpenFlowProtocolException.Experimenter)).EqualTo(BundleErrorCodes.Experimenter));
    }

    [Test]
    public void A_message_of_another_version_in_a_bundle_is_refused() => AssertRefused(
        "04040020 00000001 4f4e4600 000008fd 00000005 00000000 01120008 00000001", ErrorType.BadRequest,
        ErrorCodes.BadVersion);

    private static TestCaseData Case(string field, object message) => new(message, field);

    private static MeterMod Meter(MeterBand band) => new(default, default, default, [band]);

    private static void AssertRefused(string hex, ErrorType type, int code)
    {
        byte[] frame = new WireVector("", "", hex, "").Bytes;
        Assert.That(FrameHeader.Read(frame).LengthBytes, Is.EqualTo(frame.Length), "The test's own frame.");
        Assert.That(() => AnyMessage.V13.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Property(nameof(OpenFlowProtocolException.Type)).EqualTo(type)
            .And.Property(nameof(OpenFlowProtocolException.Code)).EqualTo((ushort)code));
    }
}
