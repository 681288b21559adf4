using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>What an entry at an instance is there for.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Did">What its rule is to do with a packet.</param>
internal readonly record struct EntryUse(EntryUseKind Kind, InstructionSet Did)
{
    public static EntryUse None { get; } = new(EntryUseKind.None, InstructionSet.Drop);

    public static EntryUse Guard { get; } = new(EntryUseKind.Guard, InstructionSet.ToController);

    /// <summary>The rule itself, or none where it was not there.</summary>
    public static EntryUse OfRule(InstructionSet? instructions) =>
        instructions is { } known ? new(EntryUseKind.Rule, known) : None;

    /// <summary>A rule as it is, or its form.</summary>
    public static EntryUse Of(FlowRule rule, bool isForm) =>
        isForm ? OfForm(rule.Instructions) : OfRule(rule.Instructions);

    /// <summary>To the controller only, since Lime does the rest.</summary>
    public static EntryUse OfForm(in InstructionSet instructions) => new(EntryUseKind.Form, instructions);

    /// <summary>Whether its packets come up.</summary>
    public bool GoesUp => Kind is EntryUseKind.Form or EntryUseKind.Guard
        || (Kind == EntryUseKind.Rule && Did.SendsTo(PortNumber.Controller));

    /// <summary>Whether its packets look otherwise than those of other entries: a rule that changes them before it
    /// hands them up.</summary>
    public bool TellsByLooks => Kind == EntryUseKind.Rule && Did.Actions
        .TakeWhile(static each => each.Kind != FlowActionKind.Output || each.Port != PortNumber.Controller)
        .Any(static each => FrameEdit.Changes(each));

    /// <summary>Whether a packet that came up can be one of its: what a rule changes of a packet before it hands it up
    /// is changed; the others hand up what they get.</summary>
    public bool MayHaveSent(ReadOnlySpan<byte> frame)
    {
        if (!GoesUp) return false;
        if (Kind != EntryUseKind.Rule) return true;
        var edit = new FrameEdit(frame.ToArray());
        foreach (FlowAction each in Did.Actions)
        {
            if (each.Kind == FlowActionKind.Output && each.Port == PortNumber.Controller) break;
            edit.Apply(each);
        }
        return !edit.IsKnown || frame.SequenceEqual(edit.Bytes);
    }
}

/// <summary>Whose an entry is.</summary>
internal enum EntryUseKind
{
    /// <summary>Nobody's: it is not there.</summary>
    None,

    /// <summary>An app's rule, as the app gave it.</summary>
    Rule,

    /// <summary>An app's rule that sends to the controller and does more, in the form that does only the one
    /// (<see cref="ControllerFirst"/>).</summary>
    Form,

    /// <summary>A guard in the rule's place (<see cref="TwoPhaseUpdate"/>).</summary>
    Guard,
}
