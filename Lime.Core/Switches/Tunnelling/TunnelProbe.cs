using System.Buffers.Binary;
using Lime.Core.Migration;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>Shows that a new tunnel carries frames of full size both ways, before anything depends on it.</summary>
/// <remarks>Its frames are counted and dropped at the other end by a rule of their own. The first ones may be lost:
/// Open
/// vSwitch drops what it sends to an address until that has been resolved, which the frames themselves make it do.
/// Threading: the owner loop's.</remarks>
internal static class TunnelProbe
{
    /// <summary>For experiments in one's own network (IEEE 802, local experimental 1).</summary>
    private const ushort EthernetType = 0x88b5;
    private const ulong Source = 0x0a4c_494d_4554;
    private const ulong Destination = 0x0a4c_494d_4555;
    private const int HeaderBytes = 14;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(100);

    /// <summary>Completes when frames have got through both ways.</summary>
    /// <param name="tunnel">The tunnel; no rule is for its ports yet.</param>
    /// <param name="mtu">The largest packet that is to fit, in bytes without the Ethernet header.</param>
    /// <param name="loop">The loop.</param>
    /// <exception cref="MigrationStepException">They don't get through.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public static async Task ProveAsync(Tunnel tunnel, int mtu, LoopAccess loop)
    {
        byte[] frame = MakeFrame(mtu);
        PhysicalSwitch[] ends = [tunnel.A, tunnel.B];
        foreach (PhysicalSwitch each in ends) each.Carrier.Put(MatchAt(tunnel, each), ActionList.Drop);
        try
        {
            // Each awaited for itself, on the loop: WhenAll would follow the channels' own tasks on the thread pool.
            await Task.WhenAll(ends.Select(async each => await each.BarrierAsync()));
            long deadline = loop.NowTicks + Timeout.Ticks;
            for (TimeSpan wait = FirstWait; ; wait = wait * 2 < WaitMax ? wait * 2 : WaitMax)
            {
                foreach (PhysicalSwitch each in ends) Send(each, tunnel.PortAt(each), frame);
                await loop.WaitAsync(wait, CancellationToken.None);
                bool[] came = await Task.WhenAll(ends.Select(each => HasComeAsync(tunnel, each)));
                if (came.All(each => each)) return;
                if (loop.NowTicks < deadline) continue;
                string missing = string.Join(" nor at ", ends.Where((_, i) => !came[i]).Select(each => each.Name));
                throw new MigrationStepException(
                    $"The tunnel between {tunnel} was made, but frames with {mtu} bytes don't arrive at {missing}.");
            }
        }
        finally
        {
            foreach (PhysicalSwitch each in ends) each.Carrier.Remove(MatchAt(tunnel, each));
        }
    }

    private static Match MatchAt(Tunnel tunnel, PhysicalSwitch end) => Match.Any
        .WithInPort(tunnel.PortAt(end)).WithEthType(EthernetType).WithEthSource(new MacAddress(Source));

    private static void Send(PhysicalSwitch from, PortNumber port, byte[] frame)
    {
        if (from.Channel is not { } channel) return;
        from.Send(channel.NextXid(), new PacketOut { Actions = ActionList.Output(port), Data = frame });
    }

    private static async Task<bool> HasComeAsync(Tunnel tunnel, PhysicalSwitch end)
    {
        var question = new AggregateStatisticsRequest(MatchAt(tunnel, end), TableId.All, PortNumber.Any);
        return (await end.RequestAllAsync(question))
            .OfType<AggregateStatisticsReply>().Any(each => each.PacketCount > 0);
    }

    private static byte[] MakeFrame(int mtu)
    {
        byte[] frame = new byte[HeaderBytes + mtu];
        BinaryPrimitives.WriteUInt64BigEndian(frame, Destination << 16);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(6), Source << 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), EthernetType);
        return frame;
    }
}
