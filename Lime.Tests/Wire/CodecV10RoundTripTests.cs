using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: whatever is written reads back equal. Method: seeded values of every message; equality
/// looks into
/// every public property.</remarks>
[TestFixture]
public sealed class CodecV10RoundTripTests
{
    [Test]
    public void Every_message_reads_back_as_it_was_written([Range(1, 200)] int seed)
    {
        var xid = new Xid((uint)seed * 0x01010101);
        foreach (object message in new MessageGenerator(seed).EveryMessage())
        {
            byte[] frame = AnyMessage.V10.Write(xid, message);

            object read = AnyMessage.V10.Read(frame);

            Assert.That(AnyMessage.AreEqual(read, message), $"wrote {message}, read {read}");
            Assert.That(FrameHeader.Read(frame).LengthBytes, Is.EqualTo(frame.Length));
            Assert.That(FrameHeader.Read(frame).Xid, Is.EqualTo(xid));
        }
    }

    [Test]
    public void Every_byte_of_a_frame_is_written([Range(1, 20)] int seed)
    {
        foreach (object message in new MessageGenerator(seed).EveryMessage())
        {
            byte[] overZeros = AnyMessage.V10.Write(default, message);
            byte[] overOnes = [.. Enumerable.Repeat((byte)0xff, overZeros.Length)];
            AnyMessage.V10.Write(overOnes.AsSpan(), default, message);

            Assert.That(overOnes, Is.EqualTo(overZeros), message.GetType().Name);
        }
    }

    [Test]
    public void The_generator_makes_every_control_message()
    {
        var made = new MessageGenerator(1).EveryMessage().Select(message => message.GetType()).ToHashSet();
        IEnumerable<Type> all = typeof(OpenFlowMessage).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OpenFlowMessage)) && !type.IsAbstract);
        IEnumerable<Type> later = CodecV10LimitTests.OfLaterVersions.Select(message => message.GetType());

        Assert.That(all.Where(type => !made.Contains(type)), Is.EquivalentTo(later));
    }

    [Test]
    public void Arrays_that_were_never_made_count_as_empty()
    {
        foreach (OpenFlowMessage message in (OpenFlowMessage[])
            [new EchoRequest(default), new QueueGetConfigReply(default, default),
                new HelloMessage(1, default)])
        {
            byte[] frame = AnyMessage.V10.Write(default, message);

            Assert.That(AnyMessage.V10.Read(frame).GetType(), Is.EqualTo(message.GetType()));
        }
    }
}
