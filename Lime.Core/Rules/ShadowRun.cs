using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What becomes of a packet in the shadow tables.</summary>
/// <remarks>Life cycle: made and filled by <see cref="ShadowPipeline"/>. Threading: the owner loop's.</remarks>
internal sealed class ShadowRun
{
    private readonly List<FlowAction> _actions = [];

    /// <summary>Whether all of it is known. If not, only a switch can say what becomes of the packet, and nothing else
    /// here counts.</summary>
    public bool IsDecided { get; set; } = true;

    /// <summary>The rules that the packet met, but for one that had counted it before, with what it adds to their
    /// counters.</summary>
    public List<(FlowRule Rule, FlowCounters Counters)> Met { get; } = [];

    /// <summary>The meters of those rules, which have not measured it.</summary>
    public List<MeterId> Meters { get; } = [];

    /// <summary>What goes to the controller, in order.</summary>
    public List<HandUp> HandUps { get; } = [];

    /// <summary>The virtual actions that do the rest in one packet-out; empty if nothing is sent.</summary>
    public ActionList Actions
    {
        get
        {
            int last = _actions.FindLastIndex(each => !FrameEdit.Changes(each) && each.Kind != FlowActionKind.SetQueue);
            return last < 0 ? ActionList.Drop : ActionList.Of([.. _actions.Take(last + 1)]);
        }
    }

    public void Add(in FlowAction action) => _actions.Add(action);
}
