namespace Lime.Tests.Exploration.Lines;

/// <summary>All lines of a world, in the order in which they are tried first.</summary>
internal static class WorldLines
{
    public static IWorldLine[] Of(ExploredWorld world)
    {
        var lines = new List<IWorldLine>
        {
            new AppLine(world), new OperatorLine(world), new TalkLine(world),
        };
        lines.AddRange(world.Network.Cables.Select(each => new DataLine(world, each.Queue, each.From, each.To)));
        for (int node = 1; node <= world.Network.Control.Length; node++)
        {
            lines.Add(new ToSwitchLine(world, node, lines.Count + 1));
            lines.Add(new ToLimeLine(world, world.Network.Control[node - 1].ToLime));
        }
        lines.Add(new ClockLine(world));
        return [.. lines];
    }
}
