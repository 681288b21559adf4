using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Method: the bytes of 1.3.5 sections 7.2.3.1 and 7.2.3.7, put together field by field from the values, for
/// random ones; what is written in one go has to be those, and so has what nearly is such a match.</remarks>
public sealed class ConversationMatchV13Tests
{
    private const int MatchOffset = 48;

    [TestCase(6)]
    [TestCase(17)]
    public void A_match_on_a_whole_conversation_has_the_bytes_of_its_fields(byte protocol)
    {
        var random = new Random(protocol);
        for (int i = 0; i < 500; i++) Check(Conversation.Make(random, protocol));
    }

    private static void Check(Conversation each)
    {
        var flowMod = new FlowMod { Match = each.ToMatch() };
        var frame = new byte[OpenFlowCodecs.V13.SizeOf(flowMod)];
        OpenFlowCodecs.V13.Write(frame, new Xid(1), flowMod);
        Assert.That(frame[MatchOffset..], Is.EqualTo(each.ToBytes()), each.ToString());
    }

    private sealed record Conversation(
        uint InPort, ulong From, ulong To, byte Dscp,
        (uint From, uint To) Ip, (byte Protocol, ushort From, ushort To) Ports)
    {
        public static Conversation Make(Random random, byte protocol) => new(
            (uint)random.Next(1, int.MaxValue),
            (ulong)random.NextInt64(1L << 48),
            (ulong)random.NextInt64(1L << 48),
            (byte)random.Next(64),
            ((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32)),
            (protocol, (ushort)random.Next(65536), (ushort)random.Next(65536)));

        public Match ToMatch() => Match.Any.WithInPort(new PortNumber(InPort))
            .WithEthSource(new MacAddress(From)).WithEthDestination(new MacAddress(To)).WithEthType(0x0800)
            .WithoutVlanTag().WithIpTos((byte)(Dscp << 2)).WithIpProtocol(Ports.Protocol)
            .WithIpv4Source(new Ipv4Address(Ip.From)).WithIpv4Destination(new Ipv4Address(Ip.To))
            .WithTransportSource(Ports.From).WithTransportDestination(Ports.To);

        public byte[] ToBytes()
        {
            bool isTcp = Ports.Protocol == 6;
            byte[] fields =
            [
                .. Field(0, 4, InPort), .. Field(3, 6, To), .. Field(4, 6, From),
                .. Field(5, 2, 0x0800), .. Field(6, 2, 0),
                .. Field(8, 1, Dscp), .. Field(10, 1, Ports.Protocol), .. Field(11, 4, Ip.From), .. Field(12, 4, Ip.To),
                .. Field(isTcp ? 13 : 15, 2, Ports.From), .. Field(isTcp ? 14 : 16, 2, Ports.To),
            ];
            var match = new byte[(4 + fields.Length + 7) / 8 * 8];
            BinaryPrimitives.WriteUInt16BigEndian(match, 1);
            BinaryPrimitives.WriteUInt16BigEndian(match.AsSpan(2), (ushort)(4 + fields.Length));
            fields.CopyTo(match, 4);
            return match;
        }

        private static byte[] Field(int number, int bytes, ulong value)
        {
            var field = new byte[4 + bytes];
            BinaryPrimitives.WriteUInt32BigEndian(field, (0x8000u << 16) | ((uint)number << 9) | (uint)bytes);
            for (int i = 0; i < bytes; i++) field[^(i + 1)] = (byte)(value >> (8 * i));
            return field;
        }
    }
}
