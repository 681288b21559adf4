using Lime.Core.Emulation;
using Lime.Core.Migration;

namespace Lime.Tests.Ensembles;

/// <summary>A migration of a bed's ensemble while every host pings every other, with all its news.</summary>
internal sealed class WatchedRun
{
    private readonly EnsembleBed _bed;
    private readonly TimeSpan _begun;
    private readonly List<EnsembleProgress> _news = [];

    public WatchedRun(EnsembleBed bed, EnsemblePlan plan)
    {
        _bed = bed;
        RulesBefore = [.. bed.Sources.Select(EnsembleBed.RulesOf)];
        Pings = bed.StartPings();
        bed.Bed.RunMs(100);
        _begun = bed.Bed.Network.Now;
        Migration = bed.Start(plan);
    }

    public string[][] RulesBefore { get; }

    public List<(EmulatedHost From, EmulatedHost To, Pinger Pinger)> Pings { get; }

    public IEnsembleMigration Migration { get; }

    /// <summary>Runs on, a millisecond at a time, so that no host's pause is missed.</summary>
    public bool RunUntil(Func<EnsembleProgress, bool> until, int msMax = 60_000)
    {
        for (int i = 0; i < msMax && !until(Migration.Progress); i++)
        {
            _bed.Bed.RunMs(1);
            if (_news.Count == 0 || _news[^1] != Migration.Progress) _news.Add(Migration.Progress);
        }
        return until(Migration.Progress);
    }

    public EnsembleProgress Finish()
    {
        RunUntil(static progress => progress.IsFinal);
        _bed.Bed.RunMs(100);
        return _bed.Finish(Migration);
    }

    public void AssertNothingLost()
    {
        foreach ((EmulatedHost _, EmulatedHost _, Pinger pinger) in Pings) pinger.Stop();
        _bed.Bed.RunMs(500);
        PauseCheck.AssertNothingLost(Pings, PauseCheck.Of(_news, _begun));
    }
}
