using System.Collections.Immutable;
using static Lime.Core.Migration.MigrationPhase;
using Transition = (
    Lime.Core.Migration.MigrationState Next,
    System.Collections.Immutable.ImmutableArray<Lime.Core.Migration.MigrationEffect> Effects);

namespace Lime.Core.Migration;

/// <summary>Decides what a migration does next: one pure, total function.</summary>
internal static class MigrationMachine
{
    /// <summary>The beginning: nothing is done yet, the plan is to be checked.</summary>
    public static Transition Begin(MigrationMethod method) =>
        Then(new MigrationState(Preparing, method), new MigrationEffect.CheckPlan());

    /// <summary>The state after an event, and what is to be done then.</summary>
    /// <exception cref="LimeInvariantException">The event cannot happen in this phase.</exception>
    public static Transition Next(MigrationState state, MigrationEvent migrationEvent) =>
        (state.Phase, migrationEvent) switch
        {
            (Completed or Aborted, _) => Stay(state), // Late events are harmless.
            (Aborting, _) => WhileAborting(state, migrationEvent),
            (Retiring, _) => WhileRetiring(state, migrationEvent),
            (_, MigrationEvent.AbortRequested abort) => AbortOnRequest(state, abort.Reason),
            (_, MigrationEvent.TargetLost lost) => Abort(state, lost.Reason),
            (_, MigrationEvent.SourceLost lost) => WithoutSource(state, lost.Reason),
            (_, MigrationEvent.StepFailed failed) => GiveUp(state, failed.Reason),
            (_, MigrationEvent.NeighbourRefused refused) => GiveUp(state, refused.Reason),
            (_, MigrationEvent.DeadlinePassed) => GiveUp(state, "The migration's deadline has passed."),
            (Preparing, MigrationEvent.Checked ready) =>
                Then(state with { Phase = Cloning, Attachments = ready.Attachments }, new MigrationEffect.CopyRules()),
            (Cloning, MigrationEvent.RulesCopied) => BeginMoving(state with { Phase = Cloned }),
            (Cloned, _) => WhileCloned(state, migrationEvent),
            (Draining, MigrationEvent.Drained) => Retire(state),
            _ => throw LimeInvariantException.IllegalTransition(state.Phase, migrationEvent),
        };

    private static Transition WhileCloned(MigrationState state, MigrationEvent migrationEvent) =>
        (state.Method, migrationEvent) switch
        {
            (MigrationMethod.Clone, MigrationEvent.AttachmentMoved moved) when moved.Index == state.Moved =>
                MoveNext(state with { Moved = state.Moved + 1 }),
            (MigrationMethod.FreezeAndCopy, MigrationEvent.Frozen) => Then(state, new MigrationEffect.CopyLastState()),
            (MigrationMethod.FreezeAndCopy, MigrationEvent.LastStateCopied) =>
                Then(state, new MigrationEffect.MoveAll()),
            (MigrationMethod.FreezeAndCopy, MigrationEvent.AllMoved) =>
                Retire(state), // A frozen source is drained.
            _ => throw LimeInvariantException.IllegalTransition(state.Phase, migrationEvent),
        };

    /// <summary>There is no way back from here, so whatever happens leads forward.</summary>
    private static Transition WhileRetiring(MigrationState state, MigrationEvent migrationEvent) =>
        migrationEvent switch
        {
            MigrationEvent.SourceRetired retired => Then(
                state with { Phase = Completed, Detail = retired.Detail + state.AbortRefused }),
            // Of a step that was cut short when the source was lost.
            MigrationEvent.StepFailed or MigrationEvent.AttachmentMoved or MigrationEvent.Drained => Stay(state),
            MigrationEvent.AbortRequested abort when state.IsSourceLost => RefuseAbort(state, abort.Reason),
            MigrationEvent.AbortRequested or MigrationEvent.DeadlinePassed => Stay(state),
            MigrationEvent.TargetLost or MigrationEvent.SourceLost or MigrationEvent.NeighbourRefused => Stay(state),
            _ => throw LimeInvariantException.IllegalTransition(state.Phase, migrationEvent),
        };

    /// <summary>The step that was under way may still report how it ended; only the roll-back's end
    /// counts.</summary>
    private static Transition WhileAborting(MigrationState state, MigrationEvent migrationEvent) =>
        migrationEvent switch
        {
            MigrationEvent.RolledBack back => Then(state with { Phase = Aborted, Detail = state.Detail + back.Detail }),
            MigrationEvent.SourceRetired => throw LimeInvariantException.IllegalTransition(state.Phase, migrationEvent),
            _ => Stay(state),
        };

    private static Transition BeginMoving(MigrationState state) => state.Method == MigrationMethod.FreezeAndCopy
        ? Then(state, new MigrationEffect.Freeze())
        : MoveNext(state);

    private static Transition MoveNext(MigrationState state) => state.Moved < state.Attachments
        ? Then(state, new MigrationEffect.MoveAttachment(state.Moved))
        : Then(state with { Phase = Draining }, new MigrationEffect.AwaitDrain());

    /// <summary>A clone has all that the source had, so all traffic goes there, and at once: updates wait while any may
    /// come to a source that can't be told of them. Before, and by freeze-and-copy until the last changes are copied,
    /// there is nothing to go on with.</summary>
    private static Transition WithoutSource(MigrationState state, string reason) => state switch
    {
        { Phase: Cloned, Method: MigrationMethod.Clone } => Retire(state with { IsSourceLost = true }),
        { Phase: Draining } => Then(state with { IsSourceLost = true, Detail = reason }),
        _ => Abort(state, reason),
    };

    /// <summary>Back to the source, if it is there; else every attachment to the target at once.</summary>
    private static Transition GiveUp(MigrationState state, string reason) =>
        state.IsSourceLost ? Retire(state) : Abort(state, reason);

    /// <summary>A source that was lost has missed changes that the target has confirmed: there is nothing right to go
    /// back to, even if it is there again.</summary>
    private static Transition AbortOnRequest(MigrationState state, string reason) =>
        state.IsSourceLost ? RefuseAbort(state, reason) : Abort(state, reason);

    private static Transition RefuseAbort(MigrationState state, string reason) => Stay(state with
    {
        AbortRefused = $" It could not be aborted ({reason}), since its source was lost.",
    });

    private static Transition Retire(MigrationState state) => Then(
        state with { Phase = Retiring, Moved = state.Attachments }, new MigrationEffect.RetireSource());

    private static Transition Abort(MigrationState state, string reason) =>
        Then(state with { Phase = Aborting, Detail = reason }, new MigrationEffect.RollBack());

    private static Transition Stay(MigrationState state) => Then(state);

    private static Transition Then(MigrationState state, params ImmutableArray<MigrationEffect> effects) =>
        (state, effects);
}
