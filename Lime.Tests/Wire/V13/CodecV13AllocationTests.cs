using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: the way from a packet-in to its answer allocates nothing in the codec; what a peer's frame can make
/// it allocate is bounded.</remarks>
[TestFixture]
[NonParallelizable]
public sealed class CodecV13AllocationTests
{
    private const int Rounds = 1000;
    private static readonly OpenFlowCodec Codec = OpenFlowCodecs.V13;
    private readonly byte[] _frame = new byte[4096];

    private static IEnumerable<WireVector> PacketIns => VectorsV13.All.Where(vector => vector.Message is PacketInCopy);

    private static IEnumerable<WireVector> FlowMods => VectorsV13.All.Where(vector => vector.Message is FlowMod);

    [TestCaseSource(nameof(PacketIns))]
    public void Reading_a_packet_in_and_its_key_allocates_nothing(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;

        Assert.That(Allocated(() =>
        {
            PacketIn packetIn = Codec.ReadPacketIn(bytes);
            PacketParser.Parse(packetIn.InPort, packetIn.Data);
        }), Is.Zero);
    }

    [Test]
    public void Reading_a_packet_out_with_one_output_allocates_nothing()
    {
        byte[] frame = AnyMessage.V13.Write(default, new PacketOutCopy(
            BufferId.None, new PortNumber(1), ActionList.Output(new PortNumber(2)), [1, 2, 3]));

        Assert.That(Allocated(() => Codec.ReadPacketOut(frame)), Is.Zero);
    }

    [TestCaseSource(nameof(FlowMods))]
    public void Writing_a_flow_mod_allocates_nothing(object vector)
    {
        var message = (FlowMod)((WireVector)vector).Message;

        Assert.That(Allocated(() => Codec.Write(_frame, default, message)), Is.Zero);
        Assert.That(Allocated(() => Codec.SizeOf(message)), Is.Zero);
    }

    [Test]
    public void Writing_a_packet_out_allocates_nothing()
    {
        var copy = new PacketOutCopy(BufferId.None, new PortNumber(1), ActionList.Flood, new byte[64]);

        Assert.That(Allocated(() => Codec.Write(_frame, default, copy.View())), Is.Zero);
        Assert.That(Allocated(() => Codec.SizeOf(copy.View())), Is.Zero);
    }

    [TestCaseSource(nameof(PacketIns))]
    public void Writing_a_packet_in_allocates_nothing(object vector)
    {
        PacketInCopy copy = PacketInCopy.Of(Codec.ReadPacketIn(((WireVector)vector).Bytes));

        Assert.That(Allocated(() => Codec.Write(_frame, default, copy.View())), Is.Zero);
    }

    [Test]
    public void A_match_of_many_small_fields_allocates_at_most_sixteen_times_its_frame()
    {
        IEnumerable<string> fields = Enumerable.Range(0, 15_000).Select(number =>
            $"{1 + (number / 128):x4}{(number % 128) * 2:x2}00");
        byte[] frame = new WireVector("", "", FlowFrameV13.Of(string.Concat(fields)), "").Bytes;
        Codec.ReadFlowMod(frame);

        long before = GC.GetAllocatedBytesForCurrentThread();
        FlowMod read = Codec.ReadFlowMod(frame);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(read.Match.Further, Has.Count.EqualTo(15_000));
        Assert.That(allocated, Is.LessThanOrEqualTo((16 * frame.Length) + 4096));
    }

    private static long Allocated(Action action)
    {
        for (int i = 0; i < Rounds; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
