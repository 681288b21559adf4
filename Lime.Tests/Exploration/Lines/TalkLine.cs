using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>The first host begins to talk.</summary>
internal sealed class TalkLine(ExploredWorld world) : IWorldLine
{
    private bool _hasBegun;

    public bool IsEnabled => HasPlans && (!world.Scenario.IsBrief || world.ClonedAt is not null);

    public IEnumerable<int> Causes => world.Scenario.IsBrief ? [world.ClonedAt!.Value] : [];

    public FrameQueue? Queue => null;

    public bool HasPlans => !_hasBegun && world.Scenario.Packets > 0;

    public Footprint Act()
    {
        _hasBegun = true;
        world.TalkBeganAt = world.Step;
        world.Do(() => world.Network.H1.Send(1));
        return Footprint.Write(Subjects.Host(1)) | DataLine.FootprintAt(1);
    }

    public override string ToString() => "h1 begins to talk";
}
