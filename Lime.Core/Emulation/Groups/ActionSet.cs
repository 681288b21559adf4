using System.Runtime.InteropServices;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Groups;

/// <summary>What a packet has collected by write-actions: one action of a type, carried out in an order of their own
/// (1.3.5 section 5.10).</summary>
/// <remarks>Threading: the loop's; one a packet.</remarks>
internal sealed class ActionSet
{
    private readonly List<FlowAction> _actions = [];

    public bool IsEmpty => _actions.Count == 0;

    /// <summary>The actions in the order in which they are carried out; an output beside a group is ignored.</summary>
    public ActionList Ordered
    {
        get
        {
            bool hasGroup = _actions.Exists(action => action.Kind == FlowActionKind.Group);
            IEnumerable<FlowAction> ordered = _actions
                .Where(action => !hasGroup || action.Kind != FlowActionKind.Output)
                .OrderBy(StageOf);
            return ActionList.Of([.. ordered]);
        }
    }

    /// <summary>A bucket's actions as a set of their own.</summary>
    public static ActionList InOrder(ActionList actions)
    {
        var set = new ActionSet();
        set.Write(actions);
        return set.Ordered;
    }

    public void Clear() => _actions.Clear();

    /// <summary>Adds actions; each takes the place of one of its type.</summary>
    public void Write(ActionList actions)
    {
        foreach (FlowAction action in actions)
        {
            int present = _actions.FindIndex(each => IsSameType(each, action));
            if (present >= 0) _actions[present] = action;
            else _actions.Add(action);
        }
    }

    public ActionSet Copy()
    {
        var copy = new ActionSet();
        copy._actions.AddRange(CollectionsMarshal.AsSpan(_actions));
        return copy;
    }

    /// <summary>A set-field of another field is another type.</summary>
    private static bool IsSameType(FlowAction a, FlowAction b) => a.Kind == b.Kind
        && (a.Kind != FlowActionKind.SetField
            || OxmField.FromBytes(a.Bytes).IsSameField(OxmField.FromBytes(b.Bytes)));

    /// <summary>The ten steps of section 5.10; tags are popped from the outside in.</summary>
    private static int StageOf(FlowAction action) => action.Kind switch
    {
        FlowActionKind.CopyTtlIn => 0,
        FlowActionKind.PopPbb => 1,
        FlowActionKind.StripVlan => 2,
        FlowActionKind.PopMpls => 3,
        FlowActionKind.PushMpls => 4,
        FlowActionKind.PushPbb => 5,
        FlowActionKind.PushVlan => 6,
        FlowActionKind.CopyTtlOut => 7,
        FlowActionKind.DecrementMplsTtl or FlowActionKind.DecrementIpTtl => 8,
        FlowActionKind.SetQueue => 10,
        FlowActionKind.Group => 11,
        FlowActionKind.Output or FlowActionKind.Enqueue => 12,
        _ => 9,
    };
}
