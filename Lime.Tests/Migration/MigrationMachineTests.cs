using System.Collections.Immutable;
using Lime.Core.Migration;
using NUnit.Framework;
using static Lime.Core.Migration.MigrationPhase;

namespace Lime.Tests.Migration;

/// <summary>The whole table: every phase, event and method has a decided outcome.</summary>
public sealed class MigrationMachineTests
{
    private const string Illegal = "illegal";
    private const string Stays = "stays";

    private static readonly MigrationEvent[] Events =
    [
        new MigrationEvent.Checked(2), new MigrationEvent.RulesCopied(), new MigrationEvent.AttachmentMoved(0),
        new MigrationEvent.AttachmentMoved(1), new MigrationEvent.Frozen(), new MigrationEvent.LastStateCopied(),
        new MigrationEvent.AllMoved(), new MigrationEvent.Drained(), new MigrationEvent.SourceRetired("done"),
        new MigrationEvent.RolledBack(" back"), new MigrationEvent.StepFailed("failed"),
        new MigrationEvent.AbortRequested("asked"), new MigrationEvent.TargetLost("target"),
        new MigrationEvent.SourceLost("source"), new MigrationEvent.NeighbourRefused("neighbour"),
        new MigrationEvent.DeadlinePassed(),
    ];

    /// <summary>What is legal, as phase and effect; all else before Aborting is illegal. Written from the
    /// documentation of phases and events, with 2 attachments of which none has moved.</summary>
    private static readonly Dictionary<(MigrationMethod, MigrationPhase, string), string> Legal = new()
    {
        [(MigrationMethod.Clone, Preparing, "Checked")] = "Cloning CopyRules",
        [(MigrationMethod.FreezeAndCopy, Preparing, "Checked")] = "Cloning CopyRules",
        [(MigrationMethod.Clone, Cloning, "RulesCopied")] = "Cloned MoveAttachment",
        [(MigrationMethod.FreezeAndCopy, Cloning, "RulesCopied")] = "Cloned Freeze",
        [(MigrationMethod.Clone, Cloned, "AttachmentMoved 0")] = "Cloned MoveAttachment",
        [(MigrationMethod.FreezeAndCopy, Cloned, "Frozen")] = "Cloned CopyLastState",
        [(MigrationMethod.FreezeAndCopy, Cloned, "LastStateCopied")] = "Cloned MoveAll",
        [(MigrationMethod.FreezeAndCopy, Cloned, "AllMoved")] = "Retiring RetireSource",
        [(MigrationMethod.Clone, Cloned, "SourceLost")] = "Retiring RetireSource",
        [(MigrationMethod.Clone, Draining, "SourceLost")] = "Draining",
        [(MigrationMethod.FreezeAndCopy, Draining, "SourceLost")] = "Draining",
        [(MigrationMethod.Clone, Draining, "Drained")] = "Retiring RetireSource",
        [(MigrationMethod.FreezeAndCopy, Draining, "Drained")] = "Retiring RetireSource",
    };

    public static IEnumerable<TestCaseData> Cells() =>
        from method in Enum.GetValues<MigrationMethod>()
        from phase in Enum.GetValues<MigrationPhase>()
        from migrationEvent in Events
        select new TestCaseData(method, phase, migrationEvent.ToString())
        {
            TestName = $"{method} {phase} {migrationEvent}",
        };

    [TestCaseSource(nameof(Cells))]
    public void Every_event_in_every_phase_is_decided(MigrationMethod method, MigrationPhase phase, string eventText)
    {
        MigrationEvent migrationEvent = Events.Single(each => each.ToString() == eventText);
        var state = new MigrationState(phase, method) { Attachments = 2 };
        Assert.That(Outcome(state, migrationEvent), Is.EqualTo(Expected(method, phase, migrationEvent)));
    }

    [TestCase(MigrationMethod.Clone, "CopyRules MoveAttachment MoveAttachment AwaitDrain RetireSource")]
    [TestCase(MigrationMethod.FreezeAndCopy, "CopyRules Freeze CopyLastState MoveAll RetireSource")]
    public void A_migration_that_meets_nothing_bad_completes(MigrationMethod method, string effects)
    {
        (MigrationState state, ImmutableArray<MigrationEffect> begun) = MigrationMachine.Begin(method);
        Assert.That(begun, Is.EqualTo(new[] { new MigrationEffect.CheckPlan() }));
        var seen = new List<string>();
        MigrationEvent next = new MigrationEvent.Checked(2);
        for (int i = 0; i < 10 && state.Phase != Completed; i++)
        {
            (state, ImmutableArray<MigrationEffect> then) = MigrationMachine.Next(state, next);
            seen.AddRange(then.Select(each => each.GetType().Name));
            if (then.Length > 0) next = AnswerTo(then.Single());
        }
        Assert.That(state, Is.EqualTo(new MigrationState(Completed, method)
        {
            Attachments = 2,
            Moved = 2,
            Detail = "done",
        }));
        Assert.That(string.Join(' ', seen), Is.EqualTo(effects));
    }

    [Test]
    public void A_switch_without_attachments_needs_no_moves()
    {
        var state = new MigrationState(Cloning, MigrationMethod.Clone);
        Assert.That(Outcome(state, new MigrationEvent.RulesCopied()), Is.EqualTo("Draining AwaitDrain"));
    }

