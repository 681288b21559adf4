using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>One step of the order in which a virtual switch claims to have done things one after the other: an app's
/// command, or a rule that ran out of time.</summary>
/// <remarks>For whoever checks runs against one switch; nobody listens in production.</remarks>
/// <param name="Xid">The app's command; 0 with a rule.</param>
/// <param name="Rule">The rule whose time ran out, or null.</param>
/// <param name="Reason">Which of its times.</param>
internal readonly record struct SerialOrderEntry(Xid Xid, RuleKey? Rule = null, FlowRemovedReason Reason = default)
{
    /// <summary>Whether the command had waited, and its switch was gone when its turn came: it never took place, as one
    /// that was on its way when a connection broke.</summary>
    public bool IsLost { get; init; }
}
