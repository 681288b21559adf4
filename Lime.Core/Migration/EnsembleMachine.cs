using System.Collections.Immutable;
using static Lime.Core.Migration.MigrationPhase;
using Transition = (
    Lime.Core.Migration.EnsembleState Next,
    System.Collections.Immutable.ImmutableArray<Lime.Core.Migration.EnsembleEffect> Effects);

namespace Lime.Core.Migration;

/// <summary>Decides what an ensemble's migration does next: one pure, total function.</summary>
/// <remarks>It ends with every host and switch at the new places, or with every one at the old. Before any host has
/// moved, undoing is the switches' alone. Then hosts go back first, in the opposite order; one that can't be moved back
/// in so many tries turns the whole forward again: with hosts on both sides both sides live on, so nothing is lost by
/// trying.</remarks>
internal static class EnsembleMachine
{
    /// <summary>Tries of one host's move in one direction before the other one is tried.</summary>
    public const int TriesMax = 3;

    /// <summary>The beginning: nothing is done yet, the plan is to be checked.</summary>
    public static Transition Begin(MigrationMethod method) =>
        Then(new EnsembleState(Preparing, method), new EnsembleEffect.CheckPlan());

    /// <summary>The state after an event, and what is to be done then.</summary>
    /// <exception cref="LimeInvariantException">The event cannot happen in this phase.</exception>
    public static Transition Next(EnsembleState state, EnsembleEvent happened) => (state.Phase, happened) switch
    {
        (Completed or Aborted, _) => Stay(state), // Late events are harmless.
        (Aborting, _) => WhileAborting(state, happened),
        (Retiring, _) => WhileRetiring(state, happened),
        (_, EnsembleEvent.AbortRequested abort) => GiveUp(state, abort.Reason),
        (_, EnsembleEvent.TargetLost lost) => GiveUp(state, lost.Reason),
        (_, EnsembleEvent.SourceLost lost) => WithoutSource(state, lost.Reason),
        (_, EnsembleEvent.StepFailed failed) => AfterFailure(state, failed.Reason),
        (_, EnsembleEvent.DeadlinePassed) => GiveUp(state, "The migration's deadline has passed."),
        (Preparing, EnsembleEvent.Checked ready) =>
            Then(state with { Phase = Cloning, Hosts = ready.Hosts }, new EnsembleEffect.FillTargets()),
        (Cloning, EnsembleEvent.Filled) => state.Method == MigrationMethod.Clone
            ? Then(state, new EnsembleEffect.ShareTraffic())
            : Then(state with { Phase = Cloned }, new EnsembleEffect.Freeze()),
        (Cloning, EnsembleEvent.Shared) => MoveNext(state with { Phase = Cloned }),
        (Cloned, _) => WhileCloned(state, happened),
        (Draining, EnsembleEvent.Drained) => Retire(state),
        _ => throw Illegal(state, happened),
    };

    private static Transition WhileCloned(EnsembleState state, EnsembleEvent happened) => happened switch
    {
        EnsembleEvent.HostMoved moved when moved.Index == state.Moved && state.IsHostOnItsWay =>
            MoveNext(state with { Moved = state.Moved + 1, IsHostOnItsWay = false, Tries = 0 }),
        EnsembleEvent.HostFailed failed when failed.Index == state.Moved && state.IsHostOnItsWay =>
            AfterHostFailed(state with { IsHostOnItsWay = false }, failed.Reason),
        EnsembleEvent.Frozen when IsFreeze(state) => Then(state, new EnsembleEffect.CopyLastState()),
        EnsembleEvent.LastStateCopied when IsFreeze(state) => Then(state, new EnsembleEffect.MoveNeighbours()),
        EnsembleEvent.NeighboursMoved when IsFreeze(state) => MoveNext(state),
        EnsembleEvent.NeighboursMoved => Drain(state),
        _ => throw Illegal(state, happened),
    };

    /// <summary>The step that was under way may still tell how it ended; that matters only if it was a
    /// host's.</summary>
    private static Transition WhileAborting(EnsembleState state, EnsembleEvent happened) => happened switch
    {
        EnsembleEvent.HostMoved when state.IsHostOnItsWay =>
            ReturnNext(state with { Moved = state.Moved + 1, IsHostOnItsWay = false }),
        EnsembleEvent.HostReturned when state.IsHostOnItsWay =>
            ReturnNext(state with { Moved = state.Moved - 1, IsHostOnItsWay = false, Tries = 0 }),
        EnsembleEvent.HostFailed failed when state.IsHostOnItsWay =>
            AfterReturnFailed(state with { IsHostOnItsWay = false }, failed),
        EnsembleEvent.RolledBack back => Then(state with { Phase = Aborted, Detail = state.Detail + back.Detail }),
        EnsembleEvent.SourcesRetired or EnsembleEvent.HostMoved or EnsembleEvent.HostReturned
            or EnsembleEvent.HostFailed => throw Illegal(state, happened),
        _ => Stay(state),
    };