    /// <summary>Once the source is lost, giving up means to leave everything to the target at once; only the loss of
    /// the target as well leads back.</summary>
    [Test]
    public void Without_its_source_a_clone_only_goes_forward([Values(Cloned, Draining)] MigrationPhase phase)
    {
        var state = new MigrationState(phase, MigrationMethod.Clone) { Attachments = 2, IsSourceLost = true };
        MigrationEvent[] forward =
        [
            new MigrationEvent.StepFailed("failed"), new MigrationEvent.NeighbourRefused("neighbour"),
            new MigrationEvent.DeadlinePassed(),
        ];
        foreach (MigrationEvent each in forward)
        {
            Assert.That(Outcome(state, each), Is.EqualTo("Retiring RetireSource"), each.ToString());
            Assert.That(MigrationMachine.Next(state, each).Next.Moved, Is.EqualTo(2), "with all attachments");
        }
        Assert.That(Outcome(state, new MigrationEvent.TargetLost("target")), Is.EqualTo("Aborting RollBack"));
    }

    /// <summary>A lost source has missed what the target has confirmed, so there is nothing to go back to.</summary>
    [Test]
    public void An_abort_behind_the_loss_of_the_source_is_refused_and_the_end_says_so(
        [Values(Cloned, Draining)] MigrationPhase phase, [Values] bool isAskedLate)
    {
        var state = new MigrationState(phase, MigrationMethod.Clone) { Attachments = 2 };
        state = MigrationMachine.Next(state, new MigrationEvent.SourceLost("Its cable broke.")).Next;
        if (!isAskedLate) state = Asked(state);
        if (state.Phase == Draining) state = MigrationMachine.Next(state, new MigrationEvent.Drained()).Next;
        if (isAskedLate) state = Asked(state);
        state = MigrationMachine.Next(state, new MigrationEvent.SourceRetired("It is on p2.")).Next;
        Assert.That(state.Phase, Is.EqualTo(Completed));
        Assert.That(state.Detail, Is.EqualTo(
            "It is on p2. It could not be aborted (Enough.), since its source was lost."));

        static MigrationState Asked(MigrationState state)
        {
            var (next, effects) = MigrationMachine.Next(state, new MigrationEvent.AbortRequested("Enough."));
            Assert.That((next.Phase, effects), Is.EqualTo((state.Phase, ImmutableArray<MigrationEffect>.Empty)));
            return next;
        }
    }

    [Test]
    public void The_reason_of_an_abort_stays_and_says_how_it_ended()
    {
        var state = new MigrationState(Cloned, MigrationMethod.Clone) { Attachments = 2 };
        state = MigrationMachine.Next(state, new MigrationEvent.TargetLost("The target died.")).Next;
        state = MigrationMachine.Next(state, new MigrationEvent.StepFailed("No answer.")).Next;
        state = MigrationMachine.Next(state, new MigrationEvent.AbortRequested("Enough.")).Next;
        state = MigrationMachine.Next(state, new MigrationEvent.RolledBack(" All as before.")).Next;
        Assert.That((state.Phase, state.Detail), Is.EqualTo((Aborted, "The target died. All as before.")));
    }

    private static string Expected(MigrationMethod method, MigrationPhase phase, MigrationEvent migrationEvent)
    {
        if (phase is Completed or Aborted) return Stays;
        if (phase == Retiring)
        {
            return migrationEvent switch
            {
                MigrationEvent.SourceRetired => "Completed",
                MigrationEvent.StepFailed or MigrationEvent.AttachmentMoved or MigrationEvent.Drained => Stays,
                MigrationEvent.AbortRequested or MigrationEvent.DeadlinePassed => Stays,
                MigrationEvent.TargetLost or MigrationEvent.SourceLost or MigrationEvent.NeighbourRefused => Stays,
                _ => Illegal,
            };
        }
        if (phase == Aborting)
        {
            return migrationEvent switch
            {
                MigrationEvent.RolledBack => "Aborted",
                MigrationEvent.SourceRetired => Illegal,
                _ => Stays,
            };
        }
        bool isTrouble = migrationEvent is MigrationEvent.StepFailed or MigrationEvent.AbortRequested
            or MigrationEvent.TargetLost or MigrationEvent.SourceLost or MigrationEvent.NeighbourRefused
            or MigrationEvent.DeadlinePassed;
        string type = migrationEvent.GetType().Name;
        if (isTrouble) return Legal.GetValueOrDefault((method, phase, type), "Aborting RollBack");
        string name = migrationEvent.GetType().Name
            + (migrationEvent is MigrationEvent.AttachmentMoved moved ? $" {moved.Index}" : "");
        return Legal.GetValueOrDefault((method, phase, name), Illegal);
    }

    private static string Outcome(MigrationState state, MigrationEvent migrationEvent)
    {
        try
        {
            (MigrationState next, ImmutableArray<MigrationEffect> effects) =
                MigrationMachine.Next(state, migrationEvent);
            if (next == state && effects.IsEmpty) return Stays;
            return string.Join(' ', effects.Select(each => each.GetType().Name).Prepend(next.Phase.ToString()));
        }
        catch (LimeInvariantException)
        {
            return Illegal;
        }
    }

    private static MigrationEvent AnswerTo(MigrationEffect effect) => effect switch
    {
        MigrationEffect.CopyRules => new MigrationEvent.RulesCopied(),
        MigrationEffect.MoveAttachment move => new MigrationEvent.AttachmentMoved(move.Index),
        MigrationEffect.Freeze => new MigrationEvent.Frozen(),
        MigrationEffect.CopyLastState => new MigrationEvent.LastStateCopied(),
        MigrationEffect.MoveAll => new MigrationEvent.AllMoved(),
        MigrationEffect.AwaitDrain => new MigrationEvent.Drained(),
        MigrationEffect.RetireSource => new MigrationEvent.SourceRetired("done"),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "Ends no migration well."),
    };
}
