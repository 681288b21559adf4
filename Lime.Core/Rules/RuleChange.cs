using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>What a command did to one rule.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Rule">The rule, as it is after the command.</param>
/// <param name="Before">What the rule did before; null if it was not there.</param>
internal readonly record struct RuleChange(RuleChangeKind Kind, FlowRule Rule, InstructionSet? Before)
{
    /// <summary>Whether counters that were there begin anew.</summary>
    public bool CountsAnew { get; init; }

    /// <summary>The cookie that it had before; meaningless if it was not there.</summary>
    public Cookie CookieBefore { get; init; }

    /// <summary>The flags that its entries had before; meaningless if it was not there.</summary>
    public FlowModFlags EntryFlagsBefore { get; init; }

    /// <summary>Whether the rule itself stays as it is: a group that it leads to changes.</summary>
    public bool IsByGroup { get; init; }

    /// <summary>Why a rule is gone.</summary>
    public FlowRemovedReason Reason { get; init; } = FlowRemovedReason.Delete;
}
