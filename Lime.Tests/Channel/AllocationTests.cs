using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Channel;

[NonParallelizable]
public class AllocationTests
{
    private const int WarmUpRounds = 2_000;
    private const int Rounds = 1_000;

    /// <remarks>Budget: 0 bytes per packet-in, measured over the whole way: peer's bytes, pipe, loop turn,
    /// frame, codec, handler, codec, outbox, flush, pipe, peer.</remarks>
    [TestCase(1)]
    [TestCase(100)]
    public void A_packet_in_answered_with_a_flow_mod_allocates_nothing(int packetInsPerTurn)
    {
        using ChannelRig rig = ChannelRig.Ready(ChannelRig.Of10 with { EchoInterval = TimeSpan.FromHours(1) });
        rig.Handler.IsRecording = false;
        var answer = new FlowMod { BufferId = new BufferId(1) };
        rig.Handler.WhenPacketIn = (channel, xid) => channel.Send(xid, in answer);
        byte[] batch =
            [.. Enumerable.Repeat(ScriptedPeer.PacketInFrame(), packetInsPerTurn).SelectMany(frame => frame)];
        Func<bool> never = static () => false;
        long Run(int rounds)
        {
            long bytes = 0;
            for (int i = 0; i < rounds; i++)
            {
                rig.Peer.SayBytes(batch);
                rig.Loop.Run(never, TimeSpan.Zero);
                bytes += rig.Peer.Skim();
            }
            return bytes;
        }
        Run(WarmUpRounds);
        int packetInsBefore = rig.Handler.PacketInCount;
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long answeredBytes = Run(Rounds);
        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        Assert.That(rig.Handler.PacketInCount - packetInsBefore, Is.EqualTo(Rounds * packetInsPerTurn));
        Assert.That(answeredBytes, Is.GreaterThan((long)Rounds * packetInsPerTurn * 72 - 1));
        Assert.That(allocatedBytes, Is.Zero);
    }
}
