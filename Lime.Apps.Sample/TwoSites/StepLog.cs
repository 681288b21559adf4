using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Parts a migration into the steps that its news tell of.</summary>
/// <param name="method">How the tenant is moved.</param>
/// <param name="now">The network's time.</param>
/// <param name="tell">Hears of each step as it begins.</param>
internal sealed class StepLog(MigrationMethod method, Func<TimeSpan> now, Action<string> tell)
{
    private const string Moves = " moves";

    private readonly List<(string Name, TimeSpan From)> _steps = [];

    /// <summary>When the first step began.</summary>
    public TimeSpan Start => _steps[0].From;

    /// <summary>A step begins, unless it has already.</summary>
    public void Begin(string name)
    {
        if (_steps.Count > 0 && _steps[^1].Name == name) return;
        _steps.Add((name, now()));
        tell(name);
    }

    /// <summary>Finds in a migration's news what is being done.</summary>
    public void Take(EnsembleProgress progress)
    {
        HostMoveReport? moving = progress.Hosts.LastOrDefault(
            each => each.State is HostMoveState.Moving or HostMoveState.Returning);
        if (moving is not null) Begin($"{moving.Host}{Moves}");
        // Between two hosts the last one's step goes on: it is what shows then.
        else if (progress.Phase != MigrationPhase.Cloned || !_steps[^1].Name.EndsWith(Moves, StringComparison.Ordinal))
            Begin(NameOf(progress.Phase));
    }

    private string NameOf(MigrationPhase phase) =>
        phase == MigrationPhase.Cloned && method == MigrationMethod.FreezeAndCopy
            ? "frozen"
            : MigrationWords.ToText(phase);

    /// <summary>All steps, the last one up to a time.</summary>
    public ImmutableArray<Step> All(TimeSpan until) =>
    [
        .. _steps.Select((each, i) => new Step(
            each.Name, each.From, i + 1 < _steps.Count ? _steps[i + 1].From : until)),
    ];
}
