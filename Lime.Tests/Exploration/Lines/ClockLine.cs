using Lime.Core.Migration;
using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The time goes by that something in Lime waits for.</summary>
/// <remarks>Messages are fast, waits are long: time goes by when nothing is on its way. In a hurried world it also
/// does while messages are, within bounds: while an instance is drained, its being quiet is evidence only if no packet
/// spends longer than the quiet time on one of its cables; and no message takes for ever: whatever was on its way when
/// time went by has arrived before it goes by again.</remarks>
internal sealed class ClockLine(ExploredWorld world) : IWorldLine
{
    public static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(40);

    /// <summary>Longer waits are timeouts: nothing takes that long here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private int _last = -2;

    public bool IsEnabled => Next - Now <= Longest.Ticks
        && world.Queues.All(each => IsHurried ? !each.HoldsOf(_last) : each.Count == 0)
        && Cables.All(each => each.Count == 0) && !(world.Scenario.IsBrief && world.HasPlans);

    public IEnumerable<int> Causes => IsHurried
        ? Cables.Select(each => each.LastArrivedAt).Concat(world.Queues.Select(each => each.LastArrivalOf(_last)))
        : world.Queues.Select(each => each.LastArrivedAt).Append(world.Scenario.IsBrief ? world.TalkBeganAt : -1);

    /// <summary>What the talk has brought on the way has to arrive first; but it might have begun later.</summary>
    public IEnumerable<int> Rivals =>
        [!world.Scenario.IsBrief && world.TalkBeganAt > _last ? world.TalkBeganAt : -1];

    public FrameQueue? Queue => null;

    public Footprint Act()
    {
        _last = world.Step;
        Footprint read = IsHurried && Drained > 0 ? Footprint.Read(Subjects.Cables(Drained)) : default;
        for (int line = 0; !IsHurried && line < world.LineCount; line++) read |= Footprint.Read(Subjects.Queue(line));
        world.Loop.RunFor(TimeSpan.FromTicks(Math.Max(Next - Now, QuietTime.Ticks)));
        return Footprint.Write(Subjects.Lime) | read;
    }

    public override string ToString() => "time goes by";

    private bool IsHurried => world.Scenario.IsHurried;

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
