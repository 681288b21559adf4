using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>What an ensemble's migration has done so far: its switches' tallies, its hosts' reports.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
/// <param name="now">Time since it began.</param>
/// <param name="changed">Told of news for those who watch.</param>
internal sealed class EnsembleTally(Func<TimeSpan> now, Action changed)
{
    private readonly List<MigrationTally> _switches = [];

    public ImmutableArray<HostMoveReport> Hosts { get; private set; } = [];

    /// <summary>Time since the migration began.</summary>
    public TimeSpan Now => now();

    /// <summary>The tally of one more switch.</summary>
    public MigrationTally AddSwitch()
    {
        // What changes cost is told with the next news: an update a millisecond is too much for those who watch.
        var added = new MigrationTally(changed, () => { });
        _switches.Add(added);
        return added;
    }

    public void HostsAre(ImmutableArray<HostMove> moves) =>
        Hosts = [.. moves.Select(each => new HostMoveReport(each.Host, each.From, each.To))];

    public void HostIs(int index, Func<HostMoveReport, HostMoveReport> change)
    {
        Hosts = Hosts.SetItem(index, change(Hosts[index]));
        changed();
    }

    /// <summary>The progress with what is counted here.</summary>
    public EnsembleProgress AddTo(EnsembleProgress progress) => progress with
    {
        Hosts = Hosts,
        RulesTotal = _switches.Sum(each => each.RulesTotal),
        RulesCopied = _switches.Sum(each => each.RulesCopied),
        Barriers = _switches.Sum(each => each.Barriers),
        FlowMods = _switches.Sum(each => each.FlowMods),
        Costs = [.. _switches.Select(each => each.Costs)],
    };
}
