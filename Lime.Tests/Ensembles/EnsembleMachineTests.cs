using System.Collections.Immutable;
using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: whatever happens, in whatever order, an ensemble's migration ends with all moved or with nothing
/// moved. Method: the machine against steps that end as the dice fall, with lost switches, aborts and deadlines
/// between.</remarks>
public sealed class EnsembleMachineTests
{
    [TestCase(MigrationMethod.Clone)]
    [TestCase(MigrationMethod.FreezeAndCopy)]
    public void Every_run_ends_with_everything_new_or_everything_old(MigrationMethod method)
    {
        int completed = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            EnsembleState end = Run(method, new Random(seed));
            bool isNew = end.Phase == MigrationPhase.Completed;
            Assert.That(end.Moved, Is.EqualTo(isNew ? end.Hosts : 0), $"seed {seed}: {end}");
            if (isNew) completed++;
        }
        Assert.That(completed, Is.InRange(300, 2900), "both ends are met");
    }

    [Test]
    public void Nothing_in_its_way_it_goes_straight()
    {
        List<string> done = [];
        (EnsembleState state, ImmutableArray<EnsembleEffect> effects) = EnsembleMachine.Begin(MigrationMethod.Clone);
        while (!effects.IsEmpty)
        {
            done.Add(effects.Single().ToString().Split(' ')[0]);
            (state, effects) = EnsembleMachine.Next(state, Success(effects.Single()));
        }
        Assert.That(state.Phase, Is.EqualTo(MigrationPhase.Completed));
        string[] expected =
        [
            "CheckPlan", "FillTargets", "ShareTraffic", "MoveHost", "MoveHost", "MoveHost", "MoveNeighbours",
            "AwaitDrain", "RetireSources",
        ];
        Assert.That(done, Is.EqualTo(expected));
    }

    [Test]
    public void What_comes_late_changes_nothing()
    {
        var ended = new EnsembleState(MigrationPhase.Completed, MigrationMethod.Clone) { Hosts = 3, Moved = 3 };
        (EnsembleState next, ImmutableArray<EnsembleEffect> effects) =
            EnsembleMachine.Next(ended, new EnsembleEvent.TargetLost("Late."));
        Assert.That((next, effects.IsEmpty), Is.EqualTo((ended, true)));
    }

    [Test]
    public void What_cannot_happen_is_a_defect() => Assert.That(
        () => EnsembleMachine.Next(
            new EnsembleState(MigrationPhase.Preparing, MigrationMethod.Clone), new EnsembleEvent.Drained()),
        Throws.InstanceOf<LimeInvariantException>());

    private static EnsembleState Run(MigrationMethod method, Random dice)
    {
        (EnsembleState state, ImmutableArray<EnsembleEffect> effects) = EnsembleMachine.Begin(method);
        var waiting = new Queue<EnsembleEffect>(effects);
        double failing = dice.NextDouble() * 0.4;
        double befalling = dice.NextDouble() * 0.1;
        for (int step = 0; step < 2000 && state.Phase is not (MigrationPhase.Completed or MigrationPhase.Aborted);
            step++)
        {
            EnsembleEvent next = dice.NextDouble() < befalling || waiting.Count == 0
                ? Befalls(dice)
                : Outcome(waiting.Dequeue(), dice.NextDouble() < failing);
            (state, effects) = EnsembleMachine.Next(state, next);
            foreach (EnsembleEffect each in effects) waiting.Enqueue(each);
        }
        return state;
    }

    private static EnsembleEvent Befalls(Random dice) => dice.Next(4) switch
    {
        0 => new EnsembleEvent.AbortRequested("Enough."),
        1 => new EnsembleEvent.TargetLost("Lost."),
        2 => new EnsembleEvent.SourceLost("Lost."),
        _ => new EnsembleEvent.DeadlinePassed(),
    };

    private static EnsembleEvent Outcome(EnsembleEffect effect, bool isFailed) => (effect, isFailed) switch
    {
        (EnsembleEffect.MoveHost move, true) => new EnsembleEvent.HostFailed(move.Index, "No."),
        (EnsembleEffect.ReturnHost back, true) => new EnsembleEvent.HostFailed(back.Index, "No."),
        (EnsembleEffect.RollBack or EnsembleEffect.RetireSources, _) => Success(effect),
        (_, true) => new EnsembleEvent.StepFailed("No."),
        _ => Success(effect),
    };

    private static EnsembleEvent Success(EnsembleEffect effect) => effect switch
    {
        EnsembleEffect.CheckPlan => new EnsembleEvent.Checked(3),
        EnsembleEffect.FillTargets => new EnsembleEvent.Filled(),
        EnsembleEffect.ShareTraffic => new EnsembleEvent.Shared(),
        EnsembleEffect.Freeze => new EnsembleEvent.Frozen(),
        EnsembleEffect.CopyLastState => new EnsembleEvent.LastStateCopied(),
        EnsembleEffect.MoveHost move => new EnsembleEvent.HostMoved(move.Index),
        EnsembleEffect.ReturnHost back => new EnsembleEvent.HostReturned(back.Index),
        EnsembleEffect.MoveNeighbours => new EnsembleEvent.NeighboursMoved(),
        EnsembleEffect.AwaitDrain => new EnsembleEvent.Drained(),
        EnsembleEffect.RetireSources => new EnsembleEvent.SourcesRetired(""),
        _ => new EnsembleEvent.RolledBack(""),
    };
}
