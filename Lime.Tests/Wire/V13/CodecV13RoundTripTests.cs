using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: whatever is written reads back equal. Method: seeded values of every message; equality looks into
/// every public property.</remarks>
[TestFixture]
public sealed class CodecV13RoundTripTests
{
    [Test]
    public void Every_message_reads_back_as_it_was_written([Range(1, 200)] int seed)
    {
        var xid = new Xid((uint)seed * 0x01010101);
        foreach (object message in new MessageGeneratorV13(seed).EveryMessage())
        {
            byte[] frame = AnyMessage.V13.Write(xid, message);

            object read = AnyMessage.V13.Read(frame);

            Assert.That(AnyMessage.AreEqual(read, message), $"wrote {message}, read {read}");
            Assert.That(FrameHeader.Read(frame).LengthBytes, Is.EqualTo(frame.Length));
            Assert.That(FrameHeader.Read(frame).Xid, Is.EqualTo(xid));
        }
    }

    [Test]
    public void Every_byte_of_a_frame_is_written([Range(1, 20)] int seed)
    {
        foreach (object message in new MessageGeneratorV13(seed).EveryMessage())
        {
            byte[] overZeros = AnyMessage.V13.Write(default, message);
            byte[] overOnes = [.. Enumerable.Repeat((byte)0xff, overZeros.Length)];
            AnyMessage.V13.Write(overOnes.AsSpan(), default, message);

            Assert.That(overOnes, Is.EqualTo(overZeros), message.GetType().Name);
        }
    }

    [Test]
    public void A_normalised_match_of_1_0_can_be_said_but_for_a_priority_without_a_tag([Range(1, 200)] int seed)
    {
        Match match = MatchNormalisation.Normalise(new MessageGenerator(seed).Match());
        bool hasTag = (match.Values.VlanId & PacketFields.VlanPresent) != 0;
        if (!hasTag) match = match.Without(FieldMasks.VlanPriority);
        bool isIcmpTooLarge = match.Values.IpProtocol == 1 && match.Values.EthType == 0x0800;
        if (isIcmpTooLarge) match = match.Without(FieldMasks.TransportSource.Or(FieldMasks.TransportDestination));

        byte[] frame = AnyMessage.V13.Write(default, new FlowMod { Match = match });

        Assert.That(((FlowMod)AnyMessage.V13.Read(frame)).Match, Is.EqualTo(match));
    }

    [Test]
    public void A_frame_of_random_fields_reads_or_is_refused([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++)
        {
            object message = new MessageGeneratorV13(seed + i).EveryMessage().First(each => each is FlowMod);
            byte[] frame = AnyMessage.V13.Write(default, message);
            for (int flips = random.Next(1, 9); flips > 0; flips--)
                frame[random.Next(4, frame.Length)] = (byte)random.Next(256);
            try
            {
                object read = AnyMessage.V13.Read(frame);
                object again = AnyMessage.V13.Read(AnyMessage.V13.Write(default, read));
                Assert.That(AnyMessage.AreEqual(read, again), Convert.ToHexStringLower(frame));
            }
            catch (Lime.OpenFlow.OpenFlowProtocolException refused)
            {
                Assert.That(refused.Message, Is.Not.Empty);
            }
        }
    }
}
