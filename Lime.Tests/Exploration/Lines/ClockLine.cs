using Lime.Core.Migration;
using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The time goes by that something in Lime waits for.</summary>
/// <remarks>While an instance is drained, its being quiet is evidence only if no packet is on its way to it for longer
/// than the quiet time: so the time does not go by while one is.</remarks>
internal sealed class ClockLine(ExploredWorld world) : IWorldLine
{
    public static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(40);

    /// <summary>Longer waits are timeouts: nothing takes that long here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public bool IsEnabled => Next - Now <= Longest.Ticks && Inward.All(each => each.Count == 0);

    public IEnumerable<int> Causes => Inward.Select(each => each.LastArrivedAt);

    public FrameQueue? Queue => null;

    public Footprint Act()
    {
        long wait = Math.Max(Next - Now, QuietTime.Ticks);
        world.Loop.RunFor(TimeSpan.FromTicks(wait));
        return Footprint.Write(Subjects.Lime);
    }

    public override string ToString() => "time goes by";

    private long Now => world.Loop.Time.GetTimestamp();

    private long Next => world.Loop.NextDueTicks;

    /// <summary>The queues to the instance that is being drained.</summary>
    private IEnumerable<FrameQueue> Inward
    {
        get
        {
            int drained = world.Migration.Progress.Phase switch
            {
                MigrationPhase.Draining => 3,
                MigrationPhase.Aborting => 4,
                _ => 0,
            };
            return world.Network.Cables.Where(each => each.To == drained).Select(each => each.Queue);
        }
    }
}
