using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The operator aborts the migration.</summary>
internal sealed class OperatorLine(ExploredWorld world) : IWorldLine
{
    private bool _hasAborted;

    public bool IsEnabled => HasPlans && (!world.Scenario.IsBrief || world.ClonedAt is not null);

    public IEnumerable<int> Causes => world.Scenario.IsBrief ? [world.ClonedAt!.Value] : [];

    public FrameQueue? Queue => null;

    public bool HasPlans => world.Scenario.IsAborted && !_hasAborted && !world.Migration.Progress.IsFinal;

    public Footprint Act()
    {
        _hasAborted = true;
        world.Do(() => world.Migration.AbortAsync("The operator wants it back."));
        return Footprint.Write(Subjects.Lime);
    }

    public override string ToString() => "the operator aborts";
}
