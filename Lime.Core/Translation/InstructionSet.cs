using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Translation;

/// <summary>All that a rule does: its apply-actions, and the other instructions (none in OpenFlow 1.0).</summary>
/// <param name="Actions">What it does to packets at once.</param>
/// <param name="Others">Meter, write-actions, metadata, the next table.</param>
/// <remarks>Threading: immutable.</remarks>
internal readonly record struct InstructionSet(ActionList Actions, FlowInstructions Others)
{
    public static InstructionSet Drop => ActionList.Drop;

    public static InstructionSet ToController => ActionList.ToController;

    /// <summary>Whether the actions at once are all there is.</summary>
    public bool IsPlain => ReferenceEquals(Others, FlowInstructions.None) || Others.IsNone;

    /// <summary>Whether a packet may leave by <paramref name="port"/>, at once or when its action set is carried
    /// out.</summary>
    public bool SendsTo(PortNumber port) => Actions.SendsTo(port) || Others.WriteActions?.SendsTo(port) == true;

    /// <summary>Whether a packet may go to <paramref name="group"/>.</summary>
    public bool Uses(GroupId group) => Uses(Actions, group) || (Others.WriteActions is { } set && Uses(set, group));

    /// <summary>Every action, those of the action set behind those that are carried out at once.</summary>
    public IEnumerable<FlowAction> AllActions => Others.WriteActions is { } set ? Actions.Concat(set) : Actions;

    /// <summary>Whether a list of actions goes to a group.</summary>
    public static bool Uses(ActionList actions, GroupId group)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (action.Kind == FlowActionKind.Group && action.Value == group.Value) return true;
        }
        return false;
    }

    /// <summary>These actions and nothing else.</summary>
    public static implicit operator InstructionSet(ActionList actions) => new(actions, FlowInstructions.None);

    /// <summary>The instructions, for logs.</summary>
    public override string ToString() => IsPlain ? Actions.ToString() : $"{Actions},{Others}";
}
