using Lime.Core.Rules;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The end of a rule's time, while Lime keeps it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Timeouts">What has run out; a rule that was added again since has others.</param>
/// <param name="Reason">Which of them.</param>
internal sealed record RuleExpiry(FlowRule Rule, EmulatedTimeouts Timeouts, FlowRemovedReason Reason)
{
    /// <summary>Whether the rule is still the one whose time is over.</summary>
    public bool IsDue => !Rule.IsRemoved && Rule.Emulated == Timeouts;
}
