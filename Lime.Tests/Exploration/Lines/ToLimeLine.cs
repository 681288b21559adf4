using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The control channel from a switch.</summary>
internal sealed class ToLimeLine(ExploredWorld world, FrameQueue queue) : IWorldLine
{
    private const int TypeAt = 1;

    public bool IsEnabled => queue.Count > 0;

    public IEnumerable<int> Causes => [queue.FirstSentAt];

    public FrameQueue Queue => queue;

    public Footprint Act()
    {
        world.Do(queue.Deliver);
        return Footprint.Write(Subjects.Lime);
    }

    public override string ToString() => $"{queue.Name}: type {queue.First[TypeAt]}";
}
