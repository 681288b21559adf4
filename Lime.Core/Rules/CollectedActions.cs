using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>The action set that a packet gathers from table to table (1.3.5 section 5.10).</summary>
/// <remarks>Threading: the owner loop's; one a packet.</remarks>
internal sealed class CollectedActions
{
    private readonly List<FlowAction> _actions = [];

    public void Clear() => _actions.Clear();

    /// <summary>Merges write-actions in: each takes the place of one of its type; a set-field has a type a
    /// field.</summary>
    public void Write(ActionList actions)
    {
        foreach (FlowAction action in actions)
        {
            _actions.RemoveAll(each => IsSameType(each, action));
            _actions.Add(action);
        }
    }

    /// <summary>Becomes the same as another set.</summary>
    public void Take(CollectedActions other)
    {
        _actions.Clear();
        _actions.AddRange(other._actions);
    }

    /// <summary>The actions as they are carried out behind the last table; beside a group an output is not.</summary>
    public IEnumerable<FlowAction> InOrder()
    {
        bool hasGroup = _actions.Exists(each => each.Kind == FlowActionKind.Group);
        return _actions.Where(each => !hasGroup || each.Kind != FlowActionKind.Output).OrderBy(StepOf);
    }

    private static bool IsSameType(in FlowAction a, in FlowAction b)
    {
        if (a.Kind != b.Kind) return false;
        bool hasTypes = a.Kind is FlowActionKind.SetField;
        if (a.Kind == FlowActionKind.Opaque) return a.Bytes[..4].SequenceEqual(b.Bytes[..4]);
        return !hasTypes || OxmField.FromBytes(a.Bytes).IsSameField(OxmField.FromBytes(b.Bytes));
    }

    /// <summary>The numbered steps of 1.3.5 section 5.10.</summary>
    private static int StepOf(FlowAction action) => action.Kind switch
    {
        FlowActionKind.CopyTtlIn => 1,
        FlowActionKind.StripVlan or FlowActionKind.PopMpls or FlowActionKind.PopPbb => 2,
        FlowActionKind.PushMpls => 3,
        FlowActionKind.PushPbb => 4,
        FlowActionKind.PushVlan => 5,
        FlowActionKind.CopyTtlOut => 6,
        FlowActionKind.DecrementIpTtl or FlowActionKind.DecrementMplsTtl => 7,
        FlowActionKind.SetQueue => 9,
        FlowActionKind.Group => 10,
        FlowActionKind.Output or FlowActionKind.Enqueue => 11,
        _ => 8,
    };
}
