using Lime.Core.Migration;
using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The time goes by that something in Lime waits for.</summary>
/// <remarks>While an instance is drained, its being quiet is evidence only if no packet spends longer than the quiet time
/// on one of its cables: so the time does not go by while one is there. And no message takes for ever: whatever was on
/// its way when time went by has arrived before it goes by again.</remarks>
internal sealed class ClockLine(ExploredWorld world) : IWorldLine
{
    public static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(40);

    /// <summary>Longer waits are timeouts: nothing takes that long here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private int _last = -2;

    public bool IsEnabled => Next - Now <= Longest.Ticks && Cables.All(each => each.Count == 0)
        && world.Queues.All(each => !each.HoldsOf(_last));

    public IEnumerable<int> Causes => Cables.Select(each => each.LastArrivedAt)
        .Concat(world.Queues.Select(each => each.LastArrivalOf(_last)));

    public FrameQueue? Queue => null;

    public Footprint Act()
    {
        _last = world.Step;
        Footprint cables = Drained > 0 ? Footprint.Read(Subjects.Cables(Drained)) : default;
        world.Loop.RunFor(TimeSpan.FromTicks(Math.Max(Next - Now, QuietTime.Ticks)));
        return Footprint.Write(Subjects.Lime) | cables;
    }

    public override string ToString() => "time goes by";

    private long Now => world.Loop.Time.GetTimestamp();

    private long Next => world.Loop.NextDueTicks;

    /// <summary>The number of the instance that is being drained; 0: none is.</summary>
    private int Drained => world.Migration.Progress.Phase switch
    {
        MigrationPhase.Draining => 3,
        MigrationPhase.Aborting => 4,
        _ => 0,
    };

    private IEnumerable<FrameQueue> Cables => world.Network.Cables
        .Where(each => Drained > 0 && (each.To == Drained || each.From == Drained)).Select(each => each.Queue);
}
