using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>A cable between two switches, one way: the first frame arrives, and is forwarded by the rules that it
/// meets.</summary>
internal sealed class DataLine(ExploredWorld world, FrameQueue queue, int to) : IWorldLine
{
    public bool IsEnabled => queue.Count > 0;

    public IEnumerable<int> Causes => [queue.FirstSentAt];

    public FrameQueue Queue => queue;

    /// <summary>What a packet touches at a switch: rules are read, counters count one more. Where it goes is told by the
    /// queues that have grown.</summary>
    public static Footprint FootprintAt(int node) =>
        Footprint.Read(Subjects.Table(node)) | Footprint.Add(Subjects.Counters(node));

    public Footprint Act()
    {
        world.Do(queue.Deliver);
        return FootprintAt(to);
    }

    public override string ToString() => $"{queue.Name}: packet";
}
