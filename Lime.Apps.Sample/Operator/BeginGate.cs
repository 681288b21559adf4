using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator;

/// <summary>Begins migrations one after the other, and none of a switch that another one under way moves: of two
/// operators who want to move the same switch one wins, and the other is told at once.</summary>
/// <remarks>What only the switches tell, such as a neighbour that both would rewrite, still ends the later migration
/// when its plan is checked. Threading: any thread.</remarks>
internal sealed class BeginGate(OperatorBackend backend)
{
    private readonly Lock _turn = new();

    /// <summary>Begins a migration.</summary>
    /// <param name="switches">The virtual switches that it moves, by name or datapath id.</param>
    /// <param name="begin">Begins it; it is listed when this returns.</param>
    /// <param name="conflict">Why it was not begun.</param>
    /// <returns>Null: it was not begun.</returns>
    public Task<T>? TryBegin<T>(IEnumerable<string> switches, Func<ValueTask<T>> begin, out string? conflict)
    {
        lock (_turn)
        {
            conflict = switches.Select(NameOf).Select(FindConflict).FirstOrDefault(each => each is not null);
            return conflict is null ? begin().AsTask() : null;
        }
    }

    private string NameOf(string nameOrDatapath) => backend.FindVirtualSwitch(nameOrDatapath)?.Name ?? nameOrDatapath;

    private string? FindConflict(string name)
    {
        foreach (IMigration each in backend.Ensembles.Migrations)
        {
            if (!each.Progress.IsFinal && NameOf(each.Plan.Switch) == name)
                return $"{name} is part of migration {each.Id}, which is under way.";
        }
        foreach (IEnsembleMigration each in backend.Ensembles.EnsembleMigrations)
        {
            if (!each.Progress.IsFinal && each.Plan.Switches.Any(member => NameOf(member.Switch) == name))
                return $"{name} is part of migration {each.Id} (an ensemble's), which is under way.";
        }
        return null;
    }
}
