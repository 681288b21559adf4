using System.Buffers.Binary;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: bytes of a peer that breaks the protocol give a value or an
/// <see cref="OpenFlowProtocolException"/>,
/// nothing else. Method: every prefix and every single-bit flip of every vector; then the errors that
/// the specification
/// names, one by one.</remarks>
[TestFixture]
public sealed class CodecV10MalformedTests
{
    private static IEnumerable<WireVector> Vectors => VectorsV10.All;

    [TestCaseSource(nameof(Vectors))]
    public void A_frame_cut_at_any_byte_is_read_or_refused(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            ReadsOrRefuses(cut, $"cut at {length}");
            if (length < FrameHeader.SizeBytes) continue;
            BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)length);
            ReadsOrRefuses(cut, $"cut at {length}, length field corrected");
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_frame_with_any_bit_flipped_is_read_or_refused(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadsOrRefuses(flipped, $"bit {bit} flipped");
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_frame_shorter_than_a_header_is_refused(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;
        for (int length = 0; length < FrameHeader.SizeBytes; length++)
            Assert.That(() => AnyMessage.V10.Read(bytes.AsSpan(0, length)),
                Throws.TypeOf<OpenFlowProtocolException>());
    }

    [TestCase("01160008 00000001", ErrorType.BadRequest, ErrorCodes.BadType, TestName = "An unknown type")]
    [TestCase("01040010 00000001 00002320 0000000a", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A role request without a role")]
    [TestCase("01040018 00000001 00002320 0000000b 00000001 00000000", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A role reply that is too long")]
    [TestCase("0101000c 00000001 00038006", ErrorType.BadRequest, ErrorCodes.BadType,
        TestName = "A flow-mod's error code that has no place")]
    [TestCase("01120009 00000001 00", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A barrier with a tail")]
    [TestCase("010a0011 00000001 (00*9)", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A short packet-in")]
    [TestCase("010d0018 00000001 ffffffff ffff0010 00000008 00010000",
        ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "Actions longer than their packet-out")]
    [TestCase("01010010 00000001 80060000 00000000", ErrorType.BadRequest, ErrorCodes.BadType,
        TestName = "An error type that has no place")]
    [TestCase("010e0048 00000001 003820ff (00*36) (00*8) 00050000 00000000 ffffffff ffff0000",
        ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand, TestName = "An unknown flow-mod command")]
    [TestCase("0111000e 00000001 00010000 0000", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A rule of length zero")]
    [TestCase("01150018 00000001 0001000000000000 00000000 00070000",
        ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "A queue shorter than its header")]
    [TestCase("01150020 00000001 0001000000000000 00000000 00100000 0001000000000000", ErrorType.BadRequest,
        ErrorCodes.BadLength, TestName = "A queue's property of length zero")]
    [TestCase("01150020 00000001 0001000000000000 00000000 00100000 0001000800000000", ErrorType.BadRequest,
        ErrorCodes.BadLength, TestName = "A queue's minimum rate without the rate")]
    [TestCase("01150020 00000001 0001000000000000 00000000 00100000 0009000900000000", ErrorType.BadRequest,
        ErrorCodes.BadLength, TestName = "A queue's property longer than the queue")]
    [TestCase("01060021 00000001 (00*24) 00", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A piece of a port")]
    public void A_malformed_message_gets_the_error_that_the_specification_names(
        string hex, ErrorType type, int code) => AssertRefused(hex, type, (ushort)code);

    [TestCase("00000000 00000000", ErrorCodes.ActionBadLength, TestName = "An action of length zero")]
    [TestCase("00000004 00000000", ErrorCodes.ActionBadLength, TestName = "An action of length four")]
    [TestCase("0000000c 00000000 00000000 00000000", ErrorCodes.ActionBadLength,
        TestName = "An action whose length is no multiple of eight")]
    [TestCase("00000010 00010000", ErrorCodes.ActionBadLength, TestName = "An action longer than the list")]
    [TestCase("00000010 00010000 00000000 00000000", ErrorCodes.ActionBadLength,
        TestName = "An output too long")]
    [TestCase("000b0008 00010000", ErrorCodes.ActionBadLength, TestName = "An enqueue too short")]
    [TestCase("00000008", ErrorCodes.ActionBadLength, TestName = "Half an action")]
    [TestCase("00000008 ff010000", ErrorCodes.ActionBadOutPort,
        TestName = "An output to a port not assigned")]
    [TestCase("00000008 ffff0000", ErrorCodes.ActionBadOutPort, TestName = "An output to no port")]
    [TestCase("000b0010 fffb0000 00000000 00000007", ErrorCodes.ActionBadOutPort,
        TestName = "An enqueue to a port that has no queues")]
    [TestCase("00010008 10000000", ErrorCodes.ActionBadArgument, TestName = "A VLAN id over 4095")]
    [TestCase("00020008 08000000", ErrorCodes.ActionBadArgument, TestName = "A VLAN priority over 7")]
    public void A_malformed_action_gets_the_error_that_the_specification_names(string actions, int code)
    {
        int bytes = actions.Replace(" ", "", StringComparison.Ordinal).Length / 2;
        string flowMod = $"010e{72 + bytes:x4} 00000001 003820ff (00*36) (00*8)"
            + "00000000 00000000 ffffffff ffff0000";

        AssertRefused(flowMod + actions, ErrorType.BadAction, (ushort)code);
    }

    [TestCase(0xff00u, 0xff00)]
    [TestCase(0xfffffff8u, 0xfff8)]
    [TestCase(0xffffffffu, 0xffff)]
    [TestCase(0u, 0)]
    public void A_port_number_is_widened_and_narrowed(uint wide, int wire)
    {
        var message = new PacketInCopy(BufferId.None, 0, new PortNumber(wide), PacketInReason.NoMatch, []);

        byte[] frame = AnyMessage.V10.Write(default, message);

        Assert.That(BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(14)), Is.EqualTo(wire));
        Assert.That(((PacketInCopy)AnyMessage.V10.Read(frame)).InPort.Value, Is.EqualTo(wide));
    }

    /// <remarks>1.0 has no error for a number that isn't assigned, but in an action.</remarks>
    [TestCase("ff01")]
    [TestCase("fff7")]
    public void A_packet_in_from_a_port_that_is_not_assigned_is_kept(string port)
    {
        byte[] frame = new WireVector("", "", $"010a0012 00000000 ffffffff 0000{port} 0000", "").Bytes;

        object message = AnyMessage.V10.Read(frame);

        Assert.That(((PacketInCopy)message).InPort.IsPhysical, Is.False);
        Assert.That(AnyMessage.V10.Write(default, message), Is.EqualTo(frame));
    }

    /// <remarks>Whoever waits for the answer must hear of it, whatever it says.</remarks>
    [TestCase("0006")]
    [TestCase("000d")]
    [TestCase("0044")]
    [TestCase("ffff")]
    [TestCase("b0c2")]
    public void An_error_of_a_type_that_1_0_does_not_define_is_kept(string type)
    {
        byte[] frame = new WireVector("", "", $"01010010 00000001 {type}0000 00000000", "").Bytes;

        var error = (ErrorMessage)AnyMessage.V10.Read(frame);

        Assert.That((int)error.Type, Is.GreaterThan((int)ErrorType.TableFeaturesFailed).And.Not.EqualTo(0xffff));
        Assert.That(AnyMessage.V10.Write(new Xid(1), error), Is.EqualTo(frame));
    }

    [TestCase("0111000e 00000001 00010000 0000", "ofp_flow_stats at byte 12 has a length of 0: 88 to 2 would fit")]
    [TestCase("01150018 00000001 0001000000000000 00000000 00070000", "ofp_packet_queue at byte 16 has a length of 7")]
    [TestCase("010d0018 00000001 ffffffff ffff0008 00000004 00010000",
        "ofp_action_header.len of the action at byte 16")]
    public void A_length_that_does_not_fit_is_told_with_its_field(string hex, string told)
    {
        byte[] frame = new WireVector("", "", hex, "").Bytes;

        Assert.That(() => AnyMessage.V10.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Message.Contains(told));
    }

    [Test]
    public void A_refusal_names_the_field_and_its_offset()
    {
        byte[] cut = new WireVector("", "", "0109000a 00000004 0000", "").Bytes;

        Assert.That(() => AnyMessage.V10.Read(cut), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Message.Contains("ofp_switch_config.miss_send_len at byte 10"));
    }

    /// <summary>What reads must write again and then read as the same value.</summary>
    private static void ReadsOrRefuses(byte[] frame, string how)
    {
        if (frame.Length >= FrameHeader.SizeBytes) ReadBounds.CheckCost(AnyMessage.V10.Codec, frame, how);
        try
        {
            object message = AnyMessage.V10.Read(frame);
            object again = AnyMessage.V10.Read(AnyMessage.V10.Write(default, message));
            Assert.That(AnyMessage.AreEqual(message, again), $"{how}: {message} became {again}");
        }
        catch (OpenFlowProtocolException refused)
        {
            Assert.That(refused.IsFramingLost, Is.False, how);
        }
    }

    private static void AssertRefused(string hex, ErrorType type, ushort code)
    {
        byte[] frame = new WireVector("", "", hex, "").Bytes;
        Assert.That(() => AnyMessage.V10.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Property(nameof(OpenFlowProtocolException.Type)).EqualTo(type)
            .And.Property(nameof(OpenFlowProtocolException.Code)).EqualTo(code));
    }
}
