using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>A cable between two switches, one way: the first frame arrives, and is forwarded by the rules that it
/// meets.</summary>
internal sealed class DataLine(ExploredWorld world, FrameQueue queue, int from, int to) : IWorldLine
{
    public bool IsEnabled => queue.Count > 0;

    public IEnumerable<int> Causes => [queue.FirstSentAt];

    public FrameQueue Queue => queue;

    /// <summary>What a packet touches at a switch: rules are read, counters count one more. Where it goes is told by
    /// the queues that have grown.</summary>
    public static Footprint FootprintAt(int node) =>
        Footprint.Read(Subjects.Table(node)) | Footprint.Add(Subjects.Counters(node));

    /// <summary>What putting something on the cable touches, and taking it off.</summary>
    public Footprint Passing => Footprint.Add(Subjects.Cables(Math.Max(from, to)));

    public Footprint Act()
    {
        world.Do(queue.Deliver);
        return FootprintAt(to) | Passing;
    }

    public override string ToString() => $"{queue.Name}: packet";
}
