using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The app's script, a step at a time.</summary>
internal sealed class AppLine(ExploredWorld world) : IWorldLine
{
    private int _next;

    public bool IsEnabled => HasPlans && (!world.Scenario.IsBrief || world.ClonedAt is not null);

    public IEnumerable<int> Causes => world.Scenario.IsBrief ? [world.ClonedAt!.Value] : [];

    public FrameQueue? Queue => null;

    public bool HasPlans => _next < world.Scenario.Script.Length;

    public Footprint Act()
    {
        Action<ExploredWorld> command = world.Scenario.Script[_next++];
        world.Do(() => command(world));
        return Footprint.Write(Subjects.Lime);
    }

    public override string ToString() => $"the app's command {_next}";
}
