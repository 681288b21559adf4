using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: the way from a packet-in to its answer allocates nothing in the codec.</remarks>
[TestFixture]
[NonParallelizable]
public sealed class CodecV10AllocationTests
{
    private const int Rounds = 1000;
    private static readonly OpenFlowCodec Codec = OpenFlowCodecs.V10;
    private readonly byte[] _frame = new byte[4096];
    private readonly byte[] _packetIn = VectorsV10.All.First(vector => vector.Name == "A packet-in").Bytes;

    [Test]
    public void Reading_a_packet_in_allocates_nothing() =>
        Assert.That(Allocated(() => Codec.ReadPacketIn(_packetIn)), Is.Zero);

    [Test]
    public void Reading_a_packet_out_with_one_output_allocates_nothing()
    {
        byte[] frame = AnyMessage.V10.Write(default, new PacketOutCopy(
            BufferId.None, new PortNumber(1), ActionList.Output(new PortNumber(2)), [1, 2, 3]));

        Assert.That(Allocated(() => Codec.ReadPacketOut(frame)), Is.Zero);
    }

    [Test]
    public void Writing_a_flow_mod_allocates_nothing()
    {
        var message = new FlowMod { Match = FlowVectorsV10.ExactMatch, Actions = ActionList.Flood };

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

    [Test]
    public void Writing_a_packet_in_allocates_nothing()
    {
        PacketInCopy copy = PacketInCopy.Of(Codec.ReadPacketIn(_packetIn));

        Assert.That(Allocated(() => Codec.Write(_frame, default, copy.View())), Is.Zero);
    }

    [Test]
    public void Writing_a_barrier_allocates_nothing()
    {
        var barrier = new BarrierRequest();

        Assert.That(Allocated(() => Codec.Write(_frame, default, barrier)), Is.Zero);
    }

    [Test]
    public void The_measure_sees_an_allocation() =>
        Assert.That(Allocated(() => Codec.ReadMessage(_frame.AsSpan(0, 8))), Is.Positive);

    private long Allocated(Action action)
    {
        new FrameHeader(1, 0, 8, default).Write(_frame);
        for (int i = 0; i < Rounds; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