    /// <summary>There is no way back from here, so whatever happens leads forward.</summary>
    private static Transition WhileRetiring(EnsembleState state, EnsembleEvent happened) => happened switch
    {
        EnsembleEvent.SourcesRetired retired => Then(state with { Phase = Completed, Detail = retired.Detail }),
        EnsembleEvent.StepFailed or EnsembleEvent.Drained or EnsembleEvent.NeighboursMoved => Stay(state),
        EnsembleEvent.AbortRequested or EnsembleEvent.DeadlinePassed => Stay(state),
        EnsembleEvent.TargetLost or EnsembleEvent.SourceLost => Stay(state),
        _ => throw Illegal(state, happened),
    };

    private static Transition MoveNext(EnsembleState state)
    {
        if (state.Moved < state.Hosts)
            return Then(state with { IsHostOnItsWay = true }, new EnsembleEffect.MoveHost(state.Moved));
        // By freeze-and-copy neighbours have moved already, and a frozen source is drained.
        return IsFreeze(state) ? Retire(state) : Then(state, new EnsembleEffect.MoveNeighbours());
    }

    private static Transition ReturnNext(EnsembleState state) => state.Moved > 0
        ? Then(state with { IsHostOnItsWay = true }, new EnsembleEffect.ReturnHost(state.Moved - 1))
        : Then(state, new EnsembleEffect.RollBack());

    private static Transition Drain(EnsembleState state) =>
        Then(state with { Phase = Draining }, new EnsembleEffect.AwaitDrain());

    private static Transition Retire(EnsembleState state) =>
        Then(state with { Phase = Retiring }, new EnsembleEffect.RetireSources());

    private static Transition AfterHostFailed(EnsembleState state, string reason)
    {
        if (!state.IsForwardOnly) return GiveUp(state, reason);
        int tries = state.Tries + 1;
        if (tries >= TriesMax && !state.IsSourceLost) return GiveUp(state with { IsReturnRefused = false }, reason);
        return MoveNext(state with { Tries = tries });
    }

    private static Transition AfterReturnFailed(EnsembleState state, EnsembleEvent.HostFailed failed)
    {
        // Of the move that the abort cut short: the host is where it was.
        if (failed.Index == state.Moved) return ReturnNext(state);
        int tries = state.Tries + 1;
        if (tries < TriesMax) return ReturnNext(state with { Tries = tries });
        return MoveNext(state with
        {
            Phase = Cloned,
            IsReturnRefused = true,
            Tries = 0,
            Detail = $"{state.Detail} A host could not be moved back: {failed.Reason}",
        });
    }

    /// <summary>The clones have all that the sources had, so that all go there. Before that there is nothing to go on
    /// with.</summary>
    private static Transition WithoutSource(EnsembleState state, string reason)
    {
        bool canGoOn = state.Phase == Draining || (state.Phase == Cloned && !IsFreeze(state));
        return canGoOn ? Then(state with { IsSourceLost = true, Detail = reason }) : GiveUp(state, reason);
    }

    /// <summary>A step of switches that fails when there is no way back is left to the retirement, once every host has
    /// moved.</summary>
    private static Transition AfterFailure(EnsembleState state, string reason)
    {
        if (!state.IsForwardOnly) return GiveUp(state, reason);
        bool areHostsThere = state.Moved == state.Hosts && !state.IsHostOnItsWay;
        return areHostsThere ? Retire(state with { Detail = reason }) : Stay(state);
    }

    private static Transition GiveUp(EnsembleState state, string reason)
    {
        if (state.IsForwardOnly) return Stay(state);
        EnsembleState aborting = state with { Phase = Aborting, Detail = reason, Tries = 0 };
        // A host on its way is waited for: its mover is told that it isn't wanted any more.
        return aborting.IsHostOnItsWay ? Stay(aborting) : ReturnNext(aborting);
    }

    private static bool IsFreeze(EnsembleState state) => state.Method == MigrationMethod.FreezeAndCopy;

    private static LimeInvariantException Illegal(EnsembleState state, EnsembleEvent happened) =>
        new($"An ensemble's migration in phase {state.Phase} cannot meet {happened}.");

    private static Transition Stay(EnsembleState state) => Then(state);

    private static Transition Then(EnsembleState state, params ImmutableArray<EnsembleEffect> effects) =>
        (state, effects);
}
