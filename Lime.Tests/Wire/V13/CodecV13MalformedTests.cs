using System.Buffers.Binary;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: bytes of a peer that breaks the protocol give a value or an <see cref="OpenFlowProtocolException"/>,
/// nothing else. Method: every prefix and every single-bit flip of every vector; then the errors that the
/// specification names, one by one.</remarks>
[TestFixture]
public sealed class CodecV13MalformedTests
{
    private const string Ip = "80000a02 0800";

    private static IEnumerable<WireVector> Vectors => VectorsV13.All;

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

    [TestCase("041e0008 00000001", ErrorType.BadRequest, ErrorCodes.BadType, TestName = "A type of no 1.3 message")]
    [TestCase("04140009 00000001 00", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A 1.3 barrier with a tail")]
    [TestCase("0404000c 00000001 12345678", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "An experimenter's message without a type")]
    [TestCase("04060024 00000001 (00*28)", ErrorType.BadRequest, ErrorCodes.BadLength,
        TestName = "A features reply with a tail")]
    [TestCase("04170028 00000001 0000000100000000 0000000100000001 0018000000000000 0002000c00000000",
        ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "A property of a queue that is longer than its queue")]
    [TestCase("040a0020 00000001 (00*24)", ErrorType.BadMatch, ErrorCodes.MatchBadType,
        TestName = "A packet-in with a match that isn't OXM")]
    [TestCase("040a0028 00000001 (00*16) 0001000c 80000004 00000001 00000000", ErrorType.BadRequest,
        ErrorCodes.BadLength, TestName = "A packet-in that ends before its padding")]
    [TestCase("040a0032 00000001 (00*16) 00010014 80000004 00000001 80000004 00000001 00000000 0000",
        ErrorType.BadMatch, ErrorCodes.MatchDuplicateField, TestName = "A packet-in with two ports")]
    [TestCase("040d0020 00000001 ffffffff 00000001 0010 (00*6) 00000010 00000002",
        ErrorType.BadRequest, ErrorCodes.BadLength, TestName = "1.3 actions longer than their packet-out")]
    [TestCase("040e0038 00000001 (00*16) 00050000 00000000 ffffffff ffffffff ffffffff 00000000 00010004 00000000",
        ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand, TestName = "An unknown 1.3 flow-mod command")]
    [TestCase("040e0038 00000001 (00*16) 00000000 00000000 ffffffff ffffffff ffffffff 80000000 00010004 00000000",
        ErrorType.FlowModFailed, ErrorCodes.FlowModBadFlags, TestName = "A flag that is 1.0's own here")]
    public void A_malformed_message_gets_the_error_that_the_specification_names(string hex, ErrorType type, int code) =>
        AssertRefused(hex, type, code);

    [TestCase("80000005 0000000100", ErrorCodes.MatchBadLength, TestName = "A field of a wrong size")]
    [TestCase("80000004 0000", ErrorCodes.MatchBadLength, TestName = "A field longer than its match")]
    [TestCase("8000", ErrorCodes.MatchBadLength, TestName = "Half a field")]
    [TestCase("80000a00", ErrorCodes.MatchBadLength, TestName = "A field of size zero")]
    [TestCase("ffff5502 4f4e", ErrorCodes.MatchBadLength, TestName = "An experimenter's field without an experimenter")]
    [TestCase("12340b03 010203", ErrorCodes.MatchBadLength, TestName = "An unknown field that can't be halved")]
    [TestCase("80001604 0a000001", ErrorCodes.MatchBadPrerequisite, TestName = "An address without a type")]
    [TestCase("80001604 0a000001" + Ip, ErrorCodes.MatchBadPrerequisite, TestName = "An address before its type")]
    [TestCase(Ip + "80001a02 0050", ErrorCodes.MatchBadPrerequisite, TestName = "A port without a protocol")]
    [TestCase(Ip + "80001401 11 80001a02 0050", ErrorCodes.MatchBadPrerequisite, TestName = "A TCP port of UDP")]
    [TestCase("80000e01 05", ErrorCodes.MatchBadPrerequisite, TestName = "A VLAN priority without a tag")]
    [TestCase("80000c02 0000 80000e01 05", ErrorCodes.MatchBadPrerequisite, TestName = "A VLAN priority of no tag")]
    [TestCase("80000204 00000001", ErrorCodes.MatchBadPrerequisite, TestName = "A physical port alone")]
    [TestCase(Ip + "80004404 00000001", ErrorCodes.MatchBadPrerequisite, TestName = "A label without MPLS")]
    [TestCase("80000a02 86dd 80001401 3a 80003a01 88 80004006 000000000001", ErrorCodes.MatchBadPrerequisite,
        TestName = "A source address of a neighbour advertisement")]
    [TestCase(Ip + Ip, ErrorCodes.MatchDuplicateField, TestName = "A field twice")]
    [TestCase("80000408 (00*8) 80000408 (00*8)", ErrorCodes.MatchDuplicateField, TestName = "Metadata twice")]
    [TestCase("00010004 00000001 00010004 00000001", ErrorCodes.MatchDuplicateField,
        TestName = "An unknown field twice")]
    [TestCase("80000b04 0800 ff00", ErrorCodes.MatchBadMask, TestName = "A mask where there can be none")]
    [TestCase("80000d04 0001 1000", ErrorCodes.MatchBadWildcards, TestName = "A value outside its mask")]
    [TestCase("80000510 0000000000000001 0000000000000000", ErrorCodes.MatchBadWildcards,
        TestName = "A value under no mask")]
    [TestCase("80000c02 2000", ErrorCodes.MatchBadValue, TestName = "A VLAN id of 14 bits")]
    [TestCase("80000c02 1001 80000e01 08", ErrorCodes.MatchBadValue, TestName = "A VLAN priority of 4 bits")]
    [TestCase(Ip + "80001001 40", ErrorCodes.MatchBadValue, TestName = "A DSCP of 7 bits")]
    [TestCase(Ip + "80001201 04", ErrorCodes.MatchBadValue, TestName = "An ECN of 3 bits")]
    [TestCase("80000a02 86dd 80003804 00100000", ErrorCodes.MatchBadValue, TestName = "A flow label of 21 bits")]
    public void A_malformed_match_gets_the_error_that_the_specification_names(string fields, int code) =>
        AssertRefused(FlowFrameV13.Of(fields), ErrorType.BadMatch, code);

    [TestCase("80000005 0000000100", "The match field at byte 52 (in_port) has a length of 5; its value has 4.")]
    [TestCase("80000c02 ffff", "The match field at byte 52 (vlan_vid) has a value of more than 13 bits.")]
    [TestCase("80000d04 0001 1000", "The match field at byte 52 (vlan_vid) has bits that its mask leaves out.")]
    [TestCase("80000b04 0800 ff00", "The match field at byte 52 (eth_type) has a mask, which it can't have.")]
    [TestCase("80001604 0a000001", "The match field at byte 52 (ipv4_src) needs eth_type 0x0800 before it.")]
    [TestCase("00010004 00000001 00010004 00000001", "The match field oxm(0x0001,0)=00000001 occurs twice.")]
    public void A_malformed_match_is_told_with_its_field(string fields, string told)
    {
        byte[] frame = new WireVector("", "", FlowFrameV13.Of(fields), "").Bytes;

        Assert.That(() => AnyMessage.V13.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Message.Contains(told));
    }

    [TestCase("00000000 00580000", ErrorCodes.MatchBadType, TestName = "OFPMT_STANDARD")]
    [TestCase("00010003 00000000", ErrorCodes.MatchBadLength, TestName = "A match shorter than its header")]
    [TestCase("00010009 80000a02", ErrorCodes.MatchBadLength, TestName = "A match longer than its message")]
    public void A_malformed_match_header_gets_the_error_that_the_specification_names(string match, int code) =>
        AssertRefused("040e0038 00000001 (00*16) 00000000 00000000 ffffffff ffffffff ffffffff 00000000" + match,
            ErrorType.BadMatch, code);

    [TestCase("00000000 00000000", ErrorCodes.ActionBadLength, TestName = "A 1.3 action of length zero")]
    [TestCase("0000000c 00000000 00000000 00000000", ErrorCodes.ActionBadLength,
        TestName = "A 1.3 action of length 12")]
    [TestCase("00000018 00000002 0000 (00*6)", ErrorCodes.ActionBadLength, TestName = "A 1.3 action over its list")]
    [TestCase("00000008 00000002", ErrorCodes.ActionBadLength, TestName = "A 1.3 output too short")]
    [TestCase("00120010 (00*12)", ErrorCodes.ActionBadLength, TestName = "A pop too long")]
    [TestCase("00000010 ffffffff 0000 (00*6)", ErrorCodes.ActionBadOutPort, TestName = "An output to ANY")]
    [TestCase("00000010 ffffff01 0000 (00*6)", ErrorCodes.ActionBadOutPort, TestName = "An output to no assigned port")]
    [TestCase("00190010 80000604 0a000000 00000000", ErrorCodes.ActionBadSetLength,
        TestName = "A set-field of wrong size")]
    [TestCase("00190008 80000606", ErrorCodes.ActionBadSetLength, TestName = "A set-field without its value")]
    [TestCase("00190018 80001604 0a000000 (00*12)", ErrorCodes.ActionBadSetLength,
        TestName = "A set-field padded twice")]
    [TestCase("00190010 80001708 0a000000 ff000000", ErrorCodes.ActionBadSetArgument, TestName = "A masked set-field")]
    [TestCase("00190010 80000c02 2000 (00*6)", ErrorCodes.ActionBadSetArgument, TestName = "A set-field over its bits")]
    [TestCase("00190010 80000004 00000001 00000000", ErrorCodes.ActionBadSetType, TestName = "A set-field of in_port")]
    public void A_malformed_action_gets_the_error_that_the_specification_names(string actions, int code) =>
        AssertRefused(FlowFrameV13.Applying(actions), ErrorType.BadAction, code);

    [TestCase("00010000 00000000", ErrorCodes.InstructionBadLength, TestName = "An instruction of length zero")]
    [TestCase("0001000c 00000000 (00*8)", ErrorCodes.InstructionBadLength, TestName = "An instruction of length 12")]
    [TestCase("00010010 (00*12)", ErrorCodes.InstructionBadLength, TestName = "A goto too long")]
    [TestCase("00020010 (00*12)", ErrorCodes.InstructionBadLength, TestName = "A write-metadata too short")]
    [TestCase("00050010 (00*12)", ErrorCodes.InstructionBadLength, TestName = "A clear with actions")]
    [TestCase("00060018 (00*12)", ErrorCodes.InstructionBadLength, TestName = "A meter over its list")]
    [TestCase("00010008 01000000 00010008 02000000", ErrorCodes.InstructionUnsupported, TestName = "Two gotos")]
    public void A_malformed_instruction_gets_the_error_that_the_specification_names(string instructions, int code) =>
        AssertRefused(FlowFrameV13.Of("", instructions), ErrorType.BadInstruction, code);

    /// <summary>What reads must write again and then read as the same value.</summary>
    private static void ReadsOrRefuses(byte[] frame, string how)
    {
        if (frame.Length >= FrameHeader.SizeBytes) ReadBounds.CheckCost(AnyMessage.V13.Codec, frame, how);
        try
        {
            object message = AnyMessage.V13.Read(frame);
            object again = AnyMessage.V13.Read(AnyMessage.V13.Write(default, message));
            Assert.That(AnyMessage.AreEqual(message, again), $"{how}: {message} became {again}");
        }
        catch (OpenFlowProtocolException refused)
        {
            Assert.That(refused.IsFramingLost, Is.False, how);
        }
    }

    private static void AssertRefused(string hex, ErrorType type, int code)
    {
        byte[] frame = new WireVector("", "", hex, "").Bytes;
        Assert.That(() => AnyMessage.V13.Read(frame), Throws.TypeOf<OpenFlowProtocolException>()
            .With.Property(nameof(OpenFlowProtocolException.Type)).EqualTo(type)
            .And.Property(nameof(OpenFlowProtocolException.Code)).EqualTo((ushort)code));
    }
}
