using System.Buffers.Binary;
using Lime.OpenFlow;
using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The control channel to a switch.</summary>
/// <param name="world">The world.</param>
/// <param name="node">The switch's number.</param>
/// <param name="upward">The bit of the queue from the switch to Lime.</param>
internal sealed class ToSwitchLine(ExploredWorld world, int node, int upward) : IWorldLine
{
    private const int TypeAt = 1;
    private const int LengthAt = 2;
    private const int StatisticsTypeAt = 8;

    public bool IsEnabled => Queue.Count > 0;

    public IEnumerable<int> Causes => [Queue.FirstSentAt];

    public FrameQueue Queue => world.Network.Control[node - 1].ToSwitch;

    /// <summary>What any message may touch there.</summary>
    public Footprint All => Footprint.Write(Subjects.Table(node)) | Footprint.Write(Subjects.Counters(node));

    public Footprint Act()
    {
        Footprint footprint = default;
        foreach (int at in Starts(Queue.First)) footprint |= FootprintOf(Queue.First.AsSpan(at));
        world.Do(Queue.Deliver);
        return footprint;
    }

    public override string ToString() =>
        $"{Queue.Name}: " + string.Join(", ", Starts(Queue.First).Select(at => $"type {Queue.First[at + TypeAt]}"));

    private static IEnumerable<int> Starts(byte[] messages)
    {
        for (int at = 0; at < messages.Length;)
        {
            yield return at;
            at += BinaryPrimitives.ReadUInt16BigEndian(messages.AsSpan(at + LengthAt));
        }
    }

    /// <summary>What a message touches at the switch; that it is answered is told by the queue that has
    /// grown.</summary>
    private Footprint FootprintOf(ReadOnlySpan<byte> message)
    {
        const byte PacketOut = 13;
        byte type = message[TypeAt];
        bool isV10 = world.Scenario.Version == OpenFlowVersion.V10;
        if (type == (isV10 ? 18 : 20)) return default; // A barrier touches nothing.
        Footprint rules = Footprint.Read(Subjects.Table(node));
        if (type == (isV10 ? 16 : 18))
        {
            // Who the switch is never changes; all other statistics may be of what it has done.
            bool isDescription = BinaryPrimitives.ReadUInt16BigEndian(message[StatisticsTypeAt..]) == 0;
            return isDescription ? default : rules | Footprint.Read(Subjects.Counters(node));
        }
        // A packet-out may take a held packet, whose place the next packet-in is given.
        if (type == PacketOut)
            return rules | Footprint.Add(Subjects.Counters(node)) | Footprint.Write(Subjects.Queue(upward));
        return All;
    }
}
