using Lime.Apps.Sample.Apps;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using Lime.Tests.Emulation;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: no byte allocated per packet-in, from the bytes that arrive to the bytes that leave.
/// Method: the switch's side is prepared bytes in and discarded bytes out, all on this thread and in one
/// loop, so that whatever is allocated counts, whoever does it.</remarks>
public sealed class PacketInAllocationTests
{
    private const int Packets = 2000;
    private const int ManyPackets = 10_000_000;
    private const int PacketsPerTurn = 20;

    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public void Nothing_is_allocated_per_packet_in_one_to_one(OpenFlowVersion version) =>
        AssertNothingAllocated(new LimeOptions(), version);

    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public void Nothing_is_allocated_per_packet_in_through_a_mapped_network(OpenFlowVersion version)
    {
        var datapath = new DatapathId(66);
        PortMapping[] ports = [new(new PortNumber(1), new PortNumber(5)), new(new PortNumber(2), new PortNumber(6))];
        AssertNothingAllocated(new LimeOptions
        {
            Network = new NetworkDescription
            {
                PhysicalSwitches = [new("p", datapath)],
                VirtualSwitches = [new("v", new DatapathId(1), datapath, [.. ports])],
            },
        }, version);
    }

    /// <remarks>As many packet-ins as some ten seconds take.</remarks>
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    [Explicit("Takes ten seconds and more.")]
    [Category("OnDemand")]
    public void Nothing_is_collected_in_a_long_run(OpenFlowVersion version)
    {
        int collections = 0;
        AssertNothingAllocated(new LimeOptions(), version, ManyPackets, () => collections = GC.CollectionCount(0));
        Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
    }

    private static void AssertNothingAllocated(
        LimeOptions options, OpenFlowVersion version, int packets = Packets, Action? warm = null)
    {
        options = options with { Channel = options.Channel with { Versions = [version] } };
        using var bed = new ControllerBed(options, 1, new LearningSwitch());
        bool isMapped = options.Network is not null;
        var node = new RawSwitch(bed, new DatapathId(66), version) { DiscardsMessages = false };
        bed.RunMs(50);
        Assert.That(bed.Controller.VirtualSwitches.Single().IsConnected, Is.True);
        node.DiscardsMessages = true;
        // Both hosts are learnt, then each packet is answered with a rule and a packet-out.
        byte[] there = PacketInBytes(node.Codec, TestFrames.Udp(), isMapped ? 5u : 1u);
        byte[] back = PacketInBytes(node.Codec, Reversed(TestFrames.Udp()), isMapped ? 6u : 2u);
        // Until every buffer, and the trail of 8,192 ids, has its size.
        Exchange(bed, node, (there, back), 3 * Packets);
        warm?.Invoke();
        long sentBefore = node.DiscardedBytes;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(bed, node, (there, back), packets);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long sent = node.DiscardedBytes - sentBefore;
        Assert.That(sent, Is.GreaterThan(packets * 150L), "each was answered");
        Assert.That(allocated, Is.Zero, $"{allocated} bytes for {packets} packet-ins");
    }

    private static void Exchange(ControllerBed bed, RawSwitch node, (byte[] There, byte[] Back) frames, int packets)
    {
        for (int i = 0; i < packets / PacketsPerTurn; i++)
        {
            for (int j = 0; j < PacketsPerTurn; j++) node.Send(j % 2 == 0 ? frames.There : frames.Back);
            bed.Loop.RunFor(TimeSpan.FromTicks(10));
        }
    }

    private static byte[] PacketInBytes(OpenFlowCodec codec, byte[] frame, uint inPort)
    {
        var message = new PacketIn
        {
            BufferId = BufferId.None,
            InPort = new PortNumber(inPort),
            TotalBytes = (ushort)frame.Length,
            Data = frame,
        };
        var bytes = new byte[codec.SizeOf(message)];
        codec.Write(bytes, default, message);
        return bytes;
    }

    private static byte[] Reversed(byte[] frame) => [.. frame[6..12], .. frame[..6], .. frame[12..]];
}
